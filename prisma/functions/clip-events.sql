-- The notification says only that there is news: the same text many times in a transaction is sent once.
CREATE OR REPLACE FUNCTION media.tell_event() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$ BEGIN NOTIFY heartbeat_events; RETURN NULL; END $$;

CREATE OR REPLACE FUNCTION media.put_clip_event(kind text, clip media.clips) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog
    AS $$
        DELETE FROM media.events e WHERE e.once = 'progress ' || clip.clip_id
            AND kind IN ('clip.progress', 'clip.ready', 'clip.failed');
        INSERT INTO media.events (type, clip_id, team_code, player_id, data, once)
        VALUES (kind, clip.clip_id, clip.team_code, clip.player_id, jsonb_build_object(
            'processing_status', coalesce(clip.processing_status, 'pending'), 'progress', clip.progress),
            CASE kind WHEN 'clip.progress' THEN 'progress ' || clip.clip_id END)
    $$;

-- Rows are read as JSON, so that columns which come later need no new trigger: those that are no facts of the clip for
-- people are named, all others are.
CREATE OR REPLACE FUNCTION media.record_clip_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
DECLARE
    silent CONSTANT text[] := ARRAY['updated_at', 'claim_token', 'progress', 'processing_status', 'processing_time_s',
        'error_message', 'frame_rate', 'audio_note', 'idempotency_key', 'request_hash', 'search_text', 'deleted_at'];
    was jsonb;
    is_now jsonb;
    was_there boolean;
    is_there boolean;
    moved boolean;
    state text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM media.put_clip_event('clip.created', NEW);
        RETURN NULL;
    END IF;
    was := to_jsonb(OLD);
    was_there := was ->> 'deleted_at' IS NULL;
    IF TG_OP = 'DELETE' THEN
        IF was_there THEN PERFORM media.put_clip_event('clip.deleted', OLD); END IF;
        RETURN NULL;
    END IF;
    is_now := to_jsonb(NEW);
    is_there := is_now ->> 'deleted_at' IS NULL;
    -- Whoever reached the clip where it was hears that it is gone; whoever reaches it now, that it has come.
    moved := (OLD.team_code, OLD.player_id) IS DISTINCT FROM (NEW.team_code, NEW.player_id);
    IF was_there AND (moved OR NOT is_there) THEN PERFORM media.put_clip_event('clip.deleted', OLD); END IF;
    IF NOT is_there THEN RETURN NULL; END IF;
    IF NOT was_there THEN
        PERFORM media.put_clip_event('clip.restored', NEW);
        RETURN NULL;
    END IF;
    IF moved THEN
        PERFORM media.put_clip_event('clip.created', NEW);
    ELSIF was - silent IS DISTINCT FROM is_now - silent THEN
        PERFORM media.put_clip_event('clip.updated', NEW);
    END IF;
    state := coalesce(NEW.processing_status, 'pending');
    IF state IN ('ready', 'failed') THEN
        IF state IS DISTINCT FROM OLD.processing_status THEN
            PERFORM media.put_clip_event('clip.' || state, NEW);
        END IF;
    ELSIF state IS DISTINCT FROM OLD.processing_status OR NEW.progress <> OLD.progress THEN
        PERFORM media.put_clip_event('clip.progress', NEW);
    END IF;
    RETURN NULL;
END
$$;

-- Tags of a clip that is deleted go with it and are not told: the clip is not there to join any more. Clips are looked up by
-- their ids, as where they are counted (clip-counts.sql).
CREATE OR REPLACE FUNCTION media.record_tag_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    AS $$
BEGIN
    INSERT INTO media.events (type, clip_id, team_code, player_id, data, once)
    SELECT 'clip.tags', c.clip_id, c.team_code, c.player_id, jsonb_build_object(
        'processing_status', coalesce(c.processing_status, 'pending'), 'progress', c.progress),
        'tags ' || pg_current_xact_id() || ' ' || c.id
    FROM (SELECT DISTINCT t.clip_id FROM changed t) t
    CROSS JOIN LATERAL (SELECT * FROM media.clips c WHERE c.id = t.clip_id OFFSET 0) c
    WHERE c.deleted_at IS NULL
    ON CONFLICT (once) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION media.record_master_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN RETURN NULL; END IF;
    INSERT INTO media.events (type, master_id, team_code, data)
    VALUES ('master.' || NEW.status, NEW.id, NEW.team_code, jsonb_build_object('status', NEW.status));
    RETURN NULL;
END
$$;
