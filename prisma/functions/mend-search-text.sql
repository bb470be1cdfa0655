-- Gives the next so many clips after an id the text that search looks through, where it is not what it should be: of before
-- ADR 39, or written past the triggers. To find these it must be made for every clip (`thorough`); those of before, and
-- those that have none, show at once: the text of now has a part of its own for tags, behind U+001E.
-- Filling is no edit: it dates nothing and tells nobody (`keep_updated_at`).
-- The last id that it looked at, null at the end, and how many had another text.
CREATE OR REPLACE FUNCTION media.mend_search_text(after_id integer, slice integer, thorough boolean)
    RETURNS TABLE (last_id integer, mended integer)
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
BEGIN
    PERFORM set_config('heartbeat.fills', 'yes', true);
    RETURN QUERY WITH looked_at AS MATERIALIZED (
        SELECT c.id FROM media.clips c WHERE c.id > after_id ORDER BY c.id LIMIT slice
    ), filled AS (
        UPDATE media.clips c SET search_text = media.clip_search_text(c) FROM looked_at l
        WHERE c.id = l.id AND CASE WHEN thorough THEN c.search_text IS DISTINCT FROM media.clip_search_text(c)
            ELSE c.search_text IS NULL OR position(E'\x1E' IN c.search_text) = 0 END
        RETURNING c.id
    )
    SELECT (SELECT max(l.id) FROM looked_at l), (SELECT count(*)::integer FROM filled);
    PERFORM set_config('heartbeat.fills', '', true);
END
$$;

-- How many clips have another text than they should.
CREATE OR REPLACE FUNCTION media.wrong_search_texts() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$ SELECT count(*) FROM media.clips c WHERE c.search_text IS DISTINCT FROM media.clip_search_text(c) $$;

REVOKE EXECUTE ON FUNCTION media.mend_search_text(integer, integer, boolean), media.wrong_search_texts() FROM PUBLIC;
