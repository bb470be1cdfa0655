-- Windows of buttons for those who mark while they watch (ADR 62). Nothing that runs knows this table yet.
CREATE TABLE media.code_windows (
    id         UUID         PRIMARY KEY,
    -- Nobody's once the account is deleted: what was shared stays the team's.
    owner_id   UUID         REFERENCES media.users (id) ON DELETE SET NULL,
    team_code  VARCHAR(10)  NOT NULL,
    name       VARCHAR(100) NOT NULL,
    is_shared  BOOLEAN      NOT NULL DEFAULT false,
    buttons    JSONB        NOT NULL,
    version    INTEGER      NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_code_windows_owner ON media.code_windows (owner_id);
CREATE INDEX ix_code_windows_team ON media.code_windows (team_code, name, id);

-- One's own and the shared ones, of the teams in reach; no player's.
ALTER TABLE media.code_windows ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.code_windows TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND (SELECT current_setting('heartbeat.player', true)) = '*'
    AND (is_shared OR owner_id::text = (SELECT current_setting('heartbeat.user', true)))
);

-- Those of a deleted account that nobody else sees go with it (prisma/functions/code-windows.sql).
CREATE FUNCTION media.drop_own_code_windows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN OLD; END $$;
CREATE TRIGGER drop_own_code_windows BEFORE DELETE ON media.users
    FOR EACH ROW EXECUTE FUNCTION media.drop_own_code_windows();
