-- Who did what: rows are added, and never changed. They outlive what they tell of, so nothing is referenced.
CREATE TABLE media.audit_log (
    id            BIGSERIAL PRIMARY KEY,
    at            TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Null for commands of the shell, and for whoever could not sign in.
    actor_user_id UUID,
    actor_name    VARCHAR(255),
    api_key_id    UUID,
    action        VARCHAR(40)  NOT NULL,
    target_type   VARCHAR(20)  NOT NULL,
    target_id     VARCHAR(254) NOT NULL,
    -- The teams whose admins may read the row; a user has several. None: only who has ALL.
    team_codes    VARCHAR(10)[] NOT NULL DEFAULT '{}',
    ip            VARCHAR(45),
    request_id    VARCHAR(64),
    before        JSONB,
    after         JSONB,
    -- What is told once a window, like a play: the second row of the same key is left out.
    once_key      VARCHAR(64)
);

CREATE UNIQUE INDEX uq_audit_once ON media.audit_log (once_key);
CREATE INDEX ix_audit_actor ON media.audit_log (actor_user_id, id DESC);
CREATE INDEX ix_audit_target ON media.audit_log (target_type, target_id, id DESC);
CREATE INDEX ix_audit_action ON media.audit_log (action, id DESC);
-- Rows come in the order of time: a block range index is enough, and costs an insert next to nothing.
CREATE INDEX ix_audit_at ON media.audit_log USING brin (at);

REVOKE UPDATE, DELETE, TRUNCATE ON media.audit_log FROM heartbeat_web;
ALTER TABLE media.audit_log ENABLE ROW LEVEL SECURITY;

-- Everybody's deeds are written down; reading them is for admins, and the caller's reach says so (within-reach.ts).
CREATE POLICY write_down ON media.audit_log FOR INSERT TO heartbeat_web WITH CHECK (true);
CREATE POLICY reach ON media.audit_log FOR SELECT TO heartbeat_web
    USING (
        (SELECT current_setting('heartbeat.people', true)) = 'on'
        AND ((SELECT current_setting('heartbeat.teams', true)) = 'ALL'
            OR team_codes && (SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::varchar[])
    );

-- The owner is above grants and policies: the trigger stops them, too, unless it is the job that forgets old rows.
CREATE FUNCTION media.refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('heartbeat.audit_retention', true) = 'on' AND current_user = (
        SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'media.audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_log_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON media.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION media.refuse_audit_change();

-- Forgets what is older than so many days, at least 90; the number of rows that went. Only the owner may.
CREATE FUNCTION media.forget_old_audit(keep_days integer) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    gone bigint;
BEGIN
    IF keep_days < 90 THEN
        RAISE EXCEPTION 'The audit log is kept for 90 days at least';
    END IF;
    PERFORM set_config('heartbeat.audit_retention', 'on', true);
    DELETE FROM media.audit_log WHERE at < now() - make_interval(days => keep_days);
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('heartbeat.audit_retention', '', true);
    RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION media.forget_old_audit(integer) FROM PUBLIC;

-- A key that only reads; the keys that are there go on as they are.
ALTER TABLE media.api_keys
    ADD COLUMN scope VARCHAR(10) NOT NULL DEFAULT 'write',
    ADD CONSTRAINT ck_api_key_scope CHECK (scope IN ('read', 'write'));

-- Links by which a person sets a password: the first one, or a new one. A link works once.
CREATE TABLE media.user_links (
    -- SHA-256 of the token, hex; the token has 256 random bits.
    token_hash CHAR(64)    PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    purpose    VARCHAR(10) NOT NULL,
    created_by UUID        REFERENCES media.users (id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ,
    CONSTRAINT ck_user_link_purpose CHECK (purpose IN ('invite', 'reset'))
);
CREATE INDEX ix_user_links_user ON media.user_links (user_id);

-- Counters of API requests, in the shape that rate-limiter-flexible writes. They last a minute: not worth the log.
CREATE UNLOGGED TABLE media.api_rate_limits (
    key    VARCHAR(255) PRIMARY KEY,
    points INTEGER      NOT NULL DEFAULT 0,
    expire BIGINT
);
CREATE INDEX ix_api_rate_limits_expire ON media.api_rate_limits (expire);
