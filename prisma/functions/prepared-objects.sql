-- Every object that is registered of prepared masters, by its place in the master's folder (lib/storage/port/prepared-keys.ts).
-- Whoever asks sees what its own rights show. It is read as part of the statement that names it.
CREATE OR REPLACE FUNCTION media.prepared_objects() RETURNS TABLE (
        master_id uuid, folder text, file_name text, size_bytes integer, generation text, crc32c text
    )
    LANGUAGE sql STABLE
    AS $$
        SELECT r.master_id, r.name::text, 'init.mp4', r.init_size_bytes, r.init_generation::text, r.init_crc32c::text
        FROM media.prepared_renditions r
        UNION ALL
        SELECT r.master_id, r.name::text, to_char(s.number, 'FM00000') || '.m4s', s.size_bytes, s.generation::text, s.crc32c::text
        FROM media.prepared_renditions r JOIN media.prepared_segments s ON s.rendition_id = r.id
        UNION ALL
        SELECT t.master_id, 'storyboard', to_char(t.number, 'FM00000') || '.jpg', t.size_bytes, t.generation::text, t.crc32c::text
        FROM media.prepared_sheets t
    $$;
