-- Sessions that their person ended, until the last cookie of each would have died by itself. A cookie names its session
-- since this version; one of the version before names none, and ends with all of its account's.
CREATE TABLE media.ended_sessions (
    session_id UUID PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX ix_ended_sessions_user_id ON media.ended_sessions (user_id);
CREATE INDEX ix_ended_sessions_expires_at ON media.ended_sessions (expires_at);

-- What has ended stays ended: the web adds rows and reads them, and the worker's sweep takes them away.
REVOKE UPDATE, DELETE, TRUNCATE ON media.ended_sessions FROM heartbeat_web;
ALTER TABLE media.ended_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON media.ended_sessions FOR SELECT TO heartbeat_web USING (true);
CREATE POLICY ended ON media.ended_sessions FOR INSERT TO heartbeat_web WITH CHECK (true);
