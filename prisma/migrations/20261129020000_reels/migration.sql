-- Reels: clips in an order of one's own, shown to some (ADR 63). Nothing that runs knows these tables yet.

CREATE TABLE media.reels (
    id          UUID         PRIMARY KEY,
    team_code   VARCHAR(10)  NOT NULL,
    title       VARCHAR(200) NOT NULL,
    description VARCHAR(2000),
    owner_id    UUID         NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    audience    VARCHAR(10)  NOT NULL DEFAULT 'private',
    -- Grows with every change, of the items too.
    version     INTEGER      NOT NULL DEFAULT 1,
    created_at  TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_reel_audience CHECK (audience IN ('private', 'staff', 'team', 'players'))
);
CREATE INDEX ix_reels_created_at ON media.reels (created_at, id);
CREATE INDEX ix_reels_owner_id ON media.reels (owner_id);

-- The chosen ones, while the audience is `players`.
CREATE TABLE media.reel_players (
    reel_id   UUID        NOT NULL REFERENCES media.reels (id) ON DELETE CASCADE,
    player_id VARCHAR(20) NOT NULL,
    PRIMARY KEY (reel_id, player_id)
);

-- An item whose clip is gone says nothing: there is no foreign key, so that whoever empties HeartBeat's three tables in one
-- statement still can (ADR 48).
CREATE TABLE media.reel_items (
    id       UUID             PRIMARY KEY,
    reel_id  UUID             NOT NULL REFERENCES media.reels (id) ON DELETE CASCADE,
    position INTEGER          NOT NULL,
    clip_id  INTEGER          NOT NULL,
    -- From the clip's own beginning; null for where it begins, and ends.
    in_s     DOUBLE PRECISION,
    out_s    DOUBLE PRECISION,
    note     VARCHAR(2000),
    CONSTRAINT ck_reel_item CHECK (coalesce(in_s, 0) >= 0 AND (out_s IS NULL OR out_s > coalesce(in_s, 0)))
);
CREATE INDEX ix_reel_items_reel ON media.reel_items (reel_id, position);

-- As prisma/functions/reels.sql has them.
CREATE FUNCTION media.sees_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT coalesce(
            (current_setting('heartbeat.teams', true) = 'ALL'
                OR team = ANY (string_to_array(current_setting('heartbeat.teams', true), ',')))
            AND (maker::text = current_setting('heartbeat.user', true)
                OR shown_to = 'team'
                OR (shown_to IN ('staff', 'players') AND current_setting('heartbeat.reels', true) = 'on')
                OR (shown_to = 'players' AND current_setting('heartbeat.player', true) <> '*' AND EXISTS (
                    SELECT FROM media.reel_players p
                    WHERE p.reel_id = reel AND p.player_id = current_setting('heartbeat.player', true)))),
            false)
    $$;
CREATE FUNCTION media.changes_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT coalesce(current_setting('heartbeat.reels', true) = 'on', false)
            AND media.sees_reel(reel, team, maker, shown_to)
    $$;

ALTER TABLE media.reels ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.reels FOR SELECT TO heartbeat_web
    USING (media.sees_reel(id, team_code, owner_id, audience));
-- Nobody makes one in another's name.
CREATE POLICY made ON media.reels FOR INSERT TO heartbeat_web
    WITH CHECK (media.changes_reel(id, team_code, owner_id, audience)
        AND owner_id::text = (SELECT current_setting('heartbeat.user', true)));
CREATE POLICY changed ON media.reels FOR UPDATE TO heartbeat_web
    USING (media.changes_reel(id, team_code, owner_id, audience));
CREATE POLICY removed ON media.reels FOR DELETE TO heartbeat_web
    USING (media.changes_reel(id, team_code, owner_id, audience));

-- Its players and its items are there when the reel is, under that one's policies. A player is not told who else is chosen.
ALTER TABLE media.reel_players ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.reel_players FOR SELECT TO heartbeat_web USING (
    EXISTS (SELECT FROM media.reels r WHERE r.id = reel_players.reel_id)
    AND ((SELECT current_setting('heartbeat.reels', true)) = 'on'
        OR player_id = (SELECT current_setting('heartbeat.player', true)))
);
CREATE POLICY made ON media.reel_players FOR INSERT TO heartbeat_web WITH CHECK (EXISTS (
    SELECT FROM media.reels r WHERE r.id = reel_players.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
CREATE POLICY removed ON media.reel_players FOR DELETE TO heartbeat_web USING (EXISTS (
    SELECT FROM media.reels r WHERE r.id = reel_players.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));

ALTER TABLE media.reel_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.reel_items FOR SELECT TO heartbeat_web
    USING (EXISTS (SELECT FROM media.reels r WHERE r.id = reel_items.reel_id));
-- Only what whoever adds it reaches, of the reel's team: clips are under their own policy here.
CREATE POLICY made ON media.reel_items FOR INSERT TO heartbeat_web WITH CHECK (EXISTS (
    SELECT FROM media.reels r JOIN media.clips c ON c.team_code = r.team_code
    WHERE r.id = reel_items.reel_id AND c.id = reel_items.clip_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
-- Which clip an item shows is said once: what is changed is its place, its trim and its note.
CREATE POLICY changed ON media.reel_items FOR UPDATE TO heartbeat_web USING (EXISTS (
    SELECT FROM media.reels r WHERE r.id = reel_items.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
CREATE POLICY removed ON media.reel_items FOR DELETE TO heartbeat_web USING (EXISTS (
    SELECT FROM media.reels r WHERE r.id = reel_items.reel_id
        AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)));
REVOKE UPDATE ON media.reel_items FROM heartbeat_web;
GRANT UPDATE (position, in_s, out_s, note) ON media.reel_items TO heartbeat_web;
-- Nor does a reel go over to another team, or to another maker.
REVOKE UPDATE ON media.reels FROM heartbeat_web;
GRANT UPDATE (title, description, audience, version, updated_at) ON media.reels TO heartbeat_web;
