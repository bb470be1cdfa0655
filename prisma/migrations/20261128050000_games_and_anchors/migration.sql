-- Games are listed, plays found in their order, and placed in the masters (ADR 59). Nothing that runs knows these tables yet.

-- When a game was, or was heard of: what games are listed by.
ALTER TABLE media.games ADD COLUMN day DATE
    GENERATED ALWAYS AS (coalesce(game_date, (created_at AT TIME ZONE 'UTC')::date)) STORED;
CREATE INDEX ix_games_day ON media.games (day, team_code, season, game_id);

-- Where a play stands in its game: its period, then the clock of that, or the file's own time where it has no clock.
ALTER TABLE media.plays ADD COLUMN place DOUBLE PRECISION
    GENERATED ALWAYS AS (coalesce(period, 0)::float8 * 100000 + coalesce(clock_s, video_s, 0)) STORED;
DROP INDEX media.ix_plays_game;
CREATE INDEX ix_plays_game ON media.plays (team_code, season, game_id, place, id);
-- One kind of play, or one player's, over many games.
CREATE INDEX ix_plays_name ON media.plays (team_code, name, season, game_id, place, id);
CREATE INDEX ix_plays_player ON media.plays (team_code, player_id, season, game_id, place, id);

-- Moments that tie the clock of a period to a master, as people set them.
CREATE TABLE media.master_anchors (
    id        BIGSERIAL        PRIMARY KEY,
    master_id UUID             NOT NULL REFERENCES media.masters (id) ON DELETE CASCADE,
    period    SMALLINT         NOT NULL,
    -- Elapsed in the period, and from the first moment of the master.
    clock_s   DOUBLE PRECISION NOT NULL,
    video_s   DOUBLE PRECISION NOT NULL,
    -- Seconds of the master for each of the file's, or of the running clock's.
    rate      DOUBLE PRECISION NOT NULL DEFAULT 1,
    set_by    UUID             REFERENCES media.users (id) ON DELETE SET NULL,
    set_at    TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq_master_anchor UNIQUE (master_id, period, clock_s),
    CONSTRAINT ck_master_anchor CHECK (period BETWEEN 1 AND 9 AND clock_s >= 0 AND video_s >= 0 AND rate BETWEEN 0.5 AND 2)
);
CREATE INDEX ix_master_anchors_set_by ON media.master_anchors (set_by);

-- From when to when the clock ran, by a file that has both: at `clock_s` of the period its own time was `video_s`, and both
-- go on at one pace until the next run.
CREATE TABLE media.clock_runs (
    team_code VARCHAR(10)      NOT NULL,
    season    VARCHAR(10)      NOT NULL,
    game_id   VARCHAR(20)      NOT NULL,
    period    SMALLINT         NOT NULL,
    clock_s   DOUBLE PRECISION NOT NULL,
    video_s   DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (team_code, season, game_id, period, video_s),
    FOREIGN KEY (team_code, season, game_id) REFERENCES media.games ON DELETE CASCADE
);

-- An anchor is there when its master is, under that one's policy.
ALTER TABLE media.master_anchors ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.master_anchors TO heartbeat_web
    USING (EXISTS (SELECT FROM media.masters m WHERE m.id = master_anchors.master_id));
-- Runs tell nothing but when the clock stood: they are those' who see the masters.
ALTER TABLE media.clock_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clock_runs TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND (SELECT current_setting('heartbeat.player', true)) = '*'
);

-- A game is a player's when a play or a clip of it is: the sub-selects are under the policies of those. It names columns of
-- HeartBeat's alone, so that the portal can be rolled back; the list leaves out what lies in the trash.
ALTER POLICY reach ON media.games USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND CASE WHEN (SELECT current_setting('heartbeat.player', true) = '*') THEN true
        ELSE EXISTS (SELECT FROM media.plays p WHERE p.team_code = games.team_code AND p.season = games.season
                AND p.game_id = games.game_id)
            OR EXISTS (SELECT FROM media.clips c WHERE c.team_code = games.team_code AND c.season = games.season
                AND c.game_id = games.game_id) END
);

-- A game is there as soon as a clip or a master of it is (prisma/functions/games.sql).
CREATE FUNCTION media.note_games_of_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE FUNCTION media.note_games_of_masters() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER note_games AFTER INSERT ON media.clips REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION media.note_games_of_clips();
CREATE TRIGGER note_games AFTER INSERT ON media.masters REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION media.note_games_of_masters();

-- Those of before. Who makes clips meanwhile is seen by the triggers.
INSERT INTO media.games (team_code, season, game_id, game_date, opponent_code, created_at)
SELECT team_code, season, game_id, max(game_date), max(opponent_code), min(created_at) FROM (
    SELECT c.team_code, c.season, c.game_id, max(c.game_date) AS game_date,
        max(c.opponent_code) FILTER (WHERE c.opponent_code <> c.team_code) AS opponent_code,
        min(c.created_at) AT TIME ZONE 'UTC' AS created_at
    FROM media.clips c WHERE c.season IS NOT NULL GROUP BY 1, 2, 3
    UNION ALL
    SELECT m.team_code, m.season, m.game_id, NULL, NULL, min(m.created_at) FROM media.masters m GROUP BY 1, 2, 3
) g GROUP BY 1, 2, 3
ON CONFLICT (team_code, season, game_id) DO NOTHING;
