-- How many plays there are of each period of a game (0: without one), for those who see all of their team's: by the index
-- alone. A player's are counted under the policy, which looks at each.
CREATE OR REPLACE FUNCTION media.plays_of_game(team text, of_season text, game text)
    RETURNS TABLE (period integer, plays bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT trunc(p.place / 100000)::int, count(*) FROM media.plays p
        WHERE p.team_code = team AND p.season = of_season AND p.game_id = game
            AND current_setting('heartbeat.player', true) = '*'
            AND (current_setting('heartbeat.teams', true) = 'ALL'
                OR team = ANY (string_to_array(current_setting('heartbeat.teams', true), ',')))
        GROUP BY 1
    $$;
