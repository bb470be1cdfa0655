-- What the clock of the game shows in a clip that the caller reaches, whoever sees its master (ADR 59): no row where nothing
-- says. The clock of the first play that the clip was made of, and, where anchors that people have set tie a timed period to
-- the clip's master, the stretches of the clip in which the clock runs: the way of `places_of`, backwards.
-- `stretches`: `at_s` from the clip's beginning, `clock_s` there, `until_clock_s` where it stands, `rate` of the anchor.
CREATE OR REPLACE FUNCTION media.clock_of_clip(clip text)
    RETURNS TABLE (period integer, clock_s double precision, stretches jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        WITH shown AS MATERIALIZED (
            SELECT c.play_id, c.start_timecode_s AS from_s, c.end_timecode_s AS to_s, m.id AS master_id
            FROM media.clips_in_reach c LEFT JOIN media.masters m ON m.lake_uri = c.source_gcs_uri
            WHERE c.clip_id = clip AND c.deleted_at IS NULL
        ),
        made_of AS (
            SELECT p.period, p.clock_s FROM shown s JOIN media.plays p ON p.id = s.play_id
            WHERE p.period IS NOT NULL AND p.clock_s IS NOT NULL
        ),
        tied AS (
            SELECT m.team_code, m.season, m.game_id, a.period, a.video_s, a.rate, (
                    SELECT r.video_s + (a.clock_s - r.clock_s) FROM media.clock_runs r
                    WHERE r.team_code = m.team_code AND r.season = m.season AND r.game_id = m.game_id AND r.period = a.period
                    ORDER BY r.clock_s <= a.clock_s DESC,
                        CASE WHEN r.clock_s <= a.clock_s THEN -r.video_s ELSE r.video_s END
                    LIMIT 1) AS file_s,
                -- The last anchor before a moment counts, or the first after it.
                CASE WHEN lag(a.video_s) OVER anchors IS NULL THEN 0 ELSE a.video_s END AS from_s,
                lead(a.video_s) OVER anchors AS to_s,
                CASE WHEN lead(a.period) OVER anchors = a.period THEN lead(a.clock_s) OVER anchors END AS to_clock_s
            FROM shown s JOIN media.master_anchors a ON a.master_id = s.master_id JOIN media.masters m ON m.id = a.master_id
            WHERE m.status = 'ready' AND m.deleted_at IS NULL
            WINDOW anchors AS (ORDER BY a.video_s)
        ),
        runs AS (
            SELECT t.period, r.clock_s, t.rate, t.from_s, t.to_s,
                t.video_s + (r.video_s - t.file_s) * t.rate AS begins_s,
                t.video_s + (lead(r.video_s) OVER period - t.file_s) * t.rate AS ends_s,
                least(lead(r.clock_s) OVER period, t.to_clock_s) AS until_clock_s
            FROM tied t JOIN media.clock_runs r ON r.team_code = t.team_code AND r.season = t.season
                AND r.game_id = t.game_id AND r.period = t.period
            WINDOW period AS (PARTITION BY t.video_s ORDER BY r.video_s)
        ),
        parts AS (
            SELECT r.*, greatest(r.begins_s, r.from_s, s.from_s) AS at_s, s.from_s AS clip_s
            FROM runs r CROSS JOIN shown s
            WHERE greatest(r.begins_s, r.from_s, s.from_s) < least(r.ends_s, r.to_s, s.to_s)
        ),
        run AS (
            SELECT min(p.period)::integer AS period, jsonb_agg(jsonb_build_object(
                'at_s', p.at_s - p.clip_s, 'rate', p.rate, 'until_clock_s', p.until_clock_s,
                'clock_s', least(p.clock_s + (p.at_s - p.begins_s) / p.rate, p.until_clock_s)) ORDER BY p.at_s) AS stretches
            FROM parts p WHERE p.period = (SELECT q.period FROM parts q ORDER BY q.at_s LIMIT 1)
        )
        SELECT coalesce(r.period, o.period), o.clock_s, coalesce(r.stretches, '[]')
        FROM run r LEFT JOIN made_of o ON true WHERE coalesce(r.period, o.period) IS NOT NULL
    $$;
