-- The team that a tag is filed under is its clip's, whatever the program says. The clip is locked: its team cannot change
-- meanwhile, unseen. A tag of no clip is the foreign key's to refuse.
CREATE OR REPLACE FUNCTION media.file_tag() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    SELECT c.team_code INTO NEW.team_code FROM media.clips c WHERE c.id = NEW.clip_id FOR NO KEY UPDATE;
    RETURN NEW;
END
$$;

-- A clip's tags go with it to another team. That is no edit of theirs.
CREATE OR REPLACE FUNCTION media.file_tags_again() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
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

-- Gives tags of a team their text, those that have none. Nobody waits for anybody's row: two that come at once are two rows.
CREATE OR REPLACE FUNCTION media.add_tag_texts(team text, tags text[]) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog
    AS $$
        INSERT INTO media.tag_texts (team_code, tag, text)
        SELECT team, t.tag, media.search_text_of_tags(ARRAY[t.tag]) FROM (SELECT DISTINCT unnest(tags)) t (tag)
        WHERE NOT EXISTS (SELECT FROM media.tag_texts x WHERE x.team_code = team AND x.tag = t.tag)
    $$;

-- Once a statement, however many tags it touches. The clips are locked for what counts after this (clip-counts.sql): one that
-- goes to the trash meanwhile is seen there. Tags of a clip that is deleted go after it, one statement a clip, and date nothing.
CREATE OR REPLACE FUNCTION media.keep_tags() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
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

-- When the tags of a deleted clip were changed is forgotten with it.
CREATE OR REPLACE FUNCTION media.forget_taggings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
BEGIN
    DELETE FROM media.clip_taggings t WHERE t.clip_id = ANY (ARRAY(SELECT g.id FROM gone g));
    RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION media.add_tag_texts(text, text[]) FROM PUBLIC;
