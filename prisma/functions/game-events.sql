-- What happens to the plays and the clocks of a game, once a transaction (ADR 61). Players hear of plays that name them, each by
-- a row of their own, and nothing of clocks: they see no masters.
CREATE OR REPLACE FUNCTION media.record_plays_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.events (type, team_code, season, game_id, player_id, once)
    SELECT 'plays.changed', n.team_code, n.season, n.game_id, n.player_id,
        concat_ws(' ', 'plays', pg_current_xact_id()::text, n.team_code, n.season, n.game_id, n.player_id)
    FROM (
        SELECT DISTINCT t.team_code, t.season, t.game_id, NULL::text AS player_id FROM touched t
        UNION ALL
        SELECT DISTINCT s.team_code, s.season, s.game_id, u.player_id
        FROM (SELECT DISTINCT t.team_code, t.season, t.game_id, t.seen_by FROM touched t) s
        CROSS JOIN LATERAL unnest(s.seen_by) AS i (player_id)
        JOIN media.users u ON u.player_id = i.player_id AND u.role = 'player' AND u.disabled_at IS NULL
    ) n
    ON CONFLICT (once) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION media.record_anchors_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.events (type, team_code, season, game_id, once)
    SELECT DISTINCT 'anchors.changed', m.team_code, m.season, m.game_id,
        concat_ws(' ', 'anchors', pg_current_xact_id()::text, m.team_code, m.season, m.game_id)
    FROM touched t JOIN media.masters m ON m.id = t.master_id
    ON CONFLICT (once) DO NOTHING;
    RETURN NULL;
END
$$;
