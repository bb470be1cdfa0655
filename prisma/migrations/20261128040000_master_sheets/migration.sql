-- Small pictures of a whole master for its time line, a sheet of them for each part of its ladder (ADR 57).
CREATE TABLE media.prepared_sheets (
    master_id     UUID             NOT NULL REFERENCES media.master_preparations (master_id) ON DELETE CASCADE,
    -- Of the part.
    number        INTEGER          NOT NULL,
    -- What the first cell shows, and where the last one ends: seconds from timecode zero.
    start_s       DOUBLE PRECISION NOT NULL,
    end_s         DOUBLE PRECISION NOT NULL,
    -- From one cell to the next; cells lie in rows of so many.
    interval_s    DOUBLE PRECISION NOT NULL,
    columns       INTEGER          NOT NULL,
    cell_width    INTEGER          NOT NULL,
    cell_height   INTEGER          NOT NULL,
    size_bytes    INTEGER          NOT NULL,
    generation    VARCHAR(20)      NOT NULL,
    crc32c        VARCHAR(8)       NOT NULL,
    PRIMARY KEY (master_id, number)
);

-- As the other rows of a preparation: a second wall, and the workers' to write.
ALTER TABLE media.prepared_sheets ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.prepared_sheets TO heartbeat_web
    USING (EXISTS (SELECT FROM media.masters m WHERE m.id = prepared_sheets.master_id));
REVOKE INSERT, UPDATE, DELETE ON media.prepared_sheets FROM heartbeat_web;
