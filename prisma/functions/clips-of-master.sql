-- Clips of a master as people count them; those in the trash hold the master too, and are told apart.
CREATE OR REPLACE FUNCTION media.count_clips_of(lake_uri text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT count(*)::int FROM media.clips c WHERE c.source_gcs_uri = lake_uri AND c.deleted_at IS NULL $$;

CREATE OR REPLACE FUNCTION media.count_trashed_clips_of(lake_uri text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$ SELECT count(*)::int FROM media.clips c WHERE c.source_gcs_uri = lake_uri AND c.deleted_at IS NOT NULL $$;
