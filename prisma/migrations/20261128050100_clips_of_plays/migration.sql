-- Clips are made of plays, each play once (ADR 60).

-- The play that a clip shows, or the first of those that it shows: it may be gone since.
ALTER TABLE media.clips ADD COLUMN play_id BIGINT;

-- The clip that each play is in. A row whose clip is gone says nothing: there is no foreign key, so that whoever empties
-- HeartBeat's three tables in one statement still can (ADR 48).
CREATE TABLE media.clip_plays (
    play_id BIGINT  PRIMARY KEY REFERENCES media.plays (id) ON DELETE CASCADE,
    clip_id INTEGER NOT NULL
);
ALTER TABLE media.clip_plays ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_plays TO heartbeat_web
    USING (EXISTS (SELECT FROM media.plays p WHERE p.id = clip_plays.play_id));
