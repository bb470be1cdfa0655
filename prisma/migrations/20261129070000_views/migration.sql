-- Who watched what, second by second (ADR 70). Nothing that runs knows these tables yet.

-- A part of a clip that was played, by the clip's own clock. No foreign key to clips (ADR 48); what was seen of a reel that is
-- gone was seen all the same.
CREATE TABLE media.views (
    id        BIGSERIAL        PRIMARY KEY,
    clip_id   INTEGER          NOT NULL,
    reel_id   UUID,
    team_code VARCHAR(10)      NOT NULL,
    user_id   UUID             REFERENCES media.users (id) ON DELETE CASCADE,
    -- Whoever has the link: nobody by name.
    link_id   UUID,
    from_s    DOUBLE PRECISION NOT NULL,
    to_s      DOUBLE PRECISION NOT NULL,
    ended_at  TIMESTAMPTZ      NOT NULL,
    CONSTRAINT ck_view_part CHECK (from_s >= 0 AND to_s > from_s AND to_s < 1000),
    CONSTRAINT ck_view_viewer CHECK ((user_id IS NULL) <> (link_id IS NULL))
);
CREATE INDEX ix_views_clip ON media.views (clip_id);
CREATE INDEX ix_views_reel ON media.views (reel_id);
CREATE INDEX ix_views_user ON media.views (user_id, ended_at);
CREATE INDEX ix_views_ended_at ON media.views (ended_at);

-- What is left of it after its time: how much, and of nobody. A reel of zeros is none.
CREATE TABLE media.view_sums (
    clip_id   INTEGER          NOT NULL,
    reel_id   UUID             NOT NULL,
    team_code VARCHAR(10)      NOT NULL,
    seconds   DOUBLE PRECISION NOT NULL,
    views     INTEGER          NOT NULL,
    PRIMARY KEY (clip_id, reel_id)
);

-- Up to when each player has told what it played, by its own clock: what comes twice counts once.
CREATE TABLE media.view_sessions (
    viewer  UUID        NOT NULL,
    session UUID        NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (viewer, session)
);
CREATE INDEX ix_view_sessions_seen_at ON media.view_sessions (seen_at);

-- What each viewer has seen within a minute, whichever players told it: a minute holds no more.
CREATE TABLE media.view_minutes (
    viewer   UUID             NOT NULL,
    minute   TIMESTAMPTZ      NOT NULL,
    played_s DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (viewer, minute)
);
CREATE INDEX ix_view_minutes_minute ON media.view_minutes (minute);

-- Those who make reels see who watched in their teams; everybody sees their own. What is written goes through
-- `media.record_views` alone.
ALTER TABLE media.views ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.views FOR SELECT TO heartbeat_web USING (
    user_id::text = (SELECT current_setting('heartbeat.user', true))
    OR ((SELECT current_setting('heartbeat.reels', true)) = 'on'
        AND ((SELECT current_setting('heartbeat.teams', true)) = 'ALL'
            OR team_code = ANY (string_to_array((SELECT current_setting('heartbeat.teams', true)), ',')))));
ALTER TABLE media.view_sums ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.view_sums FOR SELECT TO heartbeat_web USING (
    (SELECT current_setting('heartbeat.reels', true)) = 'on'
    AND ((SELECT current_setting('heartbeat.teams', true)) = 'ALL'
        OR team_code = ANY (string_to_array((SELECT current_setting('heartbeat.teams', true)), ','))));
ALTER TABLE media.view_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.view_minutes ENABLE ROW LEVEL SECURITY;
REVOKE INSERT, UPDATE, DELETE ON media.views, media.view_sums, media.view_sessions, media.view_minutes FROM heartbeat_web;
