CREATE OR REPLACE FUNCTION media.keep_clip_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.search_text := media.clip_search_text(NEW); RETURN NEW; END $$;

-- Once a statement, however many tags it touches, and once for all clips that have the same. A text of before is made anew.
-- As the owner: whoever may change a tag has been asked already.
CREATE OR REPLACE FUNCTION media.keep_tagged_search_text() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
    BEGIN
        PERFORM set_config('heartbeat.fills', 'tags', true);
        WITH lists AS MATERIALIZED (
            SELECT d.clip_id, ARRAY(SELECT t.tag::text FROM media.clip_tags t WHERE t.clip_id = d.clip_id ORDER BY t.tag) AS tags
            FROM (SELECT DISTINCT touched.clip_id FROM touched) d
        ), texts AS MATERIALIZED (
            SELECT d.tags, media.search_text_of_tags(d.tags) AS text FROM (SELECT DISTINCT lists.tags FROM lists) d
        )
        UPDATE media.clips c SET search_text = CASE position(E'\x1E' IN c.search_text)
            WHEN 0 THEN media.clip_search_text(c) ELSE split_part(c.search_text, E'\x1E', 1) || texts.text END
        FROM lists JOIN texts ON texts.tags = lists.tags WHERE c.id = lists.clip_id;
        PERFORM set_config('heartbeat.fills', '', true);
        RETURN NULL;
    END
    $$;

-- Filling a column is no edit (lib/db/fill-search-text.ts). By its name this comes after HeartBeat's trigger, which dates
-- an edit.
CREATE OR REPLACE FUNCTION media.keep_updated_at() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.updated_at := OLD.updated_at; RETURN NEW; END $$;
