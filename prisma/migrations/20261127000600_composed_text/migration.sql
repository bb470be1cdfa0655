-- Text is kept composed (NFC): an "é" of a keyboard and an "e" with an accent behind it, as some file systems and
-- exports write it, are one letter to whoever filters, searches or compares. New text is composed where it enters.
UPDATE media.clips SET
    player_id = normalize(player_id, NFC), player_name = normalize(player_name, NFC),
    event_type = normalize(event_type, NFC), outcome = normalize(outcome, NFC), zone = normalize(zone, NFC),
    strength = normalize(strength, NFC), opponent_code = normalize(opponent_code, NFC)
WHERE NOT (player_id IS NFC NORMALIZED AND coalesce(player_name, '') IS NFC NORMALIZED
    AND event_type IS NFC NORMALIZED AND coalesce(outcome, '') IS NFC NORMALIZED
    AND coalesce(zone, '') IS NFC NORMALIZED AND coalesce(strength, '') IS NFC NORMALIZED
    AND coalesce(opponent_code, '') IS NFC NORMALIZED);

-- A clip that has a tag in several spellings keeps the composed one, or else the oldest.
DELETE FROM media.clip_tags t USING media.clip_tags other
WHERE t.clip_id = other.clip_id AND t.id <> other.id AND t.tag IS NOT NFC NORMALIZED
    AND normalize(t.tag, NFC) = normalize(other.tag, NFC)
    AND (other.tag IS NFC NORMALIZED OR other.id < t.id);
UPDATE media.clip_tags SET tag = normalize(tag, NFC) WHERE tag IS NOT NFC NORMALIZED;

UPDATE media.users SET name = normalize(name, NFC), player_id = normalize(player_id, NFC)
WHERE NOT (name IS NFC NORMALIZED AND coalesce(player_id, '') IS NFC NORMALIZED);
UPDATE media.api_keys SET name = normalize(name, NFC) WHERE name IS NOT NFC NORMALIZED;
