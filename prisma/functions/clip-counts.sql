-- What a clip is counted under; nothing for one in the trash. No search path of its own: Postgres then takes the query
-- into that of its callers, which have one.
CREATE OR REPLACE FUNCTION media.counted_values(clip media.clips)
    RETURNS TABLE (team_code text, season text, field text, value text, player_name text, game_date date, opponent_code text)
    LANGUAGE sql STABLE
    AS $$
        SELECT clip.team_code::text, clip.season::text, v.* FROM (VALUES
            ('team_code', clip.team_code::text, NULL::text, NULL::date, NULL::text),
            ('player_id', clip.player_id::text, clip.player_name::text, NULL, NULL),
            ('opponent_code', clip.opponent_code::text, NULL, NULL, NULL),
            ('game_id', clip.game_id::text, NULL, clip.game_date, clip.opponent_code::text),
            ('season', clip.season::text, NULL, NULL, NULL),
            ('period', clip.period::text, NULL, NULL, NULL),
            ('event_type', clip.event_type::text, NULL, NULL, NULL),
            ('outcome', clip.outcome::text, NULL, NULL, NULL),
            ('zone', clip.zone::text, NULL, NULL, NULL),
            ('strength', clip.strength::text, NULL, NULL, NULL),
            ('status', coalesce(clip.processing_status, 'pending')::text, NULL, NULL, NULL)
        ) v (field, value, player_name, game_date, opponent_code)
        WHERE v.value IS NOT NULL AND clip.deleted_at IS NULL
        UNION ALL
        SELECT clip.team_code::text, clip.season::text, 'tag', t.tag::text, NULL, NULL, NULL FROM media.clip_tags t
        WHERE t.clip_id = clip.id AND clip.deleted_at IS NULL
    $$;

-- `come` and `gone` are the rows as a statement left and found them. What it did not change cancels out.
CREATE OR REPLACE FUNCTION media.count_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT v.*, count(*) FROM come c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT v.*, -count(*) FROM gone c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
    ELSE
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT team_code, season, field, value, player_name, game_date, opponent_code, sum(clips) FROM (
            SELECT v.*, 1 AS clips FROM come c, media.counted_values(c) v
            UNION ALL SELECT v.*, -1 FROM gone c, media.counted_values(c) v
        ) changes GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(clips) <> 0;
    END IF;
    RETURN NULL;
END
$$;

-- Tags of a deleted clip go before the clip's own statement ends, and after the clip: they are counted here.
CREATE OR REPLACE FUNCTION media.count_tags_of_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.clip_counts (team_code, season, field, value, clips)
    SELECT v.team_code, v.season, v.field, v.value, -1 FROM media.counted_values(OLD) v WHERE v.field = 'tag';
    RETURN OLD;
END
$$;

-- Runs after keep_tags_of_…, which locks the clips: one that goes to the trash meanwhile is seen there. Clips are looked up by
-- their ids, by OFFSET 0: a plan that was made while there were few would look at all of them for each tag.
CREATE OR REPLACE FUNCTION media.count_tags() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, clips)
        SELECT c.team_code, c.season, 'tag', t.tag, count(*) FROM come t
        CROSS JOIN LATERAL (SELECT * FROM media.clips c WHERE c.id = t.clip_id OFFSET 0) c WHERE c.deleted_at IS NULL GROUP BY 1, 2, 3, 4;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, clips)
        SELECT c.team_code, c.season, 'tag', t.tag, -count(*) FROM gone t
        CROSS JOIN LATERAL (SELECT * FROM media.clips c WHERE c.id = t.clip_id OFFSET 0) c WHERE c.deleted_at IS NULL GROUP BY 1, 2, 3, 4;
    END IF;
    RETURN NULL;
END
$$;
