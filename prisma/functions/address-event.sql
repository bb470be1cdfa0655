-- A message for each webhook that may care. Whether its key may hear it is decided again when it is sent.
CREATE OR REPLACE FUNCTION media.address_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.webhook_deliveries (id, webhook_id, type, clip_id, master_id, team_code, player_id, data)
    SELECT gen_random_uuid(), w.id, NEW.type, NEW.clip_id, NEW.master_id, NEW.team_code, NEW.player_id,
        CASE WHEN NEW.clip_id IS NULL THEN jsonb_build_object('master_id', NEW.master_id, 'status', NEW.data -> 'status')
            ELSE jsonb_build_object('clip_id', NEW.clip_id, 'processing_status', NEW.data -> 'processing_status') END
    FROM media.webhooks w
    JOIN media.api_keys k ON k.id = w.api_key_id AND k.revoked_at IS NULL
    JOIN media.users u ON u.id = k.user_id AND u.disabled_at IS NULL
    WHERE w.enabled AND NEW.type = ANY (w.event_types)
        AND ('ALL' = ANY (u.team_access) OR NEW.team_code = ANY (u.team_access))
        AND (u.role <> 'player' OR u.player_id = NEW.player_id);
    RETURN NULL;
END
$$;
