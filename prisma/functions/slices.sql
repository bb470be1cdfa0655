-- What of a prepared master a clip is played from: for whoever reaches the clip, players included, who see nothing of the
-- master itself. These read as their owner, and so through the clips in reach alone; outside of a reach they are empty.

-- Whether a rendition plays a clip to its end. Both are rounded; the end of the master may lie a little before the clip's
-- (`END_TOLERANCE_S` of lib/clips/resolve-cut-source.ts).
CREATE OR REPLACE FUNCTION media.plays_to(name text, to_s double precision, complete boolean, end_s double precision)
    RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT name <> 'sound' AND to_s >= end_s - CASE WHEN complete THEN 0.05 ELSE 0.001 END $$;

-- Where each of these clips lies in the playlist of its slice: seconds from the first decoding of the segment that it begins
-- in. No row for a clip that cannot be played yet. The best rendition leads, as in `slice_renditions`.
CREATE OR REPLACE FUNCTION media.slices_of(clip_ids integer[]) RETURNS TABLE (clip_id integer, offset_s double precision)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT c.id, greatest(0, c.start_timecode_s - lead.decoded_s)
        FROM media.clips_in_reach c
        JOIN media.masters m ON m.lake_uri = c.source_gcs_uri
        CROSS JOIN LATERAL (
            SELECT first.decoded_s
            FROM media.prepared_renditions r
            CROSS JOIN LATERAL (
                SELECT s.decoded_s FROM media.prepared_segments s
                WHERE s.rendition_id = r.id AND s.start_s <= c.start_timecode_s + 0.001
                ORDER BY s.start_s DESC LIMIT 1
            ) first
            WHERE r.master_id = m.id AND media.plays_to(r.name, r.to_s, r.complete, c.end_timecode_s)
            ORDER BY r.height DESC, r.name = 'source' DESC LIMIT 1
        ) lead
        WHERE c.id = ANY (clip_ids) AND c.deleted_at IS NULL
    $$;

-- The renditions that one clip can be played from, best first, each with the segments that it touches: by its pictures, or
-- by its sound alone, which may be stored with pictures that are shown later.
CREATE OR REPLACE FUNCTION media.slice_renditions(clip text) RETURNS TABLE (
        team_code text, season text, game_id text, master_id text,
        name text, codecs text, width integer, height integer, frame_rate double precision,
        init_generation text, segments jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT m.team_code, m.season, m.game_id, m.id::text,
            r.name, r.codecs, r.width, r.height, r.frame_rate, r.init_generation, touched.segments
        FROM media.clips_in_reach c
        JOIN media.masters m ON m.lake_uri = c.source_gcs_uri
        JOIN media.prepared_renditions r ON r.master_id = m.id AND media.plays_to(r.name, r.to_s, r.complete, c.end_timecode_s)
        CROSS JOIN LATERAL (
            SELECT jsonb_agg(to_jsonb(s) ORDER BY s.start_s) AS segments FROM media.prepared_segments s
            WHERE s.rendition_id = r.id AND least(s.first_s, s.decoded_s) < c.end_timecode_s - 0.001 AND s.start_s >= (
                SELECT max(b.start_s) FROM media.prepared_segments b
                WHERE b.rendition_id = r.id AND b.start_s <= c.start_timecode_s + 0.001
            )
        ) touched
        WHERE c.clip_id = clip AND c.deleted_at IS NULL AND touched.segments IS NOT NULL
        ORDER BY r.height DESC, r.name = 'source' DESC
    $$;

-- Clips that can be played from their slice from now on: those who look at them hear of it. Of those that are cut, such as
-- have no renditions of their own; the master was prepared anew.
CREATE OR REPLACE FUNCTION media.tell_playable_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    PERFORM media.put_clip_event('clip.updated', c) FROM media.clips c
    JOIN media.masters m ON m.lake_uri = c.source_gcs_uri
    WHERE m.id = NEW.master_id AND c.deleted_at IS NULL
        AND (c.processing_status IS DISTINCT FROM 'ready' OR EXISTS (
            SELECT FROM media.clip_assets a WHERE a.clip_id = c.id AND a.delivery_index ->> 'kind' = 'slice'
        ))
        AND c.end_timecode_s > OLD.playable_to_s + 0.001 AND c.end_timecode_s <= NEW.playable_to_s + 0.05;
    RETURN NULL;
END
$$;
