-- Webhooks of API keys (ADR 0016): what is to be sent stands in a table, written with the event it tells of.
CREATE TABLE media.webhooks (
    id              UUID PRIMARY KEY,
    api_key_id      UUID          NOT NULL REFERENCES media.api_keys (id) ON DELETE CASCADE,
    url             VARCHAR(2000) NOT NULL,
    -- Encrypted: it has to be read to sign, and must not be read from a copy of the database.
    secret          VARCHAR(200)  NOT NULL,
    event_types     VARCHAR(30)[] NOT NULL,
    enabled         BOOLEAN       NOT NULL DEFAULT true,
    -- Since when nothing has arrived; null when the last message did.
    failing_since   TIMESTAMPTZ,
    disabled_reason VARCHAR(20),
    created_at      TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_webhook_reason CHECK (disabled_reason IS NULL OR NOT enabled)
);
CREATE INDEX ix_webhooks_api_key_id ON media.webhooks (api_key_id);

CREATE TABLE media.webhook_deliveries (
    id              UUID PRIMARY KEY,
    webhook_id      UUID         NOT NULL REFERENCES media.webhooks (id) ON DELETE CASCADE,
    type            VARCHAR(30)  NOT NULL,
    clip_id         VARCHAR(64),
    master_id       UUID,
    -- Whose it is; null for a test, which tells nothing.
    team_code       VARCHAR(10),
    player_id       VARCHAR(20),
    data            JSONB        NOT NULL,
    state           VARCHAR(20)  NOT NULL DEFAULT 'pending',
    attempts        INTEGER      NOT NULL DEFAULT 0,
    -- Null until the worker has put it in line.
    next_attempt_at TIMESTAMPTZ,
    response_status INTEGER,
    error           VARCHAR(300),
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at        TIMESTAMPTZ,
    CONSTRAINT ck_delivery_state CHECK (state IN ('pending', 'delivered', 'failed', 'dropped'))
);
CREATE INDEX ix_webhook_deliveries_webhook ON media.webhook_deliveries (webhook_id, created_at DESC, id DESC);
CREATE INDEX ix_webhook_deliveries_due ON media.webhook_deliveries (state, next_attempt_at);
CREATE INDEX ix_webhook_deliveries_created_at ON media.webhook_deliveries (created_at);

ALTER TABLE media.webhook_deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.webhook_deliveries TO heartbeat_web
    USING (
        team_code IS NULL
        OR (CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
                ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
            AND CASE WHEN (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
                ELSE player_id = (SELECT current_setting('heartbeat.player', true)) END)
    );

-- A message for each webhook that may care. Whether its key may hear it is decided again when it is sent.
CREATE FUNCTION media.address_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.webhook_deliveries (id, webhook_id, type, clip_id, master_id, team_code, player_id, data)
    SELECT gen_random_uuid(), w.id, NEW.type, NEW.clip_id, NEW.master_id, NEW.team_code, NEW.player_id,
        CASE WHEN NEW.clip_id IS NULL THEN jsonb_build_object('master_id', NEW.master_id, 'status', NEW.data -> 'status')
            ELSE jsonb_build_object('clip_id', NEW.clip_id, 'processing_status', NEW.data -> 'processing_status') END
    FROM media.webhooks w
    JOIN media.api_keys k ON k.id = w.api_key_id AND k.revoked_at IS NULL
    JOIN media.users u ON u.id = k.user_id AND u.disabled_at IS NULL
    WHERE w.enabled AND NEW.type = ANY (w.event_types)
        AND ('ALL' = ANY (u.team_access) OR NEW.team_code = ANY (u.team_access))
        AND (u.role <> 'player' OR u.player_id = NEW.player_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER address AFTER INSERT ON media.events
    FOR EACH ROW WHEN (NEW.type IN ('clip.ready', 'clip.failed', 'master.ready'))
    EXECUTE FUNCTION media.address_event();
