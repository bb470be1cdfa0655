-- To whom a reel is shown, and who changes it (ADR 63). The policies of its tables ask these; they read past those tables'
-- own policies, which would lead in a circle. Outside of a reach nobody sees a reel.

-- The rule, said once. Whoever does not reach its team sees none: not as its maker, nor as one of the chosen players either.
-- Without a search path of its own Postgres writes it into the query that asks.
-- @param is_chosen whether the caller's player is among those that were chosen.
CREATE OR REPLACE FUNCTION media.is_shown(
    reaches_team boolean, is_maker boolean, shown_to text, makes_reels boolean, is_chosen boolean) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT coalesce(
            reaches_team AND (is_maker OR shown_to = 'team' OR (shown_to IN ('staff', 'players') AND makes_reels)
                -- All players of a reach are '*', which is nobody's id.
                OR (shown_to = 'players' AND is_chosen AND current_setting('heartbeat.player', true) <> '*')),
            false)
    $$;

-- What it was before.
DROP FUNCTION IF EXISTS media.is_shown(text, uuid, text, boolean);

-- The same of one reel.
CREATE OR REPLACE FUNCTION media.is_shown_to_caller(team text, maker uuid, shown_to text, is_chosen boolean) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT media.is_shown(
            current_setting('heartbeat.teams', true) = 'ALL'
                OR team = ANY (string_to_array(current_setting('heartbeat.teams', true), ',')),
            maker::text = current_setting('heartbeat.user', true), shown_to,
            current_setting('heartbeat.reels', true) = 'on', is_chosen)
    $$;

-- Of one plan for every call, as `clips_of_reel`: a page of reels asks hundreds of times, and a connection that had plans
-- made for single values while there were few reels would go on making one for each call.
CREATE OR REPLACE FUNCTION media.sees_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan
    AS $$
        SELECT media.is_shown_to_caller(team, maker, shown_to, EXISTS (
            SELECT FROM media.reel_players p
            WHERE p.reel_id = reel AND p.player_id = current_setting('heartbeat.player', true)))
    $$;

-- All that the caller sees, as a whole: policies are asked row by row, and so would the caller's settings be, which takes
-- longer than all the rest. What other teams have is not met on the way (ADR 26).
CREATE OR REPLACE FUNCTION media.reels_in_sight() RETURNS SETOF media.reels
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT r.* FROM media.reels r
        WHERE r.team_code = ANY (CASE current_setting('heartbeat.teams', true)
                WHEN 'ALL' THEN ARRAY(SELECT DISTINCT t.team_code::text FROM media.reels t)
                ELSE string_to_array(current_setting('heartbeat.teams', true), ',') END)
            AND media.is_shown(true, r.owner_id::text = (SELECT current_setting('heartbeat.user', true)), r.audience,
                (SELECT current_setting('heartbeat.reels', true)) = 'on', r.id IN (
                SELECT p.reel_id FROM media.reel_players p
                WHERE p.player_id = current_setting('heartbeat.player', true)))
    $$;

-- Those who make reels change what they see.
CREATE OR REPLACE FUNCTION media.changes_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT coalesce(current_setting('heartbeat.reels', true) = 'on', false)
            AND media.sees_reel(reel, team, maker, shown_to)
    $$;

-- The clips that a reel shows to the caller, who need not reach them: those of its team that its maker may show. None of a
-- reel that the caller does not see.
-- @param makers the roles that make reels (`rolesThatMay` of lib/auth/permissions.ts).
CREATE OR REPLACE FUNCTION media.clips_of_reel(reel uuid, makers text[])
    RETURNS TABLE (item_id uuid, clip_id text, length_s double precision)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan
    AS $$
        SELECT i.id, c.clip_id, greatest(0, coalesce(i.out_s, c.duration_s) - coalesce(i.in_s, 0))
        FROM media.reels r
        JOIN media.users u ON u.id = r.owner_id AND u.disabled_at IS NULL AND u.role = ANY (makers)
            AND ('ALL' = ANY (u.team_access) OR r.team_code = ANY (u.team_access))
        JOIN media.reel_items i ON i.reel_id = r.id
        JOIN media.clips c ON c.id = i.clip_id AND c.team_code = r.team_code AND c.deleted_at IS NULL
        WHERE r.id = reel AND media.sees_reel(r.id, r.team_code, r.owner_id, r.audience)
    $$;
