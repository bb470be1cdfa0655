-- HeartBeat's own schema, exactly as its databases in use have it (docs/adr/0003). Never edit this file:
-- `db:migrate` recognises such a database and marks this migration as applied instead of running it.
CREATE SCHEMA IF NOT EXISTS media;

CREATE TABLE media.clips (
    id                SERIAL PRIMARY KEY,
    clip_id           VARCHAR(64)      NOT NULL UNIQUE,
    player_id         VARCHAR(20)      NOT NULL,
    player_name       VARCHAR(255),
    team_code         VARCHAR(10)      NOT NULL,
    opponent_code     VARCHAR(10),
    game_id           VARCHAR(20)      NOT NULL,
    game_date         DATE,
    season            VARCHAR(10),
    period            INTEGER,
    event_type        VARCHAR(50)      NOT NULL,
    outcome           VARCHAR(50),
    zone              VARCHAR(50),
    start_timecode_s  DOUBLE PRECISION NOT NULL,
    end_timecode_s    DOUBLE PRECISION NOT NULL,
    duration_s        DOUBLE PRECISION NOT NULL,
    source_gcs_uri    VARCHAR(512),
    processing_status VARCHAR(50)      DEFAULT 'pending',
    processing_time_s DOUBLE PRECISION,
    error_message     TEXT,
    created_at        TIMESTAMP        NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMP        NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_clip_status CHECK (processing_status IN ('pending', 'processing', 'ready', 'failed')),
    CONSTRAINT ck_clip_duration CHECK (duration_s > 0 AND duration_s <= 300)
);

CREATE INDEX ix_clips_player_id ON media.clips (player_id);
CREATE INDEX ix_clips_team_code ON media.clips (team_code);
CREATE INDEX ix_clips_game_id ON media.clips (game_id);
CREATE INDEX ix_clips_event_type ON media.clips (event_type);
CREATE INDEX ix_clips_created_at ON media.clips (created_at DESC);
CREATE INDEX ix_clips_status ON media.clips (processing_status);
CREATE INDEX ix_clips_composite ON media.clips (player_id, created_at DESC);

CREATE TABLE media.clip_assets (
    id              SERIAL PRIMARY KEY,
    clip_id         INTEGER      NOT NULL REFERENCES media.clips (id) ON DELETE CASCADE,
    asset_type      VARCHAR(20)  NOT NULL,
    gcs_uri         VARCHAR(512) NOT NULL,
    cdn_path        VARCHAR(512),
    file_size_bytes BIGINT,
    duration_s      DOUBLE PRECISION,
    width           INTEGER,
    height          INTEGER,
    codec           VARCHAR(50),
    bitrate_kbps    INTEGER,
    created_at      TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_asset_type CHECK (asset_type IN
        ('mp4', 'hls_playlist', 'hls_segment', 'thumbnail', 'thumbnail_grid', 'dash_manifest')),
    CONSTRAINT uq_clip_asset_type UNIQUE (clip_id, asset_type, gcs_uri)
);

CREATE INDEX ix_clip_assets_clip_id ON media.clip_assets (clip_id);
CREATE INDEX ix_clip_assets_type ON media.clip_assets (asset_type);

CREATE TABLE media.clip_tags (
    id         SERIAL PRIMARY KEY,
    clip_id    INTEGER      NOT NULL REFERENCES media.clips (id) ON DELETE CASCADE,
    tag        VARCHAR(100) NOT NULL,
    tag_type   VARCHAR(50),
    confidence DOUBLE PRECISION,
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq_clip_tag UNIQUE (clip_id, tag)
);

CREATE INDEX ix_clip_tags_clip_id ON media.clip_tags (clip_id);
CREATE INDEX ix_clip_tags_tag ON media.clip_tags (tag);
CREATE INDEX ix_clip_tags_type ON media.clip_tags (tag_type);

CREATE FUNCTION media.update_updated_at_column() RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER update_clips_updated_at
    BEFORE UPDATE ON media.clips
    FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();
