-- Writes down parts of clips that were played, of however many viewers at once, and answers the numbers of those that it took
-- (ADR 70). A part that a player told before, or that began before the one before it had ended, is none; nor is what a minute
-- has no room for. Whether each viewer may see each clip was asked before.
-- @param pieces a list of { n, viewer, session, user_id, link_id, clip_id, reel_id, team_code, from_s, to_s, at, ended_at };
--   `at` by the player's own clock, `ended_at` by the portal's.
-- @param rate how fast a player plays at most.
-- @param most_s what one viewer sees within a minute at most.
CREATE OR REPLACE FUNCTION media.record_views(pieces jsonb, rate double precision, most_s double precision)
    RETURNS SETOF integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
    BEGIN
        INSERT INTO media.view_sessions (viewer, session, last_at)
        SELECT DISTINCT p.viewer, p.session, '-infinity'::timestamptz
        FROM jsonb_to_recordset(pieces) AS p(viewer uuid, session uuid) ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
        INSERT INTO media.view_minutes (viewer, minute, played_s)
        SELECT DISTINCT p.viewer, date_trunc('minute', p.ended_at), 0::float8
        FROM jsonb_to_recordset(pieces) AS p(viewer uuid, ended_at timestamptz) ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
        -- In one order, whoever else is at it.
        PERFORM FROM media.view_sessions s
        WHERE (s.viewer, s.session) IN (
            SELECT p.viewer, p.session FROM jsonb_to_recordset(pieces) AS p(viewer uuid, session uuid))
        ORDER BY s.viewer, s.session FOR UPDATE;
        PERFORM FROM media.view_minutes m
        WHERE (m.viewer, m.minute) IN (
            SELECT p.viewer, date_trunc('minute', p.ended_at)
            FROM jsonb_to_recordset(pieces) AS p(viewer uuid, ended_at timestamptz))
        ORDER BY m.viewer, m.minute FOR UPDATE;
        RETURN QUERY
            WITH given AS (
                SELECT p.*, s.last_at, date_trunc('minute', p.ended_at) AS minute,
                    max(p.at) OVER (PARTITION BY p.viewer, p.session ORDER BY p.at, p.n
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_at
                FROM jsonb_to_recordset(pieces) AS p(
                    n integer, viewer uuid, session uuid, user_id uuid, link_id uuid, clip_id integer, reel_id uuid,
                    team_code text, from_s float8, to_s float8, at timestamptz, ended_at timestamptz)
                JOIN media.view_sessions s ON s.viewer = p.viewer AND s.session = p.session
            ), timely AS (
                SELECT g.* FROM given g
                WHERE g.at > greatest(g.last_at, g.before_at)
                    AND g.at - make_interval(secs => (g.to_s - g.from_s) / rate) + interval '250 ms'
                        >= greatest(g.last_at, g.before_at)
            ), bounded AS (
                SELECT t.*, m.played_s + sum(t.to_s - t.from_s) OVER (PARTITION BY t.viewer, t.minute ORDER BY t.n) AS total_s
                FROM timely t JOIN media.view_minutes m ON m.viewer = t.viewer AND m.minute = t.minute
            ), taken AS (
                SELECT b.* FROM bounded b WHERE b.total_s <= most_s
            ), kept AS (
                INSERT INTO media.views (clip_id, reel_id, team_code, user_id, link_id, from_s, to_s, ended_at)
                SELECT k.clip_id, k.reel_id, k.team_code, k.user_id, k.link_id, k.from_s, k.to_s, k.ended_at FROM taken k
            ), told AS (
                UPDATE media.view_sessions s SET last_at = x.at, seen_at = now()
                FROM (SELECT t.viewer, t.session, max(t.at) AS at FROM timely t GROUP BY 1, 2) x
                WHERE s.viewer = x.viewer AND s.session = x.session
            ), counted AS (
                UPDATE media.view_minutes m SET played_s = m.played_s + x.played_s
                FROM (SELECT k.viewer, k.minute, sum(k.to_s - k.from_s) AS played_s FROM taken k GROUP BY 1, 2) x
                WHERE m.viewer = x.viewer AND m.minute = x.minute
            )
            SELECT taken.n FROM taken;
    END
    $$;

-- What is older than its time becomes sums of nobody, as many rows at a time; answers how many there were.
CREATE OR REPLACE FUNCTION media.sum_up_views(before timestamptz, most integer) RETURNS integer
    LANGUAGE sql SET search_path = pg_catalog
    AS $$
        WITH old AS (
            DELETE FROM media.views v WHERE v.id IN (
                SELECT o.id FROM media.views o WHERE o.ended_at < before ORDER BY o.ended_at LIMIT most FOR UPDATE SKIP LOCKED)
            RETURNING v.clip_id, v.reel_id, v.team_code, v.to_s - v.from_s AS played_s
        ), summed AS (
            INSERT INTO media.view_sums AS s (clip_id, reel_id, team_code, seconds, views)
            SELECT o.clip_id, coalesce(o.reel_id, '00000000-0000-0000-0000-000000000000'), min(o.team_code), sum(o.played_s),
                count(*)
            FROM old o GROUP BY 1, 2
            ON CONFLICT (clip_id, reel_id) DO UPDATE SET seconds = s.seconds + excluded.seconds,
                views = s.views + excluded.views
        )
        SELECT count(*)::integer FROM old
    $$;
