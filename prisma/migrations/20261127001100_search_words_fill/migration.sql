-- What is searched of the clips that are there already. No table is locked; whoever changes a clip meanwhile waits for it.
SELECT set_config('heartbeat.fills_search_text', 'yes', true);
DO $$
DECLARE
    slice CONSTANT integer := 10000;
    newest integer := (SELECT coalesce(max(id), 0) FROM media.clips);
BEGIN
    FOR low IN 1..newest BY slice LOOP
        UPDATE media.clips c SET search_text = media.clip_search_text(c) WHERE c.id >= low AND c.id < low + slice;
    END LOOP;
END
$$;
