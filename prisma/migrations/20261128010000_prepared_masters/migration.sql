-- Masters cut into segments once, from which any clip of them is played (ADR 49). Seconds are a clip's timecodes: 0 is the
-- first picture shown.
CREATE TABLE media.master_preparations (
    master_id     UUID             PRIMARY KEY REFERENCES media.masters (id) ON DELETE CASCADE,
    status        VARCHAR(20)      NOT NULL DEFAULT 'pending',
    -- How: `source` when browsers play the master's own picture, else `ladder`; decided when it is looked at.
    kind          VARCHAR(10),
    -- The greatest `to_s` of its renditions.
    playable_to_s DOUBLE PRECISION NOT NULL DEFAULT 0,
    -- For people: why it goes no further.
    error_message TEXT,
    -- Who copies it, or its sound; nobody else adds rows of those.
    claim_token   UUID,
    created_at    TIMESTAMPTZ      NOT NULL DEFAULT now(),
    updated_at    TIMESTAMPTZ      NOT NULL DEFAULT now(),
    CONSTRAINT ck_preparation_status CHECK (status IN ('pending', 'running', 'ready', 'failed')),
    CONSTRAINT ck_preparation_kind CHECK (kind IN ('source', 'ladder'))
);
CREATE TRIGGER update_master_preparations_updated_at
    BEFORE UPDATE ON media.master_preparations
    FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();

CREATE TABLE media.prepared_renditions (
    id                    SERIAL           PRIMARY KEY,
    master_id             UUID             NOT NULL REFERENCES media.master_preparations (master_id) ON DELETE CASCADE,
    -- `source`, a rung of the ladder, or `sound`: sound alone, which the ladder is made with and nobody plays.
    name                  VARCHAR(10)      NOT NULL,
    codecs                VARCHAR(100)     NOT NULL,
    -- As shown; null for `sound`.
    width                 INTEGER,
    height                INTEGER,
    frame_rate            DOUBLE PRECISION,
    bandwidth_bps         INTEGER          NOT NULL DEFAULT 0,
    average_bandwidth_bps INTEGER          NOT NULL DEFAULT 0,
    init_generation       VARCHAR(20)      NOT NULL,
    init_size_bytes       INTEGER          NOT NULL,
    init_crc32c           VARCHAR(8)       NOT NULL,
    -- It can be played from 0 to here, without a hole.
    to_s                  DOUBLE PRECISION NOT NULL DEFAULT 0,
    complete              BOOLEAN          NOT NULL DEFAULT false,
    CONSTRAINT uq_prepared_rendition UNIQUE (master_id, name)
);

CREATE TABLE media.prepared_segments (
    rendition_id INTEGER          NOT NULL REFERENCES media.prepared_renditions (id) ON DELETE CASCADE,
    -- Ascends with time; a rung of the ladder leaves some out.
    number       INTEGER          NOT NULL,
    -- When its key frame is shown: what begins here can be decoded.
    start_s      DOUBLE PRECISION NOT NULL,
    -- Until the next segment's key frame; the last one's until its end.
    duration_s   DOUBLE PRECISION NOT NULL,
    -- When the first of its pictures is shown. Before `start_s` in an open group of pictures: those pictures lean on the
    -- segment before, and whoever plays that one to its end needs this one, too.
    first_s      DOUBLE PRECISION NOT NULL,
    size_bytes   INTEGER          NOT NULL,
    generation   VARCHAR(20)      NOT NULL,
    crc32c       VARCHAR(8)       NOT NULL,
    PRIMARY KEY (rendition_id, number)
);

-- A part of the ladder, which one worker encodes in one go.
CREATE TABLE media.preparation_chunks (
    master_id   UUID             NOT NULL REFERENCES media.master_preparations (master_id) ON DELETE CASCADE,
    number      INTEGER          NOT NULL,
    start_s     DOUBLE PRECISION NOT NULL,
    end_s       DOUBLE PRECISION NOT NULL,
    is_done     BOOLEAN          NOT NULL DEFAULT false,
    claim_token UUID,
    PRIMARY KEY (master_id, number)
);

-- A second wall, as for masters (ADR 15): what belongs to a master is there when the master is, under its own policy.
ALTER TABLE media.master_preparations ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.prepared_renditions ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.prepared_segments ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.preparation_chunks ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.master_preparations TO heartbeat_web
    USING (EXISTS (SELECT FROM media.masters m WHERE m.id = master_preparations.master_id));
CREATE POLICY reach ON media.prepared_renditions TO heartbeat_web
    USING (EXISTS (SELECT FROM media.masters m WHERE m.id = prepared_renditions.master_id));
CREATE POLICY reach ON media.prepared_segments TO heartbeat_web
    USING (EXISTS (SELECT FROM media.prepared_renditions r WHERE r.id = prepared_segments.rendition_id));
-- The web begins a preparation and takes one back; all that is between is the workers'.
REVOKE UPDATE ON media.master_preparations FROM heartbeat_web;
REVOKE INSERT, UPDATE, DELETE ON media.prepared_renditions, media.prepared_segments FROM heartbeat_web;
REVOKE ALL ON media.preparation_chunks FROM heartbeat_web;

-- The newest progress of each master is kept, as of clips.
CREATE FUNCTION media.record_preparation_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.events e WHERE e.once = 'progress ' || NEW.master_id;
    INSERT INTO media.events (type, master_id, team_code, data, once)
    SELECT 'master.progress', m.id, m.team_code,
        jsonb_build_object('status', NEW.status, 'playable_to_s', NEW.playable_to_s), 'progress ' || m.id
    FROM media.masters m WHERE m.id = NEW.master_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER record_event AFTER UPDATE ON media.master_preparations
    FOR EACH ROW WHEN (
        (OLD.status, OLD.playable_to_s, OLD.error_message) IS DISTINCT FROM (NEW.status, NEW.playable_to_s, NEW.error_message)
    ) EXECUTE FUNCTION media.record_preparation_event();
