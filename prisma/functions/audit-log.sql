-- The owner is above grants and policies: the trigger stops them, too, unless it is the job that forgets old rows.
CREATE OR REPLACE FUNCTION media.refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('heartbeat.audit_retention', true) = 'on' AND current_user = (
        SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'media.audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Forgets what is older than so many days, at least 90; the number of rows that went. Only the owner may.
CREATE OR REPLACE FUNCTION media.forget_old_audit(keep_days integer) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    gone bigint;
BEGIN
    IF keep_days < 90 THEN
        RAISE EXCEPTION 'The audit log is kept for 90 days at least';
    END IF;
    PERFORM set_config('heartbeat.audit_retention', 'on', true);
    DELETE FROM media.audit_log WHERE at < now() - make_interval(days => keep_days);
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('heartbeat.audit_retention', '', true);
    RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION media.forget_old_audit(integer) FROM PUBLIC;
