CREATE OR REPLACE FUNCTION media.keep_clip_search_text() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.search_text := media.clip_search_text(NEW); RETURN NEW; END $$;

-- Filling a column is no edit (lib/db/fill-search-text.ts). By its name this comes after HeartBeat's trigger, which dates
-- an edit.
CREATE OR REPLACE FUNCTION media.keep_updated_at() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.updated_at := OLD.updated_at; RETURN NEW; END $$;
