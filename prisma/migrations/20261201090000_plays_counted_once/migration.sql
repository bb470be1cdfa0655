-- An import that adds plays, changes some and leaves some out is three kinds of change, and more than one statement: its game is
-- counted once, when the transaction ends (prisma/functions/play-counts.sql). Whatever wrote plays leaves a row without a field.
CREATE FUNCTION media.count_plays_of_game() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER count_once AFTER INSERT ON media.play_counts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.field = '') EXECUTE FUNCTION media.count_plays_of_game();
