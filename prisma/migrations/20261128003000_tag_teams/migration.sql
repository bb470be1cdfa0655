-- What a tag changes lies apart from the clips: tagging writes no new version of a clip (docs/adr/0048).

-- The team that a tag's clip is of, for indexes that lead with it. Kept below; null: not filed yet, and so maybe one's own.
ALTER TABLE media.clip_tags ADD COLUMN team_code VARCHAR(10);

-- When tags of a clip were last changed. No foreign key: whoever empties HeartBeat's three tables at once still can.
CREATE TABLE media.clip_taggings (
    clip_id INTEGER   PRIMARY KEY,
    at      TIMESTAMP NOT NULL
);
ALTER TABLE media.clip_taggings ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_taggings TO heartbeat_web
    USING (
        CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL'
                AND (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
            ELSE EXISTS (SELECT FROM media.clips c WHERE c.id = clip_taggings.clip_id) END
    );
REVOKE INSERT, UPDATE, DELETE ON media.clip_taggings FROM heartbeat_web;

-- The text that each tag of a team is searched by. A tag that no clip has any more may stay: it finds none.
CREATE TABLE media.tag_texts (
    id        BIGSERIAL    PRIMARY KEY,
    team_code VARCHAR(10)  NOT NULL,
    tag       VARCHAR(100) NOT NULL,
    text      TEXT         NOT NULL
);
CREATE INDEX ix_tag_texts_tag ON media.tag_texts (team_code, tag);
DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    -- The team is in the index, as with the clips: a word of another team meets none of the caller's own (ADR 26).
    EXECUTE format('CREATE INDEX ix_tag_texts ON media.tag_texts
        USING gin ((ARRAY[team_code::text]), text %I.gin_trgm_ops) WITH (fastupdate = off)', place);
    ALTER INDEX media.ix_tag_texts ALTER COLUMN 1 SET STATISTICS 0;
END
$$;
-- Found and changed by what runs as the owner.
ALTER TABLE media.tag_texts ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON media.tag_texts FROM heartbeat_web;

-- Their files have these functions from now on.
CREATE OR REPLACE FUNCTION media.search_text_of_tags(tags text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    words text := media.fold(array_to_string(tags, ' '));
BEGIN
    RETURN E'\x1E ' || concat_ws(' ', words, media.parts_of(words)) || ' ';
END
$$;
CREATE FUNCTION media.file_tag() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    SELECT c.team_code INTO NEW.team_code FROM media.clips c WHERE c.id = NEW.clip_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$$;
CREATE FUNCTION media.file_tags_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
DECLARE
    was text := coalesce(current_setting('heartbeat.fills', true), '');
BEGIN
    PERFORM set_config('heartbeat.fills', 'tags', true);
    UPDATE media.clip_tags t SET team_code = NEW.team_code WHERE t.clip_id = NEW.id;
    PERFORM media.add_tag_texts(NEW.team_code, ARRAY(SELECT t.tag FROM media.clip_tags t WHERE t.clip_id = NEW.id));
    PERFORM set_config('heartbeat.fills', was, true);
    RETURN NULL;
END
$$;
CREATE FUNCTION media.add_tag_texts(team text, tags text[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog
    AS $$
        INSERT INTO media.tag_texts (team_code, tag, text)
        SELECT team, t.tag, media.search_text_of_tags(ARRAY[t.tag]) FROM (SELECT DISTINCT unnest(tags)) t (tag)
        WHERE NOT EXISTS (SELECT FROM media.tag_texts x WHERE x.team_code = team AND x.tag = t.tag)
    $$;
CREATE FUNCTION media.keep_tags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM media.add_tag_texts(t.team_code, array_agg(DISTINCT t.tag::text)) FROM touched t
        WHERE t.team_code IS NOT NULL GROUP BY t.team_code;
    END IF;
    WITH locked AS MATERIALIZED (
        SELECT c.id FROM media.clips c WHERE c.id IN (SELECT t.clip_id FROM touched t) ORDER BY c.id FOR NO KEY UPDATE
    )
    INSERT INTO media.clip_taggings (clip_id, at) SELECT l.id, CURRENT_TIMESTAMP FROM locked l
    ON CONFLICT (clip_id) DO UPDATE SET at = excluded.at;
    RETURN NULL;
END
$$;
CREATE FUNCTION media.forget_taggings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
BEGIN
    DELETE FROM media.clip_taggings t WHERE t.clip_id = ANY (ARRAY(SELECT g.id FROM gone g));
    RETURN NULL;
END
$$;

DROP TRIGGER keep_search_text_of_added ON media.clip_tags;
DROP TRIGGER keep_search_text_of_changed ON media.clip_tags;
DROP TRIGGER keep_search_text_of_removed ON media.clip_tags;
DROP FUNCTION media.keep_tagged_search_text();

CREATE TRIGGER file_tag BEFORE INSERT OR UPDATE ON media.clip_tags
    FOR EACH ROW EXECUTE FUNCTION media.file_tag();
CREATE TRIGGER file_tags_again AFTER UPDATE OF team_code ON media.clips
    FOR EACH ROW WHEN (OLD.team_code IS DISTINCT FROM NEW.team_code) EXECUTE FUNCTION media.file_tags_again();
CREATE TRIGGER forget_taggings AFTER DELETE ON media.clips REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.forget_taggings();
-- By their names they come before those that record events and count: these find the clips locked.
CREATE TRIGGER keep_tags_of_added AFTER INSERT ON media.clip_tags REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tags();
CREATE TRIGGER keep_tags_of_removed AFTER DELETE ON media.clip_tags REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tags();
-- To file a tag elsewhere changes nothing that people are told of or that is counted.
CREATE TRIGGER keep_tags_of_changed AFTER UPDATE ON media.clip_tags REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT WHEN (coalesce(current_setting('heartbeat.fills', true), '') = '')
    EXECUTE FUNCTION media.keep_tags();
CREATE OR REPLACE TRIGGER tally_changed AFTER UPDATE ON media.clip_tags REFERENCING NEW TABLE AS come OLD TABLE AS gone
    FOR EACH STATEMENT WHEN (coalesce(current_setting('heartbeat.fills', true), '') = '')
    EXECUTE FUNCTION media.count_tags();
