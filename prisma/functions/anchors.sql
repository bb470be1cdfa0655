-- What ties the clocks of periods to masters: the anchors that people set. Where nobody has set one for a period that a file of
-- plays times from its opening face-off, the first master of that period alone is taken to begin with it (ADR 59). Read
-- as the caller: whoever does not see a master does not see its anchors.
CREATE OR REPLACE VIEW media.anchors_in_effect WITH (security_invoker = true) AS
    SELECT m.team_code, m.season, m.game_id, m.id AS master_id, m.duration_s, a.period, a.clock_s, a.video_s, a.rate,
        true AS is_set
    FROM media.master_anchors a JOIN media.masters m ON m.id = a.master_id
    WHERE m.status = 'ready' AND m.deleted_at IS NULL
    UNION ALL
    SELECT m.team_code, m.season, m.game_id, m.id, m.duration_s, m.period::smallint, 0, 0, 1, false
    FROM media.masters m
    WHERE m.status = 'ready' AND m.deleted_at IS NULL
        AND EXISTS (SELECT FROM media.clock_runs r WHERE r.team_code = m.team_code AND r.season = m.season
            AND r.game_id = m.game_id AND r.period = m.period)
        AND NOT EXISTS (SELECT FROM media.masters o WHERE o.team_code = m.team_code AND o.season = m.season
            AND o.game_id = m.game_id AND o.status = 'ready' AND o.deleted_at IS NULL
            AND ((o.period = m.period AND (o.filename, o.id) < (m.filename, m.id))
                OR EXISTS (SELECT FROM media.master_anchors a WHERE a.master_id = o.id AND a.period = m.period)));

REVOKE ALL ON media.anchors_in_effect FROM PUBLIC, heartbeat_web;
GRANT SELECT ON media.anchors_in_effect TO heartbeat_web;
