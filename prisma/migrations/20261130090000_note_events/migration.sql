-- Events tell of notes and of films of reels, too (ADR 73). A web of the version before passes such rows over: they have
-- neither clip, master, game nor reel.
ALTER TABLE media.events ADD COLUMN note_id UUID, ADD COLUMN export_id UUID,
    DROP CONSTRAINT ck_event_subject,
    ADD CONSTRAINT ck_event_subject CHECK (num_nonnulls(clip_id, master_id, reel_id, game_id, note_id, export_id) = 1
        AND (season IS NULL) = (game_id IS NULL));

-- As prisma/functions/note-events.sql has them.
CREATE FUNCTION media.news_of_note(facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$ SELECT NULL $$;
CREATE FUNCTION media.news_of_export(kind text, facts jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$ SELECT NULL $$;
CREATE FUNCTION media.record_note_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE FUNCTION media.record_export_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;

CREATE TRIGGER record_event AFTER INSERT OR UPDATE OR DELETE ON media.notes
    FOR EACH ROW EXECUTE FUNCTION media.record_note_event();
CREATE TRIGGER record_event AFTER INSERT OR DELETE ON media.reel_exports
    FOR EACH ROW EXECUTE FUNCTION media.record_export_event();
CREATE TRIGGER record_change AFTER UPDATE ON media.reel_exports FOR EACH ROW
    WHEN ((OLD.status, OLD.progress) IS DISTINCT FROM (NEW.status, NEW.progress))
    EXECUTE FUNCTION media.record_export_event();

ALTER POLICY reach ON media.events USING (
    num_nonnulls(reel_id, note_id, export_id) = 0
    AND CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND CASE WHEN (SELECT current_setting('heartbeat.player', true)) = '*' THEN true
        ELSE player_id = (SELECT current_setting('heartbeat.player', true)) END
);
CREATE POLICY notes ON media.events FOR SELECT TO heartbeat_web USING (
    note_id IS NOT NULL
    AND ((SELECT current_setting('heartbeat.user', true)) = 'events' OR media.news_of_note(data) IS NOT NULL)
);
CREATE POLICY exports ON media.events FOR SELECT TO heartbeat_web USING (
    export_id IS NOT NULL
    AND ((SELECT current_setting('heartbeat.user', true)) = 'events' OR media.news_of_export(type, data) IS NOT NULL)
);
