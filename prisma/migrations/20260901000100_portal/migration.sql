-- What this portal adds to HeartBeat's three tables.
ALTER TABLE media.clips
    ADD COLUMN strength        VARCHAR(20),
    -- Percent of the cut that is done; written by the worker that holds the claim.
    ADD COLUMN progress        SMALLINT NOT NULL DEFAULT 0,
    -- The fence: only the worker whose token stands here may publish or fail the clip.
    ADD COLUMN claim_token     UUID,
    ADD COLUMN frame_rate      DOUBLE PRECISION,
    ADD COLUMN idempotency_key VARCHAR(255),
    ADD COLUMN request_hash    CHAR(64),
    ADD CONSTRAINT ck_clip_progress CHECK (progress BETWEEN 0 AND 100);

-- The list's order within the reach of a team or a player, with the id to break ties.
CREATE INDEX ix_clips_created_at_id ON media.clips (created_at DESC, id DESC);
CREATE INDEX ix_clips_team_created_at ON media.clips (team_code, created_at DESC, id DESC);
CREATE INDEX ix_clips_source ON media.clips (source_gcs_uri);

ALTER TABLE media.clip_assets
    -- The generation that was registered: signed URLs pin it, removal deletes it and no other.
    ADD COLUMN generation     VARCHAR(20),
    -- Byte ranges of a rendition or tiles of a storyboard (lib/media/media-types.ts): playing reads no object.
    ADD COLUMN delivery_index JSONB;

CREATE TABLE media.users (
    id              UUID PRIMARY KEY,
    email           VARCHAR(254) NOT NULL UNIQUE,
    name            VARCHAR(255) NOT NULL,
    password_hash   VARCHAR(255),
    role            VARCHAR(20)  NOT NULL,
    team_access     VARCHAR(10)[] NOT NULL DEFAULT '{}',
    player_id       VARCHAR(20),
    preferences     JSONB        NOT NULL DEFAULT '{}',
    -- Raised to end every session of the account at once.
    session_version INTEGER      NOT NULL DEFAULT 1,
    disabled_at     TIMESTAMPTZ,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_user_role CHECK (role IN ('admin', 'staff', 'coach', 'analyst', 'scout', 'player')),
    CONSTRAINT ck_user_email CHECK (email = lower(email)),
    CONSTRAINT ck_user_player CHECK (role <> 'player' OR player_id IS NOT NULL)
);

CREATE TRIGGER update_users_updated_at
    BEFORE UPDATE ON media.users
    FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();

CREATE TABLE media.api_keys (
    id           UUID PRIMARY KEY,
    user_id      UUID         NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    name         VARCHAR(100) NOT NULL,
    -- SHA-256 of the key, hex. The key has 256 random bits, so a slow hash would add nothing.
    key_hash     CHAR(64)     NOT NULL UNIQUE,
    -- The first characters, so that a person can tell keys apart.
    key_hint     VARCHAR(12)  NOT NULL,
    expires_at   TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    revoked_at   TIMESTAMPTZ,
    created_at   TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX ix_api_keys_user_id ON media.api_keys (user_id);

CREATE TABLE media.masters (
    id               UUID PRIMARY KEY,
    lake_uri         VARCHAR(512)  NOT NULL UNIQUE,
    status           VARCHAR(20)   NOT NULL DEFAULT 'uploading',
    team_code        VARCHAR(10)   NOT NULL,
    season           VARCHAR(10)   NOT NULL,
    game_id          VARCHAR(20)   NOT NULL,
    period           INTEGER,
    filename         VARCHAR(200)  NOT NULL,
    content_type     VARCHAR(100)  NOT NULL,
    size_bytes       BIGINT        NOT NULL,
    crc32c           VARCHAR(8),
    generation       VARCHAR(20),
    duration_s       DOUBLE PRECISION,
    width            INTEGER,
    height           INTEGER,
    frame_rate       DOUBLE PRECISION,
    video_codec      VARCHAR(50),
    audio_codec      VARCHAR(50),
    error_message    TEXT,
    -- The resumable session, a bearer secret: kept so that its owner can go on after closing the tab.
    upload_url       TEXT,
    upload_expires_at TIMESTAMPTZ,
    created_by       UUID          REFERENCES media.users (id) ON DELETE SET NULL,
    created_at       TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at       TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_master_status CHECK (status IN ('uploading', 'ready', 'failed')),
    CONSTRAINT ck_master_size CHECK (size_bytes > 0)
);

CREATE INDEX ix_masters_game ON media.masters (team_code, season, game_id);
CREATE INDEX ix_masters_created_at ON media.masters (created_at DESC, id DESC);

CREATE TRIGGER update_masters_updated_at
    BEFORE UPDATE ON media.masters
    FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();
