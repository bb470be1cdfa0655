-- What requests with an Idempotency-Key answered, so that the same request again does nothing twice. The outcome names
-- what was made; answers are rendered from it afresh, because signed URLs in a stored one would be stale.
-- clips.idempotency_key and clips.request_hash stay for programs of the version before, and are read no more.
CREATE TABLE media.idempotency_keys (
    -- Whose key it is. No foreign key: a row lives for a day, and outlives nobody's account by more.
    user_id         UUID         NOT NULL,
    idempotency_key VARCHAR(255) NOT NULL,
    method          VARCHAR(10)  NOT NULL,
    path            VARCHAR(255) NOT NULL,
    -- SHA-256 over method, path and the parsed body, hex.
    request_hash    CHAR(64)     NOT NULL,
    outcome         JSONB        NOT NULL,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (user_id, idempotency_key)
);

CREATE INDEX ix_idempotency_keys_created_at ON media.idempotency_keys (created_at);

ALTER TABLE media.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON media.idempotency_keys TO heartbeat_web
    USING (user_id::text = (SELECT current_setting('heartbeat.user', true)));

-- A deleted clip lies in the trash for 30 days before its rows and objects go.
ALTER TABLE media.clips
    ADD COLUMN deleted_at TIMESTAMPTZ,
    ADD COLUMN deleted_by UUID;

CREATE INDEX ix_clips_deleted_at ON media.clips (deleted_at);

-- Clips of a master as people count them; those in the trash hold the master too, and are told apart.
CREATE OR REPLACE FUNCTION media.count_clips_of(lake_uri text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT count(*)::int FROM media.clips c WHERE c.source_gcs_uri = lake_uri AND c.deleted_at IS NULL $$;

CREATE FUNCTION media.count_trashed_clips_of(lake_uri text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT count(*)::int FROM media.clips c WHERE c.source_gcs_uri = lake_uri AND c.deleted_at IS NOT NULL $$;
