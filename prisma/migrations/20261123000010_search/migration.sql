-- Search in player name, event, opponent, tags and clip id, accents and small slips aside.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- unaccent() is only STABLE, because its dictionary could be changed; an index needs a function that says it is not.
-- The dictionary is named with its schema: wherever the extension was put, the search path has no say.
DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent');
BEGIN
    EXECUTE format($fold$
        CREATE FUNCTION media.fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        AS 'SELECT lower(%I.unaccent(''%I.unaccent''::regdictionary, words))'
    $fold$, place, place);
END
$$;

ALTER TABLE media.clips ADD COLUMN search_text text;

CREATE FUNCTION media.clip_search_text(clip media.clips) RETURNS text LANGUAGE sql STABLE
    AS $$
        SELECT media.fold(concat_ws(' ', clip.player_name, clip.event_type, clip.opponent_code, clip.clip_id,
            (SELECT string_agg(t.tag, ' ' ORDER BY t.tag) FROM media.clip_tags t WHERE t.clip_id = clip.id)))
    $$;

CREATE FUNCTION media.keep_clip_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.search_text := media.clip_search_text(NEW); RETURN NEW; END $$;

CREATE TRIGGER keep_clip_search_text
    BEFORE INSERT OR UPDATE OF player_name, event_type, opponent_code, clip_id ON media.clips
    FOR EACH ROW EXECUTE FUNCTION media.keep_clip_search_text();

-- Once a statement, however many tags it touches.
CREATE FUNCTION media.keep_tagged_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$
    BEGIN
        UPDATE media.clips c SET search_text = media.clip_search_text(c)
            WHERE c.id IN (SELECT touched.clip_id FROM touched);
        RETURN NULL;
    END
    $$;

CREATE TRIGGER keep_search_text_of_added AFTER INSERT ON media.clip_tags
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tagged_search_text();
CREATE TRIGGER keep_search_text_of_changed AFTER UPDATE ON media.clip_tags
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tagged_search_text();
CREATE TRIGGER keep_search_text_of_removed AFTER DELETE ON media.clip_tags
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tagged_search_text();

-- Filling the column is no edit.
ALTER TABLE media.clips DISABLE TRIGGER update_clips_updated_at;
UPDATE media.clips c SET search_text = media.clip_search_text(c);
ALTER TABLE media.clips ENABLE TRIGGER update_clips_updated_at;

DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    EXECUTE format('CREATE INDEX ix_clips_search ON media.clips USING gin (search_text %I.gin_trgm_ops)', place);
    -- Runs as the owner, so that the index can be used, and therefore holds the reach itself, as the policy has it.
    EXECUTE format($search$
        CREATE FUNCTION media.search_clips(words text[]) RETURNS SETOF integer
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, %I
            SET pg_trgm.word_similarity_threshold = '0.5'
            AS $body$
            DECLARE
                teams text := current_setting('heartbeat.teams', true);
                player text := current_setting('heartbeat.player', true);
                word text;
                query text := 'SELECT c.id FROM media.clips c WHERE ($1 = ''ALL'' OR c.team_code = ANY (string_to_array($1, '',''))) AND ($2 = ''*'' OR c.player_id = $2)';
            BEGIN
                FOREACH word IN ARRAY words LOOP
                    word := media.fold(word);
                    query := query || format(' AND (c.search_text LIKE %%L',
                        '%%' || replace(replace(replace(word, '\', '\\'), '%%', '\%%'), '_', '\_') || '%%');
                    -- A short word has too few trigrams to resemble anything but itself.
                    IF length(word) > 3 THEN
                        query := query || format(' OR %%L <%%%% c.search_text', word);
                    END IF;
                    query := query || ')';
                END LOOP;
                RETURN QUERY EXECUTE query USING teams, player;
            END
            $body$
    $search$, place);
END
$$;

-- A list by game date: a clip without one sorts as the oldest.
CREATE INDEX ix_clips_game_date_id ON media.clips ((coalesce(game_date, '-infinity'::date)) DESC, id DESC);
