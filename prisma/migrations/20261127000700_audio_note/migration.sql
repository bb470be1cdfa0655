-- What of a file's sound is left out (ADR 35); null: nothing, or it was checked before this was told.
ALTER TABLE media.masters ADD COLUMN audio_note VARCHAR(30);
ALTER TABLE media.clips ADD COLUMN audio_note VARCHAR(30);

-- As before (20261123000300), but for `audio_note`: it comes with the cut, and is no change that somebody made.
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
