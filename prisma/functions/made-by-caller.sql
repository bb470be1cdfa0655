-- Whether the caller of this transaction made the clip of that name, so many minutes ago at most. The log says it, which
-- few may read: nothing else of it is told.
CREATE OR REPLACE FUNCTION media.made_by_caller(clip text, minutes integer) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT coalesce((
            SELECT a.actor_user_id::text = current_setting('heartbeat.user', true)
                AND a.at > now() - make_interval(mins => minutes)
            FROM media.audit_log a WHERE a.target_type = 'clip' AND a.target_id = clip AND a.action = 'clip.create'
            ORDER BY a.id DESC LIMIT 1
        ), FALSE)
    $$;
