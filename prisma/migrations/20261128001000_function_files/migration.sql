-- Functions are files from here on (prisma/functions, ADR 46): `npm run db:migrate` applies those whose text is another
-- than what was applied last.
CREATE TABLE media.function_files (
    name       VARCHAR(100) PRIMARY KEY,
    -- SHA-256 of the newest migration's name and the text, hex.
    checksum   CHAR(64)     NOT NULL,
    applied_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- For migrations alone.
ALTER TABLE media.function_files ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON media.function_files FROM heartbeat_web;
