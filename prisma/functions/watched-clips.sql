-- A clip that a reel shows to the caller, who need not reach it (ADR 63): for what it is called where they watched it. No row
-- once the reel shows it no more.
-- @param makers the roles that make reels (`rolesThatMay` of lib/auth/permissions.ts).
CREATE OR REPLACE FUNCTION media.clip_shown_in(reel uuid, clip integer, makers text[]) RETURNS SETOF media.clips
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT c.* FROM media.clips c
        WHERE c.id = clip_shown_in.clip
            AND EXISTS (SELECT FROM media.clips_of_reel(clip_shown_in.reel, makers) s WHERE s.clip_id = c.clip_id)
    $$;
