-- A game is there as soon as a clip or a master of it is; what clips say of it first fills what nobody has said. Rows go in in
-- order, so that two batches of the same games wait for each other rather than in a circle.
CREATE OR REPLACE FUNCTION media.note_games_of_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.games AS g (team_code, season, game_id, game_date, opponent_code)
    SELECT n.* FROM (
        SELECT c.team_code, c.season, c.game_id, max(c.game_date) AS game_date,
            max(c.opponent_code) FILTER (WHERE c.opponent_code <> c.team_code) AS opponent_code
        FROM come c WHERE c.season IS NOT NULL GROUP BY 1, 2, 3
    ) n
    -- A game that is known, and of which nothing new is said, is not touched: its row would be locked for whoever marks in it.
    LEFT JOIN media.games k ON (k.team_code, k.season, k.game_id) = (n.team_code, n.season, n.game_id)
    WHERE k.team_code IS NULL OR (k.game_date IS NULL AND n.game_date IS NOT NULL)
        OR (k.opponent_code IS NULL AND n.opponent_code IS NOT NULL)
    ORDER BY 1, 2, 3
    ON CONFLICT (team_code, season, game_id) DO UPDATE SET
        game_date = coalesce(g.game_date, excluded.game_date),
        opponent_code = coalesce(g.opponent_code, excluded.opponent_code);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION media.note_games_of_masters() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.games (team_code, season, game_id)
    SELECT DISTINCT m.team_code, m.season, m.game_id FROM come m ORDER BY 1, 2, 3
    ON CONFLICT (team_code, season, game_id) DO NOTHING;
    RETURN NULL;
END
$$;
