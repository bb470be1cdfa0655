-- What LIKE looks for as it is.
CREATE OR REPLACE FUNCTION media.as_it_is(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_') $$;

-- Whether clips of the library have the value that a word is of: the sums know it at once.
CREATE OR REPLACE FUNCTION media.has_clips(field text, team_code text, value text, player_name text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT coalesce(sum(n.clips), 0) > 0 FROM media.clip_counts n WHERE n.field = has_clips.field
            AND n.team_code = has_clips.team_code AND n.value = has_clips.value
            AND n.player_name IS NOT DISTINCT FROM has_clips.player_name
    $$;

-- Whether one of a player's own clips is like one of the patterns, or has a tag that is. By itself: told what is looked for,
-- the planner would take an index over everybody's clips, and look at teammates'.
CREATE OR REPLACE FUNCTION media.own_clip_is_like(teams text, player text, patterns text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    tags text[] := media.tags_like(patterns);
BEGIN
    RETURN (
        WITH own AS MATERIALIZED (
            SELECT c.id, c.search_text FROM media.clips c
            WHERE (teams = 'ALL' OR c.team_code = ANY (string_to_array(teams, ','))) AND c.player_id = player
                AND c.deleted_at IS NULL
        )
        SELECT EXISTS (SELECT FROM own WHERE own.search_text LIKE ANY (patterns)) OR (tags <> '{}' AND EXISTS (
            SELECT FROM own JOIN media.clip_tags t ON t.clip_id = own.id WHERE t.tag COLLATE "C" = ANY (tags)))
    );
END
$$;

-- The patterns of LIKE that find a word in the text of a clip (ADR 39):
--   a word that a clip of the reach has finds that word; one of three letters or fewer, nothing that only begins so
--   any other finds what contains it (what begins with it, if short), and what is one slip away
--   if none of this is there, the words that resemble it, the nearest first
-- What was typed is always among them, so that a clip is found by its text whatever the words and sums know of it.
-- A player's own clips tell what is there, when they are the reach: nothing tells of a teammate's.
-- Each query is planned for what it is asked: 'ALL' is then no condition, and a team is looked up in the index (ADR 26).
CREATE OR REPLACE FUNCTION media.word_patterns(typed text, teams text, player text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, @extschema:pg_trgm@
    SET enable_seqscan = off
    SET plan_cache_mode = force_custom_plan
    AS $$
DECLARE
    max_resembling CONSTANT integer := 100;
    folded text := media.fold(typed);
    bare text := regexp_replace(folded, '[!-/:-@\[-`{-~]+', '', 'g');
    codes text[] := string_to_array(teams, ',');
    is_own boolean := player <> '*';
    is_short boolean;
    is_spelled boolean;
    is_there boolean;
    tokens text[];
    near text[];
    patterns text[];
BEGIN
    IF bare = '' THEN
        RETURN ARRAY['%' || media.as_it_is(folded) || '%'];
    END IF;
    -- "P.J." and "P-J" are initials.
    IF folded ~ '^([a-z][.-]+)+[a-z]?$' THEN
        folded := bare;
    END IF;
    is_short := length(bare) <= 3 AND bare = folded;
    is_spelled := length(bare) > 3 AND bare !~ '[0-9]';

    WITH same AS MATERIALIZED (
        SELECT w.* FROM media.search_words w
        WHERE (teams = 'ALL' OR ARRAY[w.team_code::text] && codes) AND w.keys @> ARRAY[bare] AND w.word = bare
    )
    SELECT (SELECT array_agg(DISTINCT s.token) FILTER (WHERE s.token IS NOT NULL) FROM same s),
        NOT is_own AND EXISTS (SELECT FROM same s WHERE media.has_clips(s.field, s.team_code, s.value, s.player_name)) INTO tokens, is_there;
    IF is_own THEN
        is_there := media.own_clip_is_like(teams, player, ARRAY(SELECT '%' || t || '%' FROM unnest(tokens) t)
            || ('% ' || media.as_it_is(folded) || ' %'));
    END IF;
    -- A letter alone is the beginning of something.
    is_there := is_there AND length(bare) > 1;

    patterns := ARRAY[CASE WHEN is_short THEN '% ' ELSE '%' END || media.as_it_is(folded)
        || CASE WHEN is_short AND is_there THEN ' %' ELSE '%' END];
    IF NOT (is_short AND is_there) THEN
        SELECT array_agg(DISTINCT w.token) INTO tokens FROM media.search_words w
            WHERE (teams = 'ALL' OR ARRAY[w.team_code::text] && codes) AND w.word LIKE media.as_it_is(bare) || '%'
                AND w.token IS NOT NULL;
    END IF;
    -- A token that contains the word is found with it.
    patterns := patterns || ARRAY(SELECT '%' || media.as_it_is(t) || '%' FROM unnest(tokens) t
        WHERE is_short OR position(folded IN t) = 0);
    IF is_there OR NOT is_spelled THEN
        RETURN patterns;
    END IF;

    WITH slips AS MATERIALIZED (
        SELECT w.* FROM media.search_words w
        WHERE (teams = 'ALL' OR ARRAY[w.team_code::text] && codes) AND w.keys && media.slip_keys(bare)
            AND length(w.word) > 4 AND media.is_slip(bare, w.word)
    )
    SELECT (SELECT array_agg(DISTINCT '%' || media.as_it_is(coalesce(s.token, s.word)) || '%') FROM slips s),
        NOT is_own AND EXISTS (SELECT FROM slips s WHERE media.has_clips(s.field, s.team_code, s.value, s.player_name)) INTO near, is_there;
    patterns := patterns || near;
    IF is_own THEN
        is_there := media.own_clip_is_like(teams, player, patterns);
    ELSIF NOT is_there THEN
        SELECT EXISTS (SELECT FROM media.search_words w WHERE (teams = 'ALL' OR ARRAY[w.team_code::text] && codes)
            AND w.word LIKE '%' || media.as_it_is(bare) || '%' AND media.has_clips(w.field, w.team_code, w.value, w.player_name)) INTO is_there;
    END IF;
    IF is_there THEN
        RETURN patterns;
    END IF;
    -- Here, and not as a setting of the function: before the extension is loaded, only a superuser might make that.
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.5', true);
    RETURN patterns || ARRAY(SELECT CASE WHEN n.token IS NULL THEN '% ' || media.as_it_is(n.word) || ' %'
            ELSE '%' || media.as_it_is(n.token) || '%' END
        FROM (SELECT w.word, w.token FROM media.search_words w
            WHERE (teams = 'ALL' OR ARRAY[w.team_code::text] && codes) AND bare <% w.word
            GROUP BY w.word, w.token ORDER BY word_similarity(bare, w.word) DESC, w.word, w.token LIMIT max_resembling) n);
END
$$;

-- For each word that somebody typed what finds it in the caller's reach, as data: a clip is found whose `search_text` is
-- like one pattern of each. No row outside of a reach.
CREATE OR REPLACE FUNCTION media.search_patterns(words text[]) RETURNS TABLE (patterns text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT media.word_patterns(w.typed, r.teams, r.player)
        FROM (SELECT current_setting('heartbeat.teams', true), current_setting('heartbeat.player', true)) r (teams, player),
            unnest(words) WITH ORDINALITY w (typed, place)
        -- A transaction's setting leaves an empty one behind.
        WHERE r.teams <> '' AND r.player <> '' ORDER BY w.place
    $$;

REVOKE EXECUTE ON FUNCTION media.has_clips(text, text, text, text), media.own_clip_is_like(text, text, text[]),
    media.word_patterns(text, text, text), media.search_patterns(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_patterns(text[]) TO heartbeat_web;
