-- Whether what a clip is found by has no team, another team's, or no text for one of its tags.
CREATE OR REPLACE FUNCTION media.has_lost_tags(clip_id integer, team text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT EXISTS (SELECT FROM media.clip_tags t WHERE t.clip_id = has_lost_tags.clip_id
            AND (t.team_code IS DISTINCT FROM team
                OR NOT EXISTS (SELECT FROM media.tag_texts x WHERE x.team_code = team AND x.tag = t.tag)))
    $$;

-- Gives the next so many clips after an id what they are found by, where it is not what it should be: their text, the team
-- that their tags are filed under, and the texts of these. Of before ADR 48, or written past the triggers. To find every
-- wrong text it must be made for every clip (`thorough`); those of before, and those that have none, show at once: nothing
-- stands behind U+001E any more.
-- Filling is no edit: it dates nothing and tells nobody (`keep_updated_at`).
-- The last id that it looked at, null at the end, and how many clips had something else.
CREATE OR REPLACE FUNCTION media.mend_search_text(after_id integer, slice integer, thorough boolean)
    RETURNS TABLE (last_id integer, mended integer)
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    without_text integer[];
    without_tags integer[];
BEGIN
    SELECT max(l.id), count(*) FILTER (WHERE l.is_text OR l.is_tags), array_agg(l.id) FILTER (WHERE l.is_text),
        array_agg(l.id) FILTER (WHERE l.is_tags)
    INTO last_id, mended, without_text, without_tags FROM (
        SELECT c.id, media.has_lost_tags(c.id, c.team_code) AS is_tags,
            CASE WHEN thorough THEN c.search_text IS DISTINCT FROM media.clip_search_text(c)
                ELSE c.search_text IS NULL OR c.search_text NOT LIKE E'%\x1E  ' END AS is_text
        FROM media.clips c WHERE c.id > after_id ORDER BY c.id LIMIT slice
    ) l;
    PERFORM set_config('heartbeat.fills', 'yes', true);
    UPDATE media.clips c SET search_text = media.clip_search_text(c) WHERE c.id = ANY (without_text);
    UPDATE media.clip_tags t SET team_code = c.team_code FROM media.clips c
    WHERE t.clip_id = ANY (without_tags) AND c.id = t.clip_id AND t.team_code IS DISTINCT FROM c.team_code;
    PERFORM media.add_tag_texts(t.team_code, array_agg(DISTINCT t.tag::text)) FROM media.clip_tags t
    WHERE t.clip_id = ANY (without_tags) GROUP BY t.team_code;
    PERFORM set_config('heartbeat.fills', '', true);
    RETURN NEXT;
END
$$;

-- How many clips are found by something else than they should be.
CREATE OR REPLACE FUNCTION media.wrong_search_texts() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT count(*) FROM media.clips c
        WHERE c.search_text IS DISTINCT FROM media.clip_search_text(c) OR media.has_lost_tags(c.id, c.team_code)
    $$;

REVOKE EXECUTE ON FUNCTION media.mend_search_text(integer, integer, boolean), media.wrong_search_texts() FROM PUBLIC;
