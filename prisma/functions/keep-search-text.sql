CREATE OR REPLACE FUNCTION media.keep_clip_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.search_text := media.clip_search_text(NEW); RETURN NEW; END $$;

-- Once a statement, however many tags it touches.
CREATE OR REPLACE FUNCTION media.keep_tagged_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$
    BEGIN
        UPDATE media.clips c SET search_text = media.clip_search_text(c)
            WHERE c.id IN (SELECT touched.clip_id FROM touched);
        RETURN NULL;
    END
    $$;

-- Filling a column is no edit (lib/db/fill-search-text.ts). By its name this comes after HeartBeat's trigger, which dates
-- an edit.
CREATE OR REPLACE FUNCTION media.keep_updated_at() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.updated_at := OLD.updated_at; RETURN NEW; END $$;
