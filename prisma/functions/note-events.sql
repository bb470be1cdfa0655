-- What is told of a note (ADR 73), at each of its places by an event of its own: to whom it was shown before (`was`) and is
-- now (`is`). Whether the caller reaches the place is asked when it is told, of the policies of what is there: one who does
-- not any more is told so of the clip, the film or the reel itself.
CREATE OR REPLACE FUNCTION media.news_of_note(facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT CASE WHEN is_there AND was_there THEN 'note.updated' WHEN is_there THEN 'note.created'
            WHEN was_there THEN 'note.deleted' END
        FROM (SELECT
            coalesce(facts ->> 'is' = 'audience' OR (facts ? 'is' AND makes_reels), false) AS is_there,
            coalesce(facts ->> 'was' = 'audience' OR (facts ? 'was' AND makes_reels), false) AS was_there,
            makes_reels
            FROM coalesce(current_setting('heartbeat.reels', true) = 'on', false) AS makes_reels) AS seen
        WHERE CASE
            WHEN facts ? 'reel_id' THEN EXISTS (SELECT FROM media.reels r WHERE r.id = (facts ->> 'reel_id')::uuid)
            WHEN facts ? 'clip_id' THEN EXISTS (
                SELECT FROM media.clips c WHERE c.clip_id = facts ->> 'clip_id' AND c.deleted_at IS NULL)
            ELSE makes_reels AND EXISTS (
                SELECT FROM media.masters m WHERE m.id = (facts ->> 'master_id')::uuid AND m.deleted_at IS NULL) END
    $$;

CREATE OR REPLACE FUNCTION media.record_note_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.events (type, note_id, team_code, data)
    SELECT 'note.changed', coalesce(NEW.id, OLD.id), p.team_code, jsonb_strip_nulls(jsonb_build_object(
        'master_id', p.master_id, 'clip_id', p.clip_id, 'reel_id', p.reel_id, 'was', max(p.was), 'is', max(p.is_now)))
    FROM (
        SELECT o.*, OLD.visible_to AS was, NULL AS is_now
        FROM media.places_of_note(OLD.clip_id, OLD.master_id, OLD.at_s) o
        UNION ALL
        SELECT n.*, NULL, NEW.visible_to FROM media.places_of_note(NEW.clip_id, NEW.master_id, NEW.at_s) n
    ) p
    GROUP BY p.team_code, p.master_id, p.clip_id, p.reel_id;
    RETURN NULL;
END
$$;

-- What is told of the film of a reel: to those who may change the reel, as it is then.
CREATE OR REPLACE FUNCTION media.news_of_export(kind text, facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT kind FROM media.reels r
        WHERE r.id = (facts ->> 'reel_id')::uuid AND media.changes_reel(r.id, r.team_code, r.owner_id, r.audience)
    $$;

-- Of its progress the newest alone is kept.
CREATE OR REPLACE FUNCTION media.record_export_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
DECLARE
    film media.reel_exports;
    kind text;
BEGIN
    IF TG_OP = 'DELETE' THEN film := OLD; ELSE film := NEW; END IF;
    kind := CASE WHEN TG_OP = 'INSERT' THEN 'export.created' WHEN TG_OP = 'DELETE' THEN 'export.deleted'
        WHEN film.status IN ('ready', 'failed') THEN 'export.' || film.status ELSE 'export.progress' END;
    DELETE FROM media.events e WHERE e.once = 'export ' || film.id;
    INSERT INTO media.events (type, export_id, team_code, data, once)
    SELECT kind, film.id, r.team_code,
        jsonb_build_object('reel_id', film.reel_id, 'status', film.status, 'progress', film.progress),
        CASE kind WHEN 'export.progress' THEN 'export ' || film.id END
    FROM media.reels r WHERE r.id = film.reel_id;
    RETURN NULL;
END
$$;
