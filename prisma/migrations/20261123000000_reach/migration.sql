-- A second wall: the web works as a role whose rows Postgres itself limits to the caller's reach (ADR 0015).
-- Migrations and the worker go on as the owner, whom row-level security does not concern.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'heartbeat_web') THEN
        CREATE ROLE heartbeat_web NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role heartbeat_web is missing, and % may not create it', current_user
            USING HINT = 'As an administrator: CREATE ROLE heartbeat_web NOLOGIN; GRANT heartbeat_web TO the owner.';
END
$$;

DO $$
BEGIN
    -- Whoever connects as the owner may become the web's role; that is how the web does it unless it has a login.
    IF NOT pg_has_role(current_user, 'heartbeat_web', 'MEMBER') THEN
        EXECUTE format('GRANT heartbeat_web TO %I', current_user);
    END IF;
END
$$;

GRANT USAGE ON SCHEMA media TO heartbeat_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA media TO heartbeat_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA media TO heartbeat_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA media GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO heartbeat_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA media GRANT USAGE ON SEQUENCES TO heartbeat_web;
REVOKE INSERT, UPDATE, DELETE ON media._prisma_migrations FROM heartbeat_web;

ALTER TABLE media.clips ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.clip_assets ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.clip_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.masters ENABLE ROW LEVEL SECURITY;

-- heartbeat.teams: team codes with commas between, or ALL. heartbeat.player: the one player whose clips these are, or *.
-- Both hold for one transaction. Unset, they are null, no comparison is true, and nothing is there.
-- Each setting is read by a sub-select, which Postgres evaluates once a query and not once a row. CASE rather than OR:
-- the planner takes an OR with a setting for nearly nothing, and then sorts a million rows for a page of a hundred.
CREATE POLICY reach ON media.clips TO heartbeat_web
    USING (
        CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
            ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
        AND CASE WHEN (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
            ELSE player_id = (SELECT current_setting('heartbeat.player', true)) END
    );

-- What belongs to a clip is there when the clip is: the sub-select is under the clips' own policy.
CREATE POLICY reach ON media.clip_assets TO heartbeat_web
    USING (EXISTS (SELECT FROM media.clips c WHERE c.id = clip_assets.clip_id));
CREATE POLICY reach ON media.clip_tags TO heartbeat_web
    USING (EXISTS (SELECT FROM media.clips c WHERE c.id = clip_tags.clip_id));

-- Masters have no player, and are never a player's.
CREATE POLICY reach ON media.masters TO heartbeat_web
    USING (
        CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
            ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
        AND (SELECT current_setting('heartbeat.player', true)) = '*'
    );

-- A master may have clips outside the reach of whoever wants to delete it: the number alone is told.
CREATE FUNCTION media.count_clips_of(lake_uri text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT count(*)::int FROM media.clips c WHERE c.source_gcs_uri = lake_uri $$;
