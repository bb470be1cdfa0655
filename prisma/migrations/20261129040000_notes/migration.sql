-- Notes on clips and films, with drawings (ADR 68). Nothing that runs knows this table yet.

CREATE TABLE media.notes (
    id         UUID             PRIMARY KEY,
    -- One of the two: `media.clips.id`, or a film that masters are watched as.
    clip_id    INTEGER,
    master_id  UUID             REFERENCES media.masters (id) ON DELETE CASCADE,
    -- From the beginning of the clip, or of the film.
    at_s       DOUBLE PRECISION NOT NULL,
    hold_s     DOUBLE PRECISION NOT NULL,
    text       VARCHAR(2000)    NOT NULL DEFAULT '',
    drawing    JSONB,
    author_id  UUID             NOT NULL REFERENCES media.users (id) ON DELETE CASCADE,
    visible_to VARCHAR(10)      NOT NULL,
    reply_to   UUID             REFERENCES media.notes (id) ON DELETE CASCADE,
    -- Grows with every change.
    version    INTEGER          NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ck_note_place CHECK (num_nonnulls(clip_id, master_id) = 1),
    CONSTRAINT ck_note_time CHECK (at_s >= 0 AND hold_s >= 0),
    CONSTRAINT ck_note_visible_to CHECK (visible_to IN ('staff', 'audience'))
);
CREATE INDEX ix_notes_clip ON media.notes (clip_id, at_s);
CREATE INDEX ix_notes_master ON media.notes (master_id, at_s);
CREATE INDEX ix_notes_reply_to ON media.notes (reply_to);
CREATE INDEX ix_notes_author ON media.notes (author_id);
CREATE INDEX ix_reel_items_clip ON media.reel_items (clip_id);

-- As prisma/functions/notes.sql has them. The view that one of them reads comes with that folder, after all migrations.
SET LOCAL check_function_bodies = off;
CREATE FUNCTION media.shows_on_clip(film uuid, moment_s double precision) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT EXISTS (
            SELECT FROM media.masters m JOIN media.clips_in_reach c ON c.source_gcs_uri = m.lake_uri
            WHERE m.id = film AND c.deleted_at IS NULL
                AND moment_s >= c.start_timecode_s AND moment_s < c.end_timecode_s)
    $$;
CREATE FUNCTION media.takes_answer(note uuid, clip integer, film uuid, shown_to text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT EXISTS (
            SELECT FROM media.notes n
            WHERE n.id = note AND n.reply_to IS NULL AND n.visible_to = shown_to
                AND n.clip_id IS NOT DISTINCT FROM clip AND n.master_id IS NOT DISTINCT FROM film)
    $$;
CREATE FUNCTION media.drop_notes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.notes n USING gone g WHERE n.clip_id = g.id;
    RETURN NULL;
END
$$;

ALTER TABLE media.notes ENABLE ROW LEVEL SECURITY;
-- Clips and masters are under their own policies here. What is for staff is for those who make reels.
CREATE POLICY seen ON media.notes FOR SELECT TO heartbeat_web USING (
    (visible_to = 'audience' OR (SELECT current_setting('heartbeat.reels', true)) = 'on')
    AND CASE WHEN clip_id IS NOT NULL
        THEN EXISTS (SELECT FROM media.clips c WHERE c.id = notes.clip_id AND c.deleted_at IS NULL)
        ELSE ((SELECT current_setting('heartbeat.reels', true)) = 'on'
                AND EXISTS (SELECT FROM media.masters m WHERE m.id = notes.master_id AND m.deleted_at IS NULL))
            OR media.shows_on_clip(master_id, at_s) END
);
-- Nobody writes one in another's name. Who makes no reels answers what they are shown.
CREATE POLICY made ON media.notes FOR INSERT TO heartbeat_web WITH CHECK (
    author_id::text = (SELECT current_setting('heartbeat.user', true))
    AND (reply_to IS NULL OR media.takes_answer(reply_to, clip_id, master_id, visible_to))
    AND ((SELECT current_setting('heartbeat.reels', true)) = 'on'
        OR (reply_to IS NOT NULL AND visible_to = 'audience'))
    AND CASE WHEN clip_id IS NOT NULL
        THEN EXISTS (SELECT FROM media.clips c WHERE c.id = notes.clip_id AND c.deleted_at IS NULL)
        ELSE ((SELECT current_setting('heartbeat.reels', true)) = 'on'
                AND EXISTS (SELECT FROM media.masters m WHERE m.id = notes.master_id AND m.deleted_at IS NULL))
            OR media.shows_on_clip(master_id, at_s) END
);
-- Of what one sees: one's own, and for those who make reels all of it.
CREATE POLICY changed ON media.notes FOR UPDATE TO heartbeat_web
    USING ((SELECT current_setting('heartbeat.reels', true)) = 'on'
        OR author_id::text = (SELECT current_setting('heartbeat.user', true)));
CREATE POLICY removed ON media.notes FOR DELETE TO heartbeat_web
    USING ((SELECT current_setting('heartbeat.reels', true)) = 'on'
        OR author_id::text = (SELECT current_setting('heartbeat.user', true)));
-- A note does not go over to another place or author.
REVOKE UPDATE ON media.notes FROM heartbeat_web;
GRANT UPDATE (at_s, hold_s, text, drawing, visible_to, version, updated_at) ON media.notes TO heartbeat_web;

CREATE TRIGGER drop_notes AFTER DELETE ON media.clips
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.drop_notes();
