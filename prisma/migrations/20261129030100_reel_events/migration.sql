-- Events tell of reels, too (ADR 67): each row has to whom the reel was shown before, and to whom it is shown now, and
-- every listener is told by that. A web of the version before passes such rows over: they have neither master nor player.
ALTER TABLE media.events ADD COLUMN reel_id UUID;
ALTER TABLE media.events DROP CONSTRAINT ck_event_subject;
ALTER TABLE media.events ADD CONSTRAINT ck_event_subject CHECK (num_nonnulls(clip_id, master_id, reel_id) = 1) NOT VALID;

-- To whom each reel was shown when it was last told of. The triggers' own.
CREATE TABLE media.reel_tellings (
    reel_id UUID  PRIMARY KEY,
    shown   JSONB NOT NULL
);
ALTER TABLE media.reel_tellings ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON media.reel_tellings FROM heartbeat_web;
INSERT INTO media.reel_tellings (reel_id, shown)
SELECT r.id, jsonb_build_object('audience', r.audience, 'players',
    ARRAY(SELECT p.player_id FROM media.reel_players p WHERE p.reel_id = r.id))
FROM media.reels r;

-- As prisma/functions/reels.sql and reel-events.sql have them.
CREATE FUNCTION media.is_shown(team text, maker uuid, shown_to text, is_chosen boolean) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT coalesce(
            (current_setting('heartbeat.teams', true) = 'ALL'
                OR team = ANY (string_to_array(current_setting('heartbeat.teams', true), ',')))
            AND (maker::text = current_setting('heartbeat.user', true)
                OR shown_to = 'team'
                OR (shown_to IN ('staff', 'players') AND current_setting('heartbeat.reels', true) = 'on')
                OR (shown_to = 'players' AND current_setting('heartbeat.player', true) <> '*' AND is_chosen)),
            false)
    $$;
CREATE FUNCTION media.news_of_reel(team text, facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT CASE WHEN is_there AND was_there THEN 'reel.updated' WHEN is_there THEN 'reel.created'
            WHEN was_there THEN 'reel.deleted' END
        FROM (SELECT
            facts -> 'is' ? 'audience' AND media.is_shown(team, (facts ->> 'maker')::uuid, facts -> 'is' ->> 'audience',
                facts -> 'is' -> 'players' ? current_setting('heartbeat.player', true)) AS is_there,
            facts -> 'was' ? 'audience' AND media.is_shown(team, (facts ->> 'maker')::uuid, facts -> 'was' ->> 'audience',
                facts -> 'was' -> 'players' ? current_setting('heartbeat.player', true)) AS was_there) AS seen
        WHERE facts ? 'maker'
    $$;
CREATE FUNCTION media.record_reel_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;

-- When all is done: the chosen players are written after their reel.
CREATE CONSTRAINT TRIGGER record_event AFTER INSERT OR UPDATE OR DELETE ON media.reels
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION media.record_reel_event();

ALTER POLICY reach ON media.events USING (
    reel_id IS NULL
    AND CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND CASE WHEN (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
        ELSE player_id = (SELECT current_setting('heartbeat.player', true)) END
);
-- Who passes events on to everybody is nobody's account.
CREATE POLICY reels ON media.events FOR SELECT TO heartbeat_web USING (
    reel_id IS NOT NULL
    AND ((SELECT current_setting('heartbeat.user', true)) = 'events' OR media.news_of_reel(team_code, data) IS NOT NULL)
);
