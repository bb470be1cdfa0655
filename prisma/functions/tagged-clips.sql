-- Clips of a caller who reaches whole teams that have one of some tags: so many of them at most, by their ids, in the library
-- and in the trash, one with two of the tags twice. Looked up by the team that the tag is filed under; what is not filed yet
-- is asked for its clip's. Nothing of other teams is met (ADR 26, 48).
CREATE OR REPLACE FUNCTION media.tagged_clips(tags text[], most integer DEFAULT NULL) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
    SET enable_seqscan = off
    SET plan_cache_mode = force_custom_plan
    AS $$
DECLARE
    teams text[] := string_to_array(current_setting('heartbeat.teams', true), ',');
BEGIN
    IF current_setting('heartbeat.player', true) IS DISTINCT FROM '*' THEN
        RETURN;
    END IF;
    IF teams = ARRAY['ALL'] THEN
        RETURN QUERY SELECT t.clip_id FROM media.clip_tags t WHERE t.tag = ANY (tags) LIMIT most;
    ELSE
        RETURN QUERY SELECT f.clip_id FROM (
            SELECT t.clip_id FROM media.clip_tags t WHERE t.team_code = ANY (teams) AND t.tag COLLATE "C" = ANY (tags)
            UNION ALL
            SELECT t.clip_id FROM media.clip_tags t JOIN media.clips c ON c.id = t.clip_id
            WHERE t.team_code IS NULL AND t.tag COLLATE "C" = ANY (tags) AND c.team_code = ANY (teams)
        ) f LIMIT most;
    END IF;
END
$$;

-- The tags of the caller's teams that are like one of some patterns (`search_patterns`).
CREATE OR REPLACE FUNCTION media.tags_like(patterns text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, @extschema:pg_trgm@
    SET enable_seqscan = off
    SET plan_cache_mode = force_custom_plan
    AS $$
DECLARE
    teams text := current_setting('heartbeat.teams', true);
    codes text[] := string_to_array(teams, ',');
BEGIN
    RETURN ARRAY(SELECT DISTINCT x.tag::text FROM media.tag_texts x
        WHERE teams <> '' AND (teams = 'ALL' OR ARRAY[x.team_code::text] && codes) AND x.text LIKE ANY (patterns));
END
$$;

REVOKE EXECUTE ON FUNCTION media.tagged_clips(text[], integer), media.tags_like(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION media.tagged_clips(text[], integer), media.tags_like(text[]) TO heartbeat_web;
