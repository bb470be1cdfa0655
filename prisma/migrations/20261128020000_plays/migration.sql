-- Games and their plays, as files of plays tell them (ADR 54, 55). Nothing that runs knows these tables yet.

-- A game is a team's own: two clubs that play each other have two rows.
CREATE TABLE media.games (
    team_code      VARCHAR(10) NOT NULL,
    season         VARCHAR(10) NOT NULL,
    game_id        VARCHAR(20) NOT NULL,
    game_date      DATE,
    opponent_code  VARCHAR(10),
    is_home        BOOLEAN,
    own_goals      INTEGER,
    opponent_goals INTEGER,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (team_code, season, game_id)
);

-- Who took part, as far as a file names them.
CREATE TABLE media.game_players (
    team_code   VARCHAR(10) NOT NULL,
    season      VARCHAR(10) NOT NULL,
    game_id     VARCHAR(20) NOT NULL,
    player_id   VARCHAR(20) NOT NULL,
    player_name VARCHAR(255),
    jersey      VARCHAR(5),
    position    VARCHAR(10),
    -- As the file calls it.
    plays_for   VARCHAR(50),
    PRIMARY KEY (team_code, season, game_id, player_id),
    FOREIGN KEY (team_code, season, game_id) REFERENCES media.games ON DELETE CASCADE
);

-- Each file that was imported, by what is in it.
CREATE TABLE media.play_files (
    id          BIGSERIAL    PRIMARY KEY,
    team_code   VARCHAR(10)  NOT NULL,
    season      VARCHAR(10)  NOT NULL,
    game_id     VARCHAR(20)  NOT NULL,
    format      VARCHAR(20)  NOT NULL,
    sha256      CHAR(64)     NOT NULL,
    size_bytes  INTEGER      NOT NULL,
    lake_uri    VARCHAR(512) NOT NULL,
    -- The game's number in the file, which another file of the same game has to share.
    reference   VARCHAR(20),
    imported_by UUID         REFERENCES media.users (id) ON DELETE SET NULL,
    imported_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq_play_file UNIQUE (team_code, season, game_id, sha256),
    CONSTRAINT ck_play_file_format CHECK (format IN ('playsequence', 'sportscode', 'nhl')),
    FOREIGN KEY (team_code, season, game_id) REFERENCES media.games ON DELETE CASCADE
);
CREATE INDEX ix_play_files_imported_by ON media.play_files (imported_by);

CREATE TABLE media.plays (
    id           BIGSERIAL   PRIMARY KEY,
    team_code    VARCHAR(10) NOT NULL,
    season       VARCHAR(10) NOT NULL,
    game_id      VARCHAR(20) NOT NULL,
    -- The format that it came in, its name among the plays of that, and what a newer file replaces as a whole.
    source       VARCHAR(20)  NOT NULL,
    source_id    VARCHAR(200) NOT NULL,
    part         VARCHAR(100) NOT NULL,
    kind         VARCHAR(10)  NOT NULL DEFAULT 'event',
    period       SMALLINT,
    clock_s      DOUBLE PRECISION,
    end_clock_s  DOUBLE PRECISION,
    video_s      DOUBLE PRECISION,
    end_video_s  DOUBLE PRECISION,
    name         VARCHAR(100) NOT NULL,
    shorthand    VARCHAR(100),
    type         VARCHAR(50),
    outcome      VARCHAR(50),
    zone         VARCHAR(50),
    strength     VARCHAR(20),
    acting_team  VARCHAR(50),
    player_id    VARCHAR(20),
    player_name  VARCHAR(255),
    named_ids    TEXT[]       NOT NULL DEFAULT '{}',
    on_ice       TEXT[]       NOT NULL DEFAULT '{}',
    against      TEXT[]       NOT NULL DEFAULT '{}',
    x_ft         DOUBLE PRECISION,
    y_ft         DOUBLE PRECISION,
    labels       JSONB        NOT NULL DEFAULT '[]',
    free_text    TEXT,
    -- Everybody whom it names or has on the ice: the players who may see it.
    seen_by      TEXT[]       GENERATED ALWAYS AS
        (array_remove(array_append(on_ice || against || named_ids, player_id::text), NULL)) STORED,
    created_at   TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq_play_source UNIQUE (team_code, season, game_id, source, source_id),
    CONSTRAINT ck_play_kind CHECK (kind IN ('event', 'shift')),
    FOREIGN KEY (team_code, season, game_id) REFERENCES media.games ON DELETE CASCADE
);
CREATE INDEX ix_plays_game ON media.plays (team_code, season, game_id, period, clock_s, id);
CREATE INDEX ix_plays_seen_by ON media.plays USING gin (seen_by);

ALTER TABLE media.games ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.game_players ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.play_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.plays ENABLE ROW LEVEL SECURITY;

-- As for clips (20261128002500_reach_once_a_query); of their teams' plays players see those that name them, or have
-- them on the ice.
CREATE POLICY reach ON media.plays TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL' AND current_setting('heartbeat.player', true) = '*')
        THEN true
        ELSE (
            CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
                ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
            AND CASE WHEN (SELECT current_setting('heartbeat.player', true) = '*') THEN true
                ELSE seen_by @> ARRAY[(SELECT current_setting('heartbeat.player', true))] END)
    END);

-- A game, and who took part in it, is a player's when a play of it is: the sub-select is under the plays' own policy.
CREATE POLICY reach ON media.games TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND CASE WHEN (SELECT current_setting('heartbeat.player', true) = '*') THEN true
        ELSE EXISTS (SELECT FROM media.plays p WHERE p.team_code = games.team_code AND p.season = games.season
            AND p.game_id = games.game_id) END
);
CREATE POLICY reach ON media.game_players TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND CASE WHEN (SELECT current_setting('heartbeat.player', true) = '*') THEN true
        ELSE EXISTS (SELECT FROM media.plays p WHERE p.team_code = game_players.team_code
            AND p.season = game_players.season AND p.game_id = game_players.game_id) END
);

-- A file tells of everybody: it is no player's.
CREATE POLICY reach ON media.play_files TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND (SELECT current_setting('heartbeat.player', true)) = '*'
);
