-- What is written of a game's plays and of its clocks is told, as of clips and masters (ADR 61). Whoever sees all plays of a
-- team hears of the game; of players each one whose own plays are touched, by a row with their id.
ALTER TABLE media.events ADD COLUMN season VARCHAR(10), ADD COLUMN game_id VARCHAR(20),
    DROP CONSTRAINT ck_event_subject, DROP CONSTRAINT ck_event_player,
    ADD CONSTRAINT ck_event_subject CHECK (num_nonnulls(clip_id, master_id, reel_id, game_id) = 1
        AND (season IS NULL) = (game_id IS NULL)),
    ADD CONSTRAINT ck_event_player CHECK (CASE WHEN clip_id IS NOT NULL THEN player_id IS NOT NULL
        WHEN master_id IS NOT NULL THEN player_id IS NULL ELSE true END);

CREATE FUNCTION media.record_plays_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER tell_come AFTER INSERT ON media.plays REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
-- Both of whoever was in a play and of whoever is.
CREATE TRIGGER tell_changed AFTER UPDATE ON media.plays REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER tell_was AFTER UPDATE ON media.plays REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER tell_gone AFTER DELETE ON media.plays REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();

CREATE FUNCTION media.record_anchors_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER tell_come AFTER INSERT ON media.master_anchors REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
CREATE TRIGGER tell_changed AFTER UPDATE ON media.master_anchors REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
CREATE TRIGGER tell_gone AFTER DELETE ON media.master_anchors REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
