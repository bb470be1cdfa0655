-- How a club looks (ADR 72): its name, its colour, its crest. Nothing that runs knows this table yet.
CREATE TABLE media.clubs (
    team_code  VARCHAR(10)  PRIMARY KEY,
    name       VARCHAR(60),
    -- `#rrggbb`
    color      CHAR(7)      CHECK (color ~ '^#[0-9a-f]{6}$'),
    -- A PNG, and the name that it is served by: the SHA-256 of it.
    crest      BYTEA        CHECK (octet_length(crest) <= 262144),
    crest_name CHAR(64),
    version    INTEGER      NOT NULL DEFAULT 1,
    updated_at TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK ((crest IS NULL) = (crest_name IS NULL))
);
CREATE INDEX ix_clubs_crest ON media.clubs (crest_name);

-- What a club looks like is no secret, and opponents are no teams of anybody's here: all who are signed in see all of it.
-- It is changed by those who reach the team.
ALTER TABLE media.clubs ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.clubs FOR SELECT TO heartbeat_web USING (true);
CREATE POLICY reach ON media.clubs TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND (SELECT current_setting('heartbeat.people', true)) = 'on'
);
