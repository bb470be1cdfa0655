-- Two words that are one slip apart have one of these in common: the symmetric deletes of Garbe's SymSpell
-- (https://seekstorm.com/blog/1000x-spelling-correction/). Numbers and ids know no slips, nor what is longer than a name.
CREATE OR REPLACE FUNCTION media.slip_keys(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT array_agg(DISTINCT k) FROM (
            SELECT word UNION ALL
            SELECT left(word, n - 1) || substr(word, n + 1) FROM generate_series(1, length(word)) n
            WHERE length(word) BETWEEN 5 AND 40 AND word !~ '[0-9]'
        ) keys(k)
    $$;

-- Whether one letter was dropped, put in, wrong, or swapped with the next: Damerau's four slips
-- (https://doi.org/10.1145/363958.363994), at the first place where the words differ.
CREATE OR REPLACE FUNCTION media.is_slip(typed text, word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    n integer := 1;
BEGIN
    IF typed = word OR abs(length(typed) - length(word)) > 1 THEN
        RETURN false;
    END IF;
    WHILE substr(typed, n, 1) = substr(word, n, 1) LOOP
        n := n + 1;
    END LOOP;
    RETURN substr(typed, n) = substr(word, n + 1) OR substr(typed, n + 1) = substr(word, n)
        OR substr(typed, n + 1) = substr(word, n + 1)
        OR (substr(typed, n, 1) = substr(word, n + 1, 1) AND substr(typed, n + 1, 1) = substr(word, n, 1)
            AND substr(typed, n + 2) = substr(word, n + 2));
END
$$;

CREATE OR REPLACE FUNCTION media.search_words_for(field text, value text, player_name text)
    RETURNS TABLE (word text, token text) LANGUAGE sql STABLE
    AS $$
        WITH said (words, token) AS (
            SELECT CASE field WHEN 'player_id' THEN media.fold(player_name) WHEN 'strength' THEN media.spellings_of(value)
                ELSE media.fold(value) END, NULL WHERE field <> 'period'
            UNION ALL SELECT replace(media.fold(n.names), ',', ''), media.search_token(n.field, value) FROM media.search_names n
                WHERE n.field = search_words_for.field AND n.key = media.search_key(n.field, value)
        )
        SELECT DISTINCT w, said.token FROM said, regexp_split_to_table(concat_ws(' ', words, media.parts_of(words)), '\s+') w
            WHERE w !~ '[!-/:-@\[-`{-~]' AND w <> ''
        UNION SELECT w, NULL FROM string_to_table(media.initials_of(media.fold(player_name)), ' ') w
            WHERE field = 'player_id' AND w <> ''
    $$;

CREATE OR REPLACE FUNCTION media.add_search_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.search_words (team_code, field, value, player_name, word, token, keys)
    SELECT s.team_code, s.field, s.value, s.player_name, w.word, w.token, media.slip_keys(w.word)
    FROM (SELECT DISTINCT c.team_code, c.field, c.value, c.player_name FROM come c WHERE c.clips > 0 AND c.field IN
            ('player_id', 'opponent_code', 'event_type', 'zone', 'outcome', 'strength', 'period', 'tag')
            -- Nobody waits for anybody's row: two that come at once are two rows.
            AND NOT EXISTS (SELECT FROM media.search_words k WHERE (k.field, k.team_code, k.value) = (c.field, c.team_code, c.value)
                AND k.player_name IS NOT DISTINCT FROM c.player_name)) s
    CROSS JOIN LATERAL media.search_words_for(s.field, s.value, s.player_name) w;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION media.forget_search_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    DELETE FROM media.search_words w
    USING (SELECT DISTINCT g.team_code, g.field, g.value, g.player_name FROM gone g) s
    WHERE (w.field, w.team_code, w.value) = (s.field, s.team_code, s.value) AND w.player_name IS NOT DISTINCT FROM s.player_name
        AND NOT EXISTS (SELECT FROM media.clip_counts n WHERE (n.field, n.team_code, n.value) = (w.field, w.team_code, w.value)
            AND n.player_name IS NOT DISTINCT FROM w.player_name);
    RETURN NULL;
END
$$;

-- The words of all values that have none yet.
CREATE OR REPLACE FUNCTION media.make_search_words() RETURNS void LANGUAGE sql SET search_path = pg_catalog
    AS $$
        INSERT INTO media.search_words (team_code, field, value, player_name, word, token, keys)
        SELECT s.team_code, s.field, s.value, s.player_name, w.word, w.token, media.slip_keys(w.word)
        FROM (SELECT DISTINCT c.team_code, c.field, c.value, c.player_name FROM media.clip_counts c WHERE c.field IN
                ('player_id', 'opponent_code', 'event_type', 'zone', 'outcome', 'strength', 'period', 'tag')
                AND NOT EXISTS (SELECT FROM media.search_words k WHERE (k.field, k.team_code, k.value) = (c.field, c.team_code, c.value)
                    AND k.player_name IS NOT DISTINCT FROM c.player_name)) s
        CROSS JOIN LATERAL media.search_words_for(s.field, s.value, s.player_name) w
    $$;

REVOKE EXECUTE ON FUNCTION media.make_search_words() FROM PUBLIC;
