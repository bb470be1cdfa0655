-- The clips that the caller reaches, as the policy has it (migration 20261123000000_reach): read by the owner of the view,
-- so that Postgres may look into the trigram index before it knows whose a clip is. Under a policy it may not, for LIKE is
-- not leak-proof (ADR 15, 46). No security barrier: all SQL over it is the portal's own. Outside of a reach it is empty.
CREATE OR REPLACE VIEW media.clips_in_reach AS
    SELECT c.* FROM media.clips c
    WHERE CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
            ELSE c.team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
        AND CASE WHEN (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
            ELSE c.player_id = (SELECT current_setting('heartbeat.player', true)) END;

-- New tables are the web's to write by default: through a view that would be with the owner's rights.
REVOKE ALL ON media.clips_in_reach FROM PUBLIC, heartbeat_web;
GRANT SELECT ON media.clips_in_reach TO heartbeat_web;
