-- What a caller is told of a reel (ADR 67), by to whom it was shown before (`was`) and is shown now (`is`): null where it is
-- none of their business. Whoever does not see it any more is told that it is gone, and nothing else.
CREATE OR REPLACE FUNCTION media.news_of_reel(team text, facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT CASE WHEN is_there AND was_there THEN 'reel.updated' WHEN is_there THEN 'reel.created'
            WHEN was_there THEN 'reel.deleted' END
        FROM (SELECT
            facts -> 'is' ? 'audience' AND media.is_shown_to_caller(
                team, (facts ->> 'maker')::uuid, facts -> 'is' ->> 'audience',
                facts -> 'is' -> 'players' ? current_setting('heartbeat.player', true)) AS is_there,
            facts -> 'was' ? 'audience' AND media.is_shown_to_caller(
                team, (facts ->> 'maker')::uuid, facts -> 'was' ->> 'audience',
                facts -> 'was' -> 'players' ? current_setting('heartbeat.player', true)) AS was_there) AS seen
        WHERE facts ? 'maker'
    $$;

-- Once a transaction and reel, at its end: the chosen players are written after their reel, and are the new ones then.
CREATE OR REPLACE FUNCTION media.record_reel_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
DECLARE
    reel media.reels;
    was jsonb;
    is_now jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN reel := OLD; ELSE reel := NEW; END IF;
    SELECT t.shown INTO was FROM media.reel_tellings t WHERE t.reel_id = reel.id FOR UPDATE;
    SELECT jsonb_build_object('audience', r.audience, 'players',
        ARRAY(SELECT p.player_id FROM media.reel_players p WHERE p.reel_id = r.id))
    INTO is_now FROM media.reels r WHERE r.id = reel.id;
    IF was IS NULL AND is_now IS NULL THEN RETURN NULL; END IF;
    INSERT INTO media.events (type, reel_id, team_code, data, once)
    VALUES ('reel.changed', reel.id, reel.team_code, jsonb_build_object('maker', reel.owner_id, 'was', was, 'is', is_now),
        'reel ' || pg_current_xact_id() || ' ' || reel.id)
    ON CONFLICT (once) DO NOTHING;
    IF is_now IS NULL THEN
        DELETE FROM media.reel_tellings t WHERE t.reel_id = reel.id;
    ELSE
        INSERT INTO media.reel_tellings (reel_id, shown) VALUES (reel.id, is_now)
        ON CONFLICT (reel_id) DO UPDATE SET shown = excluded.shown;
    END IF;
    RETURN NULL;
END
$$;
