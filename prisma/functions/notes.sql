-- Where notes are seen (ADR 68). These read past the policies of notes and masters; outside of a reach they are empty.

-- Whether a note on a film shows on a clip that the caller reaches: players see nothing of the film itself.
CREATE OR REPLACE FUNCTION media.shows_on_clip(film uuid, moment_s double precision) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT EXISTS (
            SELECT FROM media.masters m JOIN media.clips_in_reach c ON c.source_gcs_uri = m.lake_uri
            WHERE m.id = film AND c.deleted_at IS NULL
                AND moment_s >= c.start_timecode_s AND moment_s < c.end_timecode_s)
    $$;

-- Whether a note is there to be answered by the caller, at its place: an answer is not answered itself.
CREATE OR REPLACE FUNCTION media.takes_answer(note uuid, clip integer, film uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT EXISTS (
            SELECT FROM media.notes n
            WHERE n.id = note AND n.reply_to IS NULL AND n.visible_to = shown_to
                AND n.clip_id IS NOT DISTINCT FROM clip AND n.master_id IS NOT DISTINCT FROM film)
    $$;

-- The notes on these clips, and on the films that they are cut from while the clip lasts: seconds from its beginning.
CREATE OR REPLACE FUNCTION media.notes_on(clip_ids integer[])
    RETURNS TABLE (clip_id text, note_id uuid, shown_s double precision)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT c.clip_id, n.id, n.at_s
        FROM media.clips_in_reach c JOIN media.notes n ON n.clip_id = c.id
        WHERE c.id = ANY (clip_ids) AND c.deleted_at IS NULL
        UNION ALL
        SELECT c.clip_id, n.id, n.at_s - c.start_timecode_s
        FROM media.clips_in_reach c
        JOIN media.masters m ON m.lake_uri = c.source_gcs_uri
        JOIN media.notes n ON n.master_id = m.id AND n.at_s >= c.start_timecode_s AND n.at_s < c.end_timecode_s
        WHERE c.id = ANY (clip_ids) AND c.deleted_at IS NULL
    $$;

-- Where a note on this clip, or at this moment of this film, shows: on the film, on clips, and in reels as far as they show
-- the clip.
CREATE OR REPLACE FUNCTION media.places_of_note(clip integer, film uuid, moment_s double precision)
    RETURNS TABLE (team_code text, master_id uuid, clip_id text, reel_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        WITH shown AS (
            SELECT c.id, c.clip_id, c.team_code, moment_s AS shown_s FROM media.clips c
            WHERE c.id = clip AND c.deleted_at IS NULL
            UNION ALL
            SELECT c.id, c.clip_id, c.team_code, moment_s - c.start_timecode_s
            FROM media.masters m JOIN media.clips c ON c.source_gcs_uri = m.lake_uri
                AND moment_s >= c.start_timecode_s AND moment_s < c.end_timecode_s
            WHERE m.id = film AND c.deleted_at IS NULL
        )
        SELECT m.team_code, m.id, NULL, NULL::uuid FROM media.masters m WHERE m.id = film
        UNION ALL
        SELECT s.team_code, NULL, s.clip_id, NULL FROM shown s
        UNION ALL
        (SELECT DISTINCT s.team_code, NULL::uuid, s.clip_id, i.reel_id
        FROM shown s JOIN media.reel_items i ON i.clip_id = s.id
            AND s.shown_s BETWEEN coalesce(i.in_s, 0) AND coalesce(i.out_s, 'Infinity'))
    $$;

-- A reel that shows the clip with this note to the caller, who need not reach it: within the item's trim.
-- @param makers the roles that make reels (`rolesThatMay` of lib/auth/permissions.ts).
CREATE OR REPLACE FUNCTION media.reel_of_note(note uuid, makers text[]) RETURNS TABLE (id text, team_code text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT r.id::text, r.team_code
        FROM media.notes n
        CROSS JOIN LATERAL media.places_of_note(n.clip_id, n.master_id, n.at_s) p
        JOIN media.reels r ON r.id = p.reel_id
        WHERE n.id = reel_of_note.note
            AND (n.visible_to = 'audience' OR current_setting('heartbeat.reels', true) = 'on')
            AND EXISTS (SELECT FROM media.clips_of_reel(r.id, makers) s WHERE s.clip_id = p.clip_id)
        ORDER BY r.created_at DESC LIMIT 1
    $$;

-- Notes go with their clip for good. There is no foreign key, so that whoever empties HeartBeat's three tables in one
-- statement still can (ADR 48).
CREATE OR REPLACE FUNCTION media.drop_notes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.notes n USING gone g WHERE n.clip_id = g.id;
    RETURN NULL;
END
$$;

-- Whose a film is that notes of the caller's reach are on: for the log.
CREATE OR REPLACE FUNCTION media.team_of_film(film uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT m.team_code FROM media.masters m WHERE m.id = film $$;
