-- The plays of a game by what they are narrowed by, counted anew whenever some of them are written (ADR 59). Who counts waits
-- for whoever else does: what both have written is counted by the second.
CREATE OR REPLACE FUNCTION media.count_plays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
DECLARE
    game record;
BEGIN
    FOR game IN SELECT DISTINCT t.team_code, t.season, t.game_id FROM touched t ORDER BY 1, 2, 3 LOOP
        PERFORM FROM media.games g
        WHERE g.team_code = game.team_code AND g.season = game.season AND g.game_id = game.game_id FOR NO KEY UPDATE;
        -- Nothing is counted of a game that is gone.
        CONTINUE WHEN NOT FOUND;
        DELETE FROM media.play_counts c
        WHERE c.team_code = game.team_code AND c.season = game.season AND c.game_id = game.game_id;
        INSERT INTO media.play_counts (team_code, season, game_id, field, value, label, plays)
        WITH listed AS MATERIALIZED (
            SELECT p.* FROM media.plays p
            WHERE p.team_code = game.team_code AND p.season = game.season AND p.game_id = game.game_id
        ),
        -- Whoever is on the ice together is, for many plays.
        lines AS (
            SELECT 'on_ice' AS field, l.on_ice AS ids, count(*) AS plays FROM listed l GROUP BY l.on_ice
            UNION ALL SELECT 'against', l.against, count(*) FROM listed l GROUP BY l.against
        )
        SELECT game.team_code, game.season, game.game_id, v.field, v.value, max(v.label), sum(v.plays)
        FROM (
            SELECT f.field, f.value::text AS value, f.label, 1 AS plays FROM listed p CROSS JOIN LATERAL (VALUES
                ('period', coalesce(p.period, 0)::text, NULL), ('name', p.name, NULL), ('shorthand', p.shorthand, NULL),
                ('outcome', p.outcome, NULL), ('zone', p.zone, NULL), ('strength', p.strength, NULL),
                ('acting_team', p.acting_team, NULL),
                ('player_id', p.player_id, p.player_name)) f (field, value, label)
            UNION ALL
            SELECT n.field, i.id, NULL, n.plays FROM lines n CROSS JOIN LATERAL (SELECT DISTINCT u.id FROM unnest(n.ids) u (id)) i
        ) v
        WHERE v.value IS NOT NULL
        GROUP BY v.field, v.value;
    END LOOP;
    RETURN NULL;
END
$$;
