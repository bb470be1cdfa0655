-- Clips are played from the segments of their master (ADR 51).

-- When the first of a segment's samples is decoded, picture or sound, on the same clock as `start_s`: players of fragmented
-- MP4 put a segment by it. It is another where pictures are stored out of order, or sound begins a little earlier. No row
-- is there yet: nothing prepared masters before this.
ALTER TABLE media.prepared_segments ADD COLUMN decoded_s DOUBLE PRECISION NOT NULL;

-- A clip begins with the last segment that begins before it.
CREATE INDEX ix_prepared_segments_start ON media.prepared_segments (rendition_id, start_s);

-- Clips that can be played from now on are told (prisma/functions/slices.sql).
CREATE FUNCTION media.tell_playable_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER tell_playable_clips AFTER UPDATE OF playable_to_s ON media.master_preparations
    FOR EACH ROW WHEN (OLD.playable_to_s < NEW.playable_to_s)
    EXECUTE FUNCTION media.tell_playable_clips();
