-- What may stand between letters is punctuation; unaccent() has made the typographers' quotes and dashes plain ones.
-- A name of several parts is found by each of them and by all at once: "tremblay-roy" is tremblay, roy and tremblayroy.
CREATE OR REPLACE FUNCTION media.parts_of(folded text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
DECLARE
    -- What is left without the words that have no punctuation.
    marked text := regexp_replace(folded, '(^|\s+)[^\s!-/:-@\[-`{-~]+(?=\s|$)', '', 'g');
BEGIN
    IF marked ~ '^\s*$' THEN
        RETURN NULL;
    END IF;
    RETURN regexp_replace(marked, '[!-/:-@\[-`{-~]+', ' ', 'g') || ' ' || regexp_replace(marked, '[!-/:-@\[-`{-~]+', '', 'g');
END
$$;

-- "pierre-jean soubry" is pjs, pj and ps.
CREATE OR REPLACE FUNCTION media.initials_of(folded text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
DECLARE
    tokens text[] := regexp_split_to_array(btrim(folded), '\s+');
    token text;
    letters text;
    of_all text := '';
    of_given text := '';
    of_tokens text := '';
BEGIN
    FOREACH token IN ARRAY tokens LOOP
        letters := regexp_replace(token, '[!-/:-@\[-`{-~]*([^!-/:-@\[-`{-~])[^!-/:-@\[-`{-~]*|[!-/:-@\[-`{-~]+', '\1', 'g');
        of_given := of_all;
        of_all := of_all || letters;
        of_tokens := of_tokens || left(letters, 1);
    END LOOP;
    RETURN concat_ws(' ', CASE WHEN length(of_all) BETWEEN 2 AND 5 THEN of_all END,
        CASE WHEN length(of_given) BETWEEN 2 AND 5 THEN of_given END,
        CASE WHEN length(of_tokens) BETWEEN 2 AND 5 AND of_tokens <> of_all THEN of_tokens END);
END
$$;

-- One thing in its several spellings: "zoneEntry", "zone_entry" and "Zone entry" (app/_i18n/hockey-words.ts has the same).
-- A strength by its numbers is the kind that it is, too; a sixth skater is no power play.
CREATE OR REPLACE FUNCTION media.search_key(field text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
DECLARE
    key text := replace(replace(replace(media.fold(value), ' ', ''), '_', ''), '-', '');
BEGIN
    IF field <> 'strength' THEN
        RETURN key;
    END IF;
    RETURN CASE WHEN key IN ('ev', 'es') THEN 'evenstrength'
        WHEN key = 'pp' THEN 'powerplay'
        WHEN key IN ('pk', 'sh') THEN 'shorthanded'
        WHEN key !~ '^[0-9][vcx][0-9]$' THEN key
        WHEN least(left(key, 1), '5') > least(right(key, 1), '5') THEN 'powerplay'
        WHEN least(left(key, 1), '5') < least(right(key, 1), '5') THEN 'shorthanded'
        WHEN left(key, 1) = right(key, 1) THEN 'evenstrength'
        ELSE key END;
END
$$;

-- "5v4" is written "5c4" in French, and "5x4".
CREATE OR REPLACE FUNCTION media.spellings_of(strength text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
BEGIN
    IF strength ~ '^[0-9][vcxVCX][0-9]$' THEN
        RETURN regexp_replace(strength, '(.).(.)', '\1v\2 \1c\2 \1x\2');
    END IF;
    RETURN media.fold(strength);
END
$$;

-- How the text of a clip marks one of its values. U+001F is in no word.
CREATE OR REPLACE FUNCTION media.search_token(field text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ BEGIN RETURN E'\x1F' || left(field, 1) || E'\x1F' || media.search_key(field, value) || E'\x1F'; END $$;

-- What is searched of tags, apart from the clips that have them. U+001E is in no word.
CREATE OR REPLACE FUNCTION media.search_text_of_tags(tags text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    words text := media.fold(array_to_string(tags, ' '));
BEGIN
    RETURN E'\x1E ' || concat_ws(' ', words, media.parts_of(words)) || ' ';
END
$$;

-- What is searched of a clip: each word between blanks, names once more in their parts and initials, and a mark for each
-- value that has names in two languages. Behind U+001E stood a clip's tags; texts of before have them there.
CREATE OR REPLACE FUNCTION media.search_text_of(player_name text, event_type text, opponent_code text, clip_id text, zone text,
    outcome text, strength text, period integer, tags text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    name text := media.fold(player_name);
    words text := concat_ws(' ', name, media.fold(concat_ws(' ', event_type, opponent_code, zone, outcome)),
        media.spellings_of(strength));
BEGIN
    RETURN ' ' || concat_ws(' ', words, media.fold(clip_id), media.parts_of(words), media.initials_of(name),
        media.search_token('event_type', event_type), media.search_token('zone', zone),
        media.search_token('outcome', outcome), media.search_token('strength', strength),
        media.search_token('period', period::text)) || ' ' || media.search_text_of_tags(tags);
END
$$;

-- Its tags have texts of their own (`tag_texts`).
CREATE OR REPLACE FUNCTION media.clip_search_text(clip media.clips) RETURNS text LANGUAGE sql STABLE
    AS $$
        SELECT media.search_text_of(clip.player_name, clip.event_type, clip.opponent_code, clip.clip_id, clip.zone,
            clip.outcome, clip.strength, clip.period, '{}')
    $$;
