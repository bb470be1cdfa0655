-- The code windows of an account that is deleted: its own go, and the shared ones stay the team's.
CREATE OR REPLACE FUNCTION media.drop_own_code_windows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
    BEGIN
        DELETE FROM media.code_windows w WHERE w.owner_id = OLD.id AND NOT w.is_shared;
        RETURN OLD;
    END
    $$;
