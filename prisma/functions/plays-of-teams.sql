-- The plays of the caller's teams, for those who see all of them: the policy on media.plays without what it says of players. That
-- names a column which no index of an order can hold, so that under it nothing is counted or narrowed by an index alone
-- (ADR 59). Read with its owner's rights, and without a security barrier: all SQL over it is the portal's own. Empty for
-- players, who are under the policy, and outside of a reach.
CREATE OR REPLACE VIEW media.plays_of_teams AS
    SELECT p.* FROM media.plays p
    WHERE (SELECT current_setting('heartbeat.player', true) = '*')
        AND CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
            ELSE p.team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END;

-- New tables are the web's to write by default: through a view that would be with the owner's rights.
REVOKE ALL ON media.plays_of_teams FROM PUBLIC, heartbeat_web;
GRANT SELECT ON media.plays_of_teams TO heartbeat_web;
