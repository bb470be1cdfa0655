-- The score that the goals of a game's plays make, as the team sees it, where no file says how it ended: the one rule, of the
-- list of games and of a game. It is told to players too, who do not see every goal: a score is no secret to whoever is told of
-- the game. Of several files of the same game the one that knows most goals counts. A goal has a row of its own for those who
-- let it in, without a player. No row without a goal, or where it is not known of every one whose it is.
CREATE OR REPLACE FUNCTION media.score_of_plays(team text, season text, game text) RETURNS TABLE (own integer, opponent integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT count(*) FILTER (WHERE p.acting_team = p.team_code)::int,
            count(*) FILTER (WHERE p.acting_team <> p.team_code)::int
        FROM media.plays p
        WHERE p.team_code = score_of_plays.team AND p.season = score_of_plays.season AND p.game_id = score_of_plays.game
            AND p.name = 'goal' AND p.player_id IS NOT NULL
            AND (current_setting('heartbeat.teams', true) = 'ALL'
                OR score_of_plays.team = ANY (string_to_array(current_setting('heartbeat.teams', true), ',')))
        GROUP BY p.source HAVING bool_and(p.acting_team IS NOT NULL)
        ORDER BY count(*) DESC, p.source LIMIT 1
    $$;
