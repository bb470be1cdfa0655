-- Films made of reels (ADR 71). Nothing that runs knows these tables yet.

CREATE TABLE media.reel_exports (
    id            UUID             PRIMARY KEY,
    reel_id       UUID             NOT NULL REFERENCES media.reels (id) ON DELETE CASCADE,
    -- As it was when this was asked for.
    reel_version  INTEGER          NOT NULL,
    requested_by  UUID             NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    title_cards   BOOLEAN          NOT NULL,
    notes         BOOLEAN          NOT NULL,
    names         BOOLEAN          NOT NULL,
    status        VARCHAR(10)      NOT NULL DEFAULT 'pending',
    progress      SMALLINT         NOT NULL DEFAULT 0,
    claim_token   UUID,
    error_message TEXT,
    -- Items that it goes without, with the reason.
    skipped       JSONB            NOT NULL DEFAULT '[]',
    -- Where its file lies, once and for all: named before anything is written there.
    gcs_uri       VARCHAR(512)     NOT NULL,
    generation    VARCHAR(64),
    size_bytes    BIGINT,
    duration_s    DOUBLE PRECISION,
    width         INTEGER,
    height        INTEGER,
    created_at    TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    finished_at   TIMESTAMPTZ,
    CONSTRAINT ck_reel_export_status CHECK (status IN ('pending', 'processing', 'ready', 'failed'))
);
CREATE INDEX ix_reel_exports_reel ON media.reel_exports (reel_id, created_at);
CREATE INDEX ix_reel_exports_requested_by ON media.reel_exports (requested_by);
CREATE INDEX ix_reel_exports_created_at ON media.reel_exports (created_at);

-- Files of exports that are gone, whichever way they went; a round of the workers removes them.
CREATE TABLE media.reel_export_leftovers (
    gcs_uri VARCHAR(512) PRIMARY KEY,
    gone_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);
REVOKE ALL ON media.reel_export_leftovers FROM heartbeat_web;

-- As prisma/functions/reel-exports.sql has it.
CREATE FUNCTION media.leave_export_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.reel_export_leftovers (gcs_uri) SELECT g.gcs_uri FROM gone g ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER leave_export_files AFTER DELETE ON media.reel_exports
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.leave_export_files();

-- They are there for those who may change the reel, which is under its own policies here.
ALTER TABLE media.reel_exports ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.reel_exports FOR SELECT TO heartbeat_web USING (EXISTS (
    SELECT FROM media.reels r WHERE r.id = reel_exports.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
CREATE POLICY made ON media.reel_exports FOR INSERT TO heartbeat_web WITH CHECK (
    requested_by::text = (SELECT current_setting('heartbeat.user', true))
    AND EXISTS (SELECT FROM media.reels r WHERE r.id = reel_exports.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
-- What becomes of one is the worker's to say.
REVOKE UPDATE, DELETE ON media.reel_exports FROM heartbeat_web;
