-- The newest progress of each master is kept, as of clips.
CREATE OR REPLACE FUNCTION media.record_preparation_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.events e WHERE e.once = 'progress ' || NEW.master_id;
    INSERT INTO media.events (type, master_id, team_code, data, once)
    SELECT 'master.progress', m.id, m.team_code,
        jsonb_build_object('status', NEW.status, 'playable_to_s', NEW.playable_to_s), 'progress ' || m.id
    FROM media.masters m WHERE m.id = NEW.master_id;
    RETURN NULL;
END
$$;
