-- Remembers where the files of exports lie that are gone: with their reel, with an account, or by their age (ADR 71).
CREATE OR REPLACE FUNCTION media.leave_export_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.reel_export_leftovers (gcs_uri) SELECT g.gcs_uri FROM gone g ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
