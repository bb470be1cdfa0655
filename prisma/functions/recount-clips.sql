-- Counts everything anew: at first, and after rows were written past the triggers. Writers of clips wait meanwhile.
CREATE OR REPLACE FUNCTION media.recount_clips() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
BEGIN
    LOCK TABLE media.clips, media.clip_tags IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM media.clip_counts;
    INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips, settled)
    SELECT v.*, count(*), true FROM media.clips c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
END
$$;

-- How many sums are not what counting finds: none, unless rows were written past the triggers.
CREATE OR REPLACE FUNCTION media.wrong_clip_counts() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT count(*) FROM (
            SELECT FROM (
                SELECT n.team_code, n.season, n.field, n.value, n.player_name, n.game_date, n.opponent_code, n.clips
                FROM media.clip_counts n
                UNION ALL SELECT v.*, -1 FROM media.clips c, media.counted_values(c) v
            ) both_kinds
            GROUP BY team_code, season, field, value, player_name, game_date, opponent_code HAVING sum(clips) <> 0
        ) wrong
    $$;

-- Puts right what is wrong, by a difference each, beside whoever changes clips and waits for nobody: clips and sums are seen
-- as they were in one moment, and what comes then is a difference by itself. How many sums were wrong.
CREATE OR REPLACE FUNCTION media.mend_clip_counts() RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    mended bigint;
BEGIN
    INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
    SELECT team_code, season, field, value, player_name, game_date, opponent_code, -sum(clips) FROM (
        SELECT n.team_code, n.season, n.field, n.value, n.player_name, n.game_date, n.opponent_code, n.clips
        FROM media.clip_counts n
        UNION ALL SELECT v.*, -1 FROM media.clips c, media.counted_values(c) v
    ) both_kinds
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(clips) <> 0;
    GET DIAGNOSTICS mended = ROW_COUNT;
    RETURN mended;
END
$$;

CREATE OR REPLACE FUNCTION media.recount_emptied() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    PERFORM media.recount_clips();
    -- Ids of clips may begin anew.
    DELETE FROM media.clip_taggings g WHERE NOT EXISTS (SELECT FROM media.clips c WHERE c.id = g.clip_id);
    RETURN NULL;
END
$$;

-- Makes one row a value of what has come since the last time; the number of differences that went into it. Readers see
-- the rows of before or those of after; a second worker that comes meanwhile does nothing.
CREATE OR REPLACE FUNCTION media.settle_clip_counts() RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    taken bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('media.clip_counts', 0)) THEN
        RETURN 0;
    END IF;
    WITH news AS (
        DELETE FROM media.clip_counts n WHERE NOT n.settled RETURNING n.*
    ), known AS (
        DELETE FROM media.clip_counts k USING (SELECT DISTINCT field, team_code, value FROM news) touched
        WHERE k.settled AND (k.field, k.team_code, k.value) = (touched.field, touched.team_code, touched.value) RETURNING k.*
    ), summed AS (
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips, settled)
        SELECT team_code, season, field, value, player_name, game_date, opponent_code, sum(clips), true
        FROM (SELECT * FROM news UNION ALL SELECT * FROM known) both_kinds
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(clips) <> 0
    )
    SELECT count(*) INTO taken FROM news;
    RETURN taken;
END
$$;
REVOKE EXECUTE ON FUNCTION media.recount_clips(), media.mend_clip_counts(), media.settle_clip_counts(),
    media.wrong_clip_counts() FROM PUBLIC;
