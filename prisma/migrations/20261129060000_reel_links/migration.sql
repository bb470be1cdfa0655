-- Links that show a reel to people without an account (ADR 69). Nothing that runs knows this table yet.

CREATE TABLE media.reel_links (
    id            UUID        PRIMARY KEY,
    reel_id       UUID        NOT NULL REFERENCES media.reels (id) ON DELETE CASCADE,
    -- The reel's, which does not go over to another.
    team_code     VARCHAR(10) NOT NULL,
    -- SHA-256 of 256 random bits: there is nothing to guess.
    secret_hash   CHAR(64)    NOT NULL,
    created_by    UUID        NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at    TIMESTAMPTZ NOT NULL,
    password_hash VARCHAR(255),
    may_download  BOOLEAN     NOT NULL,
    has_names     BOOLEAN     NOT NULL,
    revoked_at    TIMESTAMPTZ,
    view_count    INTEGER     NOT NULL DEFAULT 0,
    last_used_at  TIMESTAMPTZ
);
CREATE UNIQUE INDEX uq_reel_links_secret ON media.reel_links (secret_hash);
CREATE INDEX ix_reel_links_reel ON media.reel_links (reel_id, created_at);
CREATE INDEX ix_reel_links_created_by ON media.reel_links (created_by);

ALTER TABLE media.reel_links ENABLE ROW LEVEL SECURITY;
-- Those who change a reel see its links; admins see those of their teams, also of reels that they do not see.
CREATE POLICY seen ON media.reel_links FOR SELECT TO heartbeat_web USING (
    ((SELECT current_setting('heartbeat.people', true)) = 'on'
        AND ((SELECT current_setting('heartbeat.teams', true)) = 'ALL'
            OR team_code = ANY (string_to_array((SELECT current_setting('heartbeat.teams', true)), ','))))
    OR EXISTS (SELECT FROM media.reels r WHERE r.id = reel_links.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
-- Nobody makes one in another's name.
CREATE POLICY made ON media.reel_links FOR INSERT TO heartbeat_web WITH CHECK (
    created_by::text = (SELECT current_setting('heartbeat.user', true))
    AND EXISTS (SELECT FROM media.reels r WHERE r.id = reel_links.reel_id AND r.team_code = reel_links.team_code
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
-- What one sees one may take back.
CREATE POLICY changed ON media.reel_links FOR UPDATE TO heartbeat_web USING (
    ((SELECT current_setting('heartbeat.people', true)) = 'on'
        AND ((SELECT current_setting('heartbeat.teams', true)) = 'ALL'
            OR team_code = ANY (string_to_array((SELECT current_setting('heartbeat.teams', true)), ','))))
    OR EXISTS (SELECT FROM media.reels r WHERE r.id = reel_links.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
REVOKE UPDATE, DELETE ON media.reel_links FROM heartbeat_web;
GRANT UPDATE (revoked_at, view_count, last_used_at) ON media.reel_links TO heartbeat_web;
