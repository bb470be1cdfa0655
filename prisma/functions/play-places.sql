-- Where plays are seen (ADR 59): a row for each of these plays that a master shows, as far as the caller reaches play and master.
-- Planned once a session, which takes longer than it runs.
--
-- A play with a time of its file's own, or whose clock one is found for by the runs, lies so far from an anchor as those two
-- times are apart; one without, as the clocks are: that is exact until the next face-off, and about beyond it. By an anchor that
-- nobody has set everything is about. The last anchor before a play counts, or the first after it; each in its own master, as far as that goes. What has neither clock nor anchor
-- is of a time line: its time is the masters' of the game, one after the other.
-- `at_s`, `end_at_s`: seconds from the first moment of the master. `begins_s`: seconds of the game's masters before it.
CREATE OR REPLACE FUNCTION media.places_of(play_ids bigint[]) RETURNS TABLE (
        id bigint, master_id uuid, at_s double precision, end_at_s double precision, is_exact boolean,
        begins_s double precision
    )
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH page AS MATERIALIZED (
        SELECT p.id, p.team_code, p.season, p.game_id, p.source, p.name, p.period, p.clock_s, p.end_clock_s, p.video_s,
            p.end_video_s
        FROM media.plays p WHERE p.id = ANY (play_ids)
    ),
    games AS MATERIALIZED (SELECT DISTINCT p.team_code, p.season, p.game_id FROM page p),
    -- The file's own time of an anchor: by the run that it lies in, both clocks going at one pace; null without runs. A
    -- clock before the first run is counted back from that. Looked up game by game (OFFSET 0): joined, the view would be made
    -- of the whole library first.
    anchors AS MATERIALIZED (
        SELECT a.*, (
            SELECT r.video_s + (a.clock_s - r.clock_s) FROM media.clock_runs r
            WHERE r.team_code = a.team_code AND r.season = a.season AND r.game_id = a.game_id AND r.period = a.period
            ORDER BY r.clock_s <= a.clock_s DESC, CASE WHEN r.clock_s <= a.clock_s THEN -r.video_s ELSE r.video_s END
            LIMIT 1) AS file_s
        FROM games g CROSS JOIN LATERAL (
            SELECT e.* FROM media.anchors_in_effect e
            WHERE e.team_code = g.team_code AND e.season = g.season AND e.game_id = g.game_id OFFSET 0
        ) a
    ),
    films AS MATERIALIZED (
        SELECT f.* FROM games g CROSS JOIN LATERAL (
            SELECT m.team_code, m.season, m.game_id, m.id, m.duration_s,
                coalesce(sum(m.duration_s) OVER (game ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS begins_s,
                count(*) OVER () = 1 AS is_only
            FROM media.masters m
            WHERE m.team_code = g.team_code AND m.season = g.season AND m.game_id = g.game_id
                AND m.status = 'ready' AND m.deleted_at IS NULL
            WINDOW game AS (ORDER BY m.period NULLS LAST, m.filename, m.id)
        ) f
    ),
    -- Of plays at one moment of the clock, those that end a run come before a stoppage, and others after it. A clock of
    -- whole seconds stands for the second that begins with it.
    begun AS (
        SELECT p.*, CASE
            WHEN p.name IN ('whistle', 'stoppage', 'goal', 'penalty', 'delayed-penalty', 'icing', 'offside', 'period-end', 'game-end')
                THEN p.clock_s - 0.001
            WHEN p.clock_s = trunc(p.clock_s) THEN p.clock_s + 0.999
            ELSE p.clock_s END AS begun_by
        FROM page p
    ),
    timed AS MATERIALIZED (
        SELECT p.*, coalesce(p.end_video_s - p.video_s, p.end_clock_s - p.clock_s, 0) AS lasts_s,
            CASE WHEN p.source = 'playsequence' AND p.video_s IS NOT NULL THEN p.video_s ELSE (
                SELECT r.video_s + (p.clock_s - r.clock_s) FROM media.clock_runs r
                WHERE r.team_code = p.team_code AND r.season = p.season AND r.game_id = p.game_id AND r.period = p.period
                ORDER BY r.clock_s <= p.begun_by DESC,
                    CASE WHEN r.clock_s <= p.begun_by THEN -r.video_s ELSE r.video_s END
                LIMIT 1) END AS file_s
        FROM begun p
    ),
    ways AS (
        SELECT p.*, a.master_id, a.rate, a.duration_s, a.video_s + d.from_s * a.rate AS at_s,
            CASE WHEN d.is_filed THEN d.from_s >= 0 ELSE a.clock_s <= p.begun_by END AS is_after,
            abs(d.from_s) AS far_s, 1 AS way, a.clock_s AS anchor_s, a.is_set,
            d.is_filed OR (d.from_s = 0 AND a.clock_s <= p.begun_by) AS is_sure
        FROM timed p JOIN anchors a
            ON a.team_code = p.team_code AND a.season = p.season AND a.game_id = p.game_id AND a.period = p.period
        CROSS JOIN LATERAL (
            SELECT coalesce(p.file_s - a.file_s, p.clock_s - a.clock_s) AS from_s,
                p.file_s - a.file_s IS NOT NULL AS is_filed
        ) d
        UNION ALL
        SELECT p.*, f.id, 1, f.duration_s, p.video_s - f.begins_s, true, p.video_s - f.begins_s, 2, NULL, true, f.is_only
        FROM timed p JOIN films f ON f.team_code = p.team_code AND f.season = p.season AND f.game_id = p.game_id
        WHERE p.source = 'sportscode'
    ),
    best AS (
        SELECT DISTINCT ON (w.id) w.* FROM ways w
        -- Anchors and runs are rounded: a play a moment before the master's first picture is at it.
        WHERE w.at_s >= -0.05 AND (w.duration_s IS NULL OR w.at_s <= w.duration_s)
        ORDER BY w.id, w.way, w.is_after DESC, w.far_s, w.master_id
    )
    SELECT v.id, v.master_id, greatest(v.at_s, 0), v.at_s + v.lasts_s * v.rate,
        v.is_set AND (v.is_sure OR (v.way = 1
            AND EXISTS (SELECT FROM media.plays s WHERE s.team_code = v.team_code AND s.season = v.season
                AND s.game_id = v.game_id AND s.name = 'faceoff' AND s.period = v.period)
            AND NOT EXISTS (SELECT FROM media.plays s WHERE s.team_code = v.team_code AND s.season = v.season
                AND s.game_id = v.game_id AND s.name = 'faceoff' AND s.period = v.period
                AND s.clock_s > least(v.anchor_s, v.begun_by) AND s.clock_s <= greatest(v.anchor_s, v.begun_by)))),
        f.begins_s
    FROM best v JOIN films f ON f.id = v.master_id;
END
$$;
