-- What the audit of the library compares, and where its results are kept (ADR 32).

-- The checksum that was written: without it a changed object shows by its generation alone. Older rows have none.
ALTER TABLE media.clip_assets ADD COLUMN crc32c VARCHAR(8);

-- Byte order, as object stores list: rows and objects are walked side by side, and one key's owners are found at once.
CREATE INDEX ix_clip_assets_gcs_uri ON media.clip_assets (gcs_uri COLLATE "C", id);

-- One run each; the worker keeps the newest ones.
CREATE TABLE media.library_audits (
    id          BIGSERIAL   PRIMARY KEY,
    -- `worker` for the nightly one, `command` for npm run media:audit.
    origin      VARCHAR(10) NOT NULL,
    started_at  TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Moves while it runs: one that stands still was broken off.
    beat_at     TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    finished_at TIMESTAMPTZ,
    -- The shapes are `lib/library-audit/library-audit-schemas.ts`'s.
    report      JSONB       NOT NULL DEFAULT '{}',
    -- Why it could not go on.
    error       VARCHAR(300),
    CONSTRAINT ck_library_audit_origin CHECK (origin IN ('worker', 'command'))
);
CREATE INDEX ix_library_audits_started_at ON media.library_audits (started_at DESC);

-- Findings name objects of every team, so they are for those who have all of them; the web only reads.
REVOKE INSERT, UPDATE, DELETE ON media.library_audits FROM heartbeat_web;
ALTER TABLE media.library_audits ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.library_audits FOR SELECT TO heartbeat_web
    USING (
        (SELECT current_setting('heartbeat.teams', true)) = 'ALL'
        AND (SELECT current_setting('heartbeat.player', true)) = '*'
    );
