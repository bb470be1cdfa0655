-- Who has opened which reel: what is shown to somebody and was not opened is new to them (ADR 67). Nothing that runs knows
-- this table yet.
CREATE TABLE media.reel_opens (
    reel_id   UUID        NOT NULL REFERENCES media.reels (id) ON DELETE CASCADE,
    user_id   UUID        NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    opened_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (reel_id, user_id)
);
CREATE INDEX ix_reel_opens_user ON media.reel_opens (user_id);

-- One's own, of reels that one sees.
ALTER TABLE media.reel_opens ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.reel_opens FOR SELECT TO heartbeat_web
    USING (user_id::text = (SELECT current_setting('heartbeat.user', true)));
CREATE POLICY made ON media.reel_opens FOR INSERT TO heartbeat_web
    WITH CHECK (user_id::text = (SELECT current_setting('heartbeat.user', true))
        AND EXISTS (SELECT FROM media.reels r WHERE r.id = reel_opens.reel_id));
REVOKE UPDATE, DELETE ON media.reel_opens FROM heartbeat_web;

-- What the list of reels is decided by as a whole (prisma/functions/reels.sql).
CREATE INDEX ix_reel_players_player ON media.reel_players (player_id);
CREATE INDEX ix_reels_team ON media.reels (team_code, created_at, id);
