-- The plays of a game by what they are narrowed by, counted anew once a transaction that wrote some of them (ADR 59). A row
-- without a field is left for the end of it. Who writes plays waits for whoever else does: what both have written is counted
-- by the second.
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
        INSERT INTO media.play_counts (team_code, season, game_id, field, value, plays)
        VALUES (game.team_code, game.season, game.game_id, '', '', 0) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION media.count_plays_of_game() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.play_counts c
    WHERE c.team_code = NEW.team_code AND c.season = NEW.season AND c.game_id = NEW.game_id;
    -- The game has gone since.
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO media.play_counts (team_code, season, game_id, field, value, label, plays)
    WITH listed AS MATERIALIZED (
        SELECT p.* FROM media.plays p
        WHERE p.team_code = NEW.team_code AND p.season = NEW.season AND p.game_id = NEW.game_id
    ),
    -- Whoever is on the ice together is, for many plays.
    lines AS (
        SELECT 'on_ice' AS field, l.on_ice AS ids, count(*) AS plays FROM listed l GROUP BY l.on_ice
        UNION ALL SELECT 'against', l.against, count(*) FROM listed l GROUP BY l.against
    )
    SELECT NEW.team_code, NEW.season, NEW.game_id, v.field, v.value, max(v.label), sum(v.plays)
    FROM (
        SELECT f.field, f.value::text AS value, f.label, 1 AS plays FROM listed p CROSS JOIN LATERAL (VALUES
            ('period', coalesce(p.period, 0)::text, NULL), ('name', p.name, NULL), ('shorthand', p.shorthand, NULL),
            ('outcome', p.outcome, NULL), ('zone', p.zone, NULL), ('strength', p.strength, NULL),
            ('acting_team', p.acting_team, NULL), ('source', p.source, NULL),
            ('player_id', p.player_id, p.player_name)) f (field, value, label)
        UNION ALL
        SELECT n.field, i.id, NULL, n.plays FROM lines n CROSS JOIN LATERAL (SELECT DISTINCT u.id FROM unnest(n.ids) u (id)) i
    ) v
    WHERE v.value IS NOT NULL
    GROUP BY v.field, v.value;
    RETURN NULL;
END
$$;
