-- Who keeps a clip's search text as its tags change, or fills it, changes nothing that people are told of or that is
-- counted: neither trigger need look at what has come of the clip (docs/adr/0047).
CREATE OR REPLACE TRIGGER record_event AFTER INSERT OR UPDATE OR DELETE ON media.clips
    FOR EACH ROW WHEN (coalesce(current_setting('heartbeat.fills', true), '') = '')
    EXECUTE FUNCTION media.record_clip_event();
CREATE OR REPLACE TRIGGER tally_changed AFTER UPDATE ON media.clips REFERENCING NEW TABLE AS come OLD TABLE AS gone
    FOR EACH STATEMENT WHEN (coalesce(current_setting('heartbeat.fills', true), '') = '')
    EXECUTE FUNCTION media.count_clips();
