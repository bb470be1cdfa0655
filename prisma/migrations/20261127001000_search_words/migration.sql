-- Search by the words that people use (ADR 39): one slip of the fingers in a word of five letters or more, initials, and
-- the names of events, zones, outcomes, strengths and periods in English and French.

-- Written in plpgsql where they run for every clip that is written: SQL functions that call one another took ten times as long.

-- What may stand between letters is punctuation; unaccent() has made the typographers' quotes and dashes plain ones.
-- A name of several parts is found by each of them and by all at once: "tremblay-roy" is tremblay, roy and tremblayroy.
CREATE FUNCTION media.parts_of(folded text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
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
CREATE FUNCTION media.initials_of(folded text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
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
CREATE FUNCTION media.search_key(field text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
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
CREATE FUNCTION media.spellings_of(strength text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
BEGIN
    IF strength ~ '^[0-9][vcxVCX][0-9]$' THEN
        RETURN regexp_replace(strength, '(.).(.)', '\1v\2 \1c\2 \1x\2');
    END IF;
    RETURN media.fold(strength);
END
$$;

-- How the text of a clip marks one of its values. U+001F is in no word.
CREATE FUNCTION media.search_token(field text, value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ BEGIN RETURN E'\x1F' || left(field, 1) || E'\x1F' || media.search_key(field, value) || E'\x1F'; END $$;

-- What is searched of a clip: each word between blanks, names once more in their parts and initials, and a mark for each
-- value that has names in two languages.
CREATE FUNCTION media.search_text_of(player_name text, event_type text, opponent_code text, clip_id text, zone text,
    outcome text, strength text, period integer, tags text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    name text := media.fold(player_name);
    words text := concat_ws(' ', name, media.fold(concat_ws(' ', event_type, opponent_code, zone, outcome)),
        media.spellings_of(strength), media.fold(array_to_string(tags, ' ')));
BEGIN
    RETURN ' ' || concat_ws(' ', words, media.fold(clip_id), media.parts_of(words), media.initials_of(name),
        media.search_token('event_type', event_type), media.search_token('zone', zone),
        media.search_token('outcome', outcome), media.search_token('strength', strength),
        media.search_token('period', period::text)) || ' ';
END
$$;

CREATE OR REPLACE FUNCTION media.clip_search_text(clip media.clips) RETURNS text LANGUAGE sql STABLE
    AS $$
        SELECT media.search_text_of(clip.player_name, clip.event_type, clip.opponent_code, clip.clip_id, clip.zone,
            clip.outcome, clip.strength, clip.period,
            ARRAY(SELECT t.tag::text FROM media.clip_tags t WHERE t.clip_id = clip.id ORDER BY t.tag))
    $$;

-- The names of values, as people say and type them. app/_i18n has what screens show; a test holds that search knows all
-- of it. A name that screens no longer show may stay.
CREATE TABLE media.search_names (
    field VARCHAR(20) NOT NULL,
    key   VARCHAR(50) NOT NULL,
    names TEXT        NOT NULL,
    PRIMARY KEY (field, key)
);

INSERT INTO media.search_names (field, key, names) VALUES
    ('event_type', 'pass', 'Pass, Passe'),
    ('event_type', 'lpr', 'Loose-puck recovery, Récupération de rondelle libre'),
    ('event_type', 'reception', 'Reception, Réception de passe'),
    ('event_type', 'carry', 'Carry, Transport de rondelle'),
    ('event_type', 'faceoff', 'Faceoff, Face-off, Draw, Mise au jeu'),
    ('event_type', 'block', 'Block, Blocked shot, Tir bloqué, Lancer bloqué'),
    ('event_type', 'puckprotection', 'Puck protection, Protection de rondelle'),
    ('event_type', 'shot', 'Shot, Tir, Lancer'),
    ('event_type', 'pressure', 'Pressure, Pression'),
    ('event_type', 'controlledentry', 'Controlled entry, Entrée de zone contrôlée'),
    ('event_type', 'controlledentryagainst', 'Controlled entry against, Entrée de zone contrôlée adverse'),
    ('event_type', 'controlledbreakout', 'Controlled breakout, Sortie de zone contrôlée'),
    ('event_type', 'dumpin', 'Dump-in, Dégagement en fond de territoire, Envoi en fond de territoire'),
    ('event_type', 'dumpout', 'Dump-out, Dégagement hors de la zone'),
    ('event_type', 'whistle', 'Whistle, Coup de sifflet'),
    ('event_type', 'check', 'Check, Mise en échec'),
    ('event_type', 'penalty', 'Penalty, Pénalité, Punition'),
    ('event_type', 'penaltydrawn', 'Penalty drawn, Pénalité provoquée, Punition provoquée'),
    ('event_type', 'goal', 'Goal, But'),
    ('event_type', 'assist', 'Assist, Mention d’aide, Passe décisive'),
    ('event_type', 'icing', 'Icing, Dégagement refusé, Dégagement interdit'),
    ('event_type', 'offside', 'Offside, Hors-jeu'),
    ('event_type', 'shootout', 'Shootout, Tirs de barrage'),
    ('event_type', 'penaltyshot', 'Penalty shot, Tir de pénalité, Lancer de punition'),
    ('event_type', 'zoneentry', 'Zone entry, Entrée de zone'),
    ('event_type', 'zoneexit', 'Zone exit, Sortie de zone'),
    ('event_type', 'breakout', 'Breakout, Relance'),
    ('event_type', 'breakaway', 'Breakaway, Échappée'),
    ('event_type', 'forecheck', 'Forecheck, Échec avant'),
    ('event_type', 'takeaway', 'Takeaway, Rondelle volée, Revirement provoqué'),
    ('event_type', 'turnover', 'Turnover, Revirement'),
    ('event_type', 'save', 'Save, Arrêt'),
    ('event_type', 'chance', 'Scoring chance, Chance de marquer'),
    ('event_type', 'shift', 'Shift, Présence'),
    ('event_type', 'hit', 'Hit, Coup d’épaule'),
    ('zone', 'oz', 'Offensive zone, Zone offensive'),
    ('zone', 'nz', 'Neutral zone, Zone neutre'),
    ('zone', 'dz', 'Defensive zone, Zone défensive'),
    ('outcome', 'successful', 'Successful, Success, Réussi, Réussie'),
    ('outcome', 'failed', 'Failed, Raté, Ratée'),
    ('outcome', 'undetermined', 'Undetermined, Indéterminé, Indéterminée'),
    ('strength', 'evenstrength', 'Even strength, À forces égales, EV, ES'),
    ('strength', 'powerplay', 'Power play, PP, Man advantage, Avantage numérique, AN'),
    ('strength', 'shorthanded', 'Short-handed, SH, Penalty kill, PK, Désavantage numérique, DN, Infériorité numérique'),
    ('period', '1', 'P1, 1, 1st period, First, 1re période, 1ère, Première'),
    ('period', '2', 'P2, 2, 2nd period, Second, 2e période, Deuxième'),
    ('period', '3', 'P3, 3, 3rd period, Third, 3e période, Troisième'),
    ('period', '4', 'P4, OT, Overtime, Overtime 1, 1OT, Prolongation, Prol., 1re prolongation'),
    ('period', '5', 'P5, OT, Overtime 2, 2OT, 2e prolongation, Prol. 2'),
    ('period', '6', 'P6, OT, Overtime 3, 3OT, 3e prolongation, Prol. 3'),
    ('period', '7', 'P7, OT, Overtime 4, 4OT, 4e prolongation, Prol. 4'),
    ('period', '8', 'P8, OT, Overtime 5, 5OT, 5e prolongation, Prol. 5'),
    ('period', '9', 'P9, OT, Overtime 6, 6OT, 6e prolongation, Prol. 6');

-- The words of a team's clips, by the value that they are of. A word without a token is in the text of the clip; one with
-- a token is a name of a value, and the token is in the text. Kept by what `clip_counts` gets and loses; whether clips
-- of the library have the value now is told by its sums.
CREATE TABLE media.search_words (
    id          BIGSERIAL    PRIMARY KEY,
    team_code   VARCHAR(10)  NOT NULL,
    field       VARCHAR(20)  NOT NULL,
    value       VARCHAR(100) NOT NULL,
    player_name VARCHAR(255),
    word        TEXT         NOT NULL,
    token       TEXT,
    -- The word, and the word without each of its letters (`slip_keys`).
    keys        TEXT[]       NOT NULL
);
CREATE INDEX ix_search_words_value ON media.search_words (field, team_code, value);

-- Found and changed by what runs as the owner.
ALTER TABLE media.search_names ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.search_words ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON media.search_names, media.search_words FROM heartbeat_web;

-- Two words that are one slip apart have one of these in common: the symmetric deletes of Garbe's SymSpell
-- (https://seekstorm.com/blog/1000x-spelling-correction/). Numbers and ids know no slips, nor what is longer than a name.
CREATE FUNCTION media.slip_keys(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT array_agg(DISTINCT k) FROM (
            SELECT word UNION ALL
            SELECT left(word, n - 1) || substr(word, n + 1) FROM generate_series(1, length(word)) n
            WHERE length(word) BETWEEN 5 AND 40 AND word !~ '[0-9]'
        ) keys(k)
    $$;

-- Whether one letter was dropped, put in, wrong, or swapped with the next: Damerau's four slips
-- (https://doi.org/10.1145/363958.363994), at the first place where the words differ.
CREATE FUNCTION media.is_slip(typed text, word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
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

CREATE FUNCTION media.search_words_for(field text, value text, player_name text)
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

CREATE FUNCTION media.add_search_words() RETURNS trigger
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
CREATE FUNCTION media.forget_search_words() RETURNS trigger
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
CREATE FUNCTION media.make_search_words() RETURNS void LANGUAGE sql SET search_path = pg_catalog
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
SELECT media.make_search_words();

-- What LIKE looks for as it is.
CREATE FUNCTION media.as_it_is(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_') $$;

DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    -- The team is in the index, as with the clips: a word of another team meets none of the caller's own (ADR 26).
    EXECUTE format('CREATE INDEX ix_search_words ON media.search_words
        USING gin ((ARRAY[team_code::text]), keys, word %I.gin_trgm_ops) WITH (fastupdate = off)', place);
    ALTER INDEX media.ix_search_words ALTER COLUMN 1 SET STATISTICS 0;

    -- The condition on `c.search_text || ''` that a clip meets which a word finds, as SQL:
    --   a word that a clip of the reach has finds that word; one of three letters or fewer, nothing that only begins so
    --   any other finds what contains it (what begins with it, if short), and what is one slip away
    --   if none of this is there, what resembles it
    -- mine  which clips c are a player's own, when they are the reach: what is there is then looked up in those, so that
    --       nothing tells of a teammate's; else null, and the sums of the teams tell it
    EXECUTE format($word$
        CREATE FUNCTION media.search_condition(typed text, teams text, mine text) RETURNS text
            LANGUAGE plpgsql STABLE SET search_path = pg_catalog, %I SET enable_seqscan = off
            AS $body$
            DECLARE
                folded text := media.fold(typed);
                bare text := regexp_replace(folded, '[!-/:-@\[-`{-~]+', '', 'g');
                is_short boolean;
                is_spelled boolean;
                is_there boolean;
                tokens text[];
                slips text[];
                patterns text[];
                words text := 'FROM media.search_words w WHERE ' || CASE teams WHEN 'ALL' THEN ''
                    ELSE format('ARRAY[w.team_code::text] && string_to_array(%%L, '','') AND ', teams) END;
                live text := '0 < (SELECT sum(n.clips) FROM media.clip_counts n WHERE n.field = w.field
                    AND n.team_code = w.team_code AND n.value = w.value AND n.player_name IS NOT DISTINCT FROM w.player_name)';
                likes text := '(c.search_text || '''') LIKE ';
                -- By itself: told what is looked for, the planner would take another index, and look at teammates' clips.
                any_of_mine text := 'WITH own AS MATERIALIZED (SELECT c.search_text FROM media.clips c WHERE ' || mine
                    || ') SELECT EXISTS (SELECT FROM own WHERE own.search_text LIKE ANY ($1))';
                condition text;
            BEGIN
                IF bare = '' THEN
                    RETURN likes || quote_literal('%%' || media.as_it_is(folded) || '%%');
                END IF;
                -- "P.J." and "P-J" are initials.
                IF folded ~ '^([a-z][.-]+)+[a-z]?$' THEN
                    folded := bare;
                END IF;
                is_short := length(bare) <= 3 AND bare = folded;
                is_spelled := length(bare) > 3 AND bare !~ '[0-9]';

                EXECUTE 'SELECT array_agg(DISTINCT w.token) FILTER (WHERE w.token IS NOT NULL), coalesce(bool_or(w.is_there), false)
                    FROM (SELECT w.token, ' || CASE WHEN mine IS NULL THEN live ELSE 'false' END || ' AS is_there '
                    || words || 'w.keys @> ARRAY[$1] AND w.word = $1 OFFSET 0) w' INTO tokens, is_there USING bare;
                IF mine IS NOT NULL THEN
                    EXECUTE any_of_mine INTO is_there
                        USING ('%% ' || media.as_it_is(folded) || ' %%') || coalesce((SELECT array_agg('%%' || t || '%%') FROM unnest(tokens) t), '{}');
                END IF;
                -- A letter alone is the beginning of something.
                is_there := is_there AND length(bare) > 1;

                patterns := ARRAY[CASE WHEN NOT is_short THEN '%%' ELSE '%% ' END || media.as_it_is(folded)
                    || CASE WHEN is_short AND is_there THEN ' %%' ELSE '%%' END];
                IF NOT (is_short AND is_there) THEN
                    EXECUTE 'SELECT array_agg(DISTINCT w.token) ' || words || 'w.word LIKE $1 AND w.token IS NOT NULL'
                        INTO tokens USING media.as_it_is(bare) || '%%';
                END IF;
                -- A token that contains the word is found with it.
                patterns := patterns || ARRAY(SELECT '%%' || media.as_it_is(t) || '%%' FROM unnest(tokens) t
                    WHERE is_short OR position(folded IN t) = 0);

                IF is_spelled AND NOT is_there THEN
                    EXECUTE 'SELECT array_agg(DISTINCT ''%%'' || media.as_it_is(coalesce(w.token, w.word)) || ''%%''), coalesce(bool_or(w.is_there), false)
                        FROM (SELECT w.token, w.word, ' || CASE WHEN mine IS NULL THEN live ELSE 'false' END || ' AS is_there '
                        || words || 'w.keys && media.slip_keys($1) AND length(w.word) > 4 AND media.is_slip($1, w.word) OFFSET 0) w'
                        INTO slips, is_there USING bare;
                    IF mine IS NOT NULL THEN
                        EXECUTE any_of_mine INTO is_there USING slips || patterns;
                    ELSIF NOT is_there THEN
                        EXECUTE 'SELECT EXISTS (SELECT ' || words || 'w.word LIKE $1 AND ' || live || ')'
                            INTO is_there USING '%%' || media.as_it_is(bare) || '%%';
                    END IF;
                    patterns := patterns || slips;
                END IF;
                SELECT string_agg(likes || quote_literal(p), ' OR ') INTO condition
                    FROM (SELECT DISTINCT p FROM unnest(patterns) p WHERE p IS NOT NULL) n(p);
                IF is_spelled AND NOT is_there THEN
                    condition := condition || format(' OR %%L <%%%% (c.search_text || '''')', folded);
                END IF;
                RETURN '(' || condition || ')';
            END
            $body$
    $word$, place);
    REVOKE EXECUTE ON FUNCTION media.search_condition(text, text, text) FROM PUBLIC;
END
$$;

-- As before, but for the words: `search_condition` has them.
DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    -- The ids of clips in the caller's reach that hold or resemble every word. Runs as the owner, so that the index can
    -- be used, and therefore holds the reach itself, as the policy has it.
    --   narrowed the list's other filters by name, as lib/clips/clip-filter-sql.ts has them; without master_id, which is
    --            looked up in rows that have a reach of their own
    --   among    only of these ids
    --   max_rows the first so many of the library's clips ...
    --   sort     ... in this order (lib/clips/clip-order-sql.ts has the same four) ...
    --   beyond   ... after this value of its key and this id
    EXECUTE format($search$
        CREATE OR REPLACE FUNCTION media.search_clips(words text[], narrowed jsonb DEFAULT '{}', among integer[] DEFAULT NULL,
            sort text DEFAULT '-created_at', beyond text DEFAULT NULL, beyond_id integer DEFAULT NULL,
            max_rows integer DEFAULT NULL) RETURNS SETOF integer
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, %I
            SET pg_trgm.word_similarity_threshold = '0.5'
            SET enable_seqscan = off
            AS $body$
            DECLARE
                teams text := current_setting('heartbeat.teams', true);
                player text := current_setting('heartbeat.player', true);
                direction text := CASE WHEN sort LIKE '-%%' THEN 'DESC' ELSE 'ASC' END;
                key text := CASE ltrim(sort, '-') WHEN 'created_at' THEN 'c.created_at'
                    WHEN 'game_date' THEN 'coalesce(c.game_date, ''-infinity''::date)' END;
                type text := CASE ltrim(sort, '-') WHEN 'created_at' THEN 'timestamp' ELSE 'date' END;
                word text;
                name text;
                given jsonb;
                any_of text[];
                -- A player's own clips are few: filters look at them alone, and at no index over everybody's.
                col text := CASE WHEN player = '*' THEN 'c.%%I' ELSE '(c.%%I || '''')' END;
                tag text := CASE WHEN player = '*' THEN 't.tag' ELSE '(t.tag || '''')' END;
                -- Of the reach and the filters, and of the words; c is a clip.
                rows_in_list text := 'TRUE';
                has_words text := 'TRUE';
                mine text;
                look integer := 2000;
                walk text;
                seen integer;
                found integer[];
                share float8;
            BEGIN
                IF teams IS NULL OR player IS NULL THEN
                    RETURN;
                END IF;
                IF teams <> 'ALL' THEN
                    rows_in_list := format('c.team_code = ANY (string_to_array(%%L, '',''))', teams);
                END IF;
                IF player <> '*' THEN
                    rows_in_list := rows_in_list || format(' AND c.player_id = %%L', player);
                    mine := rows_in_list || ' AND c.deleted_at IS NULL';
                END IF;
                FOR name, given IN SELECT * FROM jsonb_each(narrowed) LOOP
                    IF jsonb_typeof(given) = 'array' THEN
                        any_of := ARRAY(SELECT jsonb_array_elements_text(given));
                        -- What the caller's teams do not have is looked up nowhere.
                        IF teams <> 'ALL' AND player = '*' AND name NOT IN ('status', 'period') THEN
                            any_of := ARRAY(SELECT DISTINCT n.value FROM media.clip_counts n WHERE n.field = name
                                AND n.team_code = ANY (string_to_array(teams, ',')) AND n.value = ANY (any_of));
                        END IF;
                    END IF;
                    rows_in_list := rows_in_list || ' AND ' || CASE
                        WHEN name IN ('player_id', 'team_code', 'opponent_code', 'game_id', 'season', 'event_type',
                            'outcome', 'zone', 'strength') THEN format(col || ' = ANY (%%L::text[])', name, any_of)
                        WHEN name = 'period' THEN format('c.period = ANY (%%L::int[])', any_of)
                        WHEN name = 'status' THEN
                            format('coalesce(c.processing_status, ''pending'') = ANY (%%L::text[])', any_of)
                        WHEN name = 'date_from' THEN format('c.game_date >= %%L::date', given #>> '{}')
                        WHEN name = 'date_to' THEN format('c.game_date <= %%L::date', given #>> '{}')
                        WHEN name = 'tag' THEN format('EXISTS (SELECT FROM media.clip_tags t
                            WHERE t.clip_id = c.id AND ' || tag || ' = ANY (%%L::text[]))', any_of)
                    END;
                    IF rows_in_list IS NULL THEN
                        RAISE EXCEPTION 'A search cannot be narrowed by %%', name;
                    END IF;
                END LOOP;
                FOREACH word IN ARRAY words LOOP
                    has_words := has_words || ' AND ' || media.search_condition(word, teams, mine);
                END LOOP;
                IF among IS NOT NULL THEN
                    rows_in_list := rows_in_list || ' AND c.id = ANY ($1)';
                END IF;
                IF max_rows IS NOT NULL THEN
                    rows_in_list := rows_in_list || ' AND c.deleted_at IS NULL';
                END IF;
                IF beyond_id IS NOT NULL THEN
                    rows_in_list := rows_in_list || format(' AND (%%s, c.id) %%s (%%L::%%s, %%s)', key,
                        CASE direction WHEN 'ASC' THEN '>' ELSE '<' END, beyond, type, beyond_id);
                END IF;

                -- Words that are in many clips: a few steps in the list's own order find a page. A first look tells how
                -- many; a second goes on if walking costs less than collecting all: to find `max_rows` it takes
                -- max_rows / share rows, and share times a million to collect them.
                IF max_rows IS NOT NULL AND among IS NULL THEN
                    walk := format('SELECT array_agg(n.id) FROM (SELECT n.id FROM (
                            SELECT c.id, %%1$s AS key, %%3$s AS is_found FROM media.clips c WHERE %%4$s
                            ORDER BY %%1$s %%2$s, c.id %%2$s LIMIT $1) n
                        WHERE n.is_found ORDER BY n.key %%2$s, n.id %%2$s LIMIT $2) n',
                        key, direction, has_words, rows_in_list);
                    EXECUTE walk INTO found USING look, max_rows;
                    share := coalesce(cardinality(found), 0)::float8 / look;
                    IF share * look < max_rows THEN
                        EXECUTE format('SELECT count(*) FROM (SELECT FROM media.clips c WHERE %%s LIMIT $1) n', rows_in_list)
                            INTO seen USING look;
                        IF seen = look AND share ^ 2 * 1e6 >= max_rows THEN
                            look := ceil(4 * max_rows / share);
                            EXECUTE walk INTO found USING look, max_rows;
                        END IF;
                    END IF;
                    IF seen < look AND look = 2000 OR cardinality(found) >= max_rows THEN
                        RETURN QUERY SELECT unnest(found);
                        RETURN;
                    END IF;
                END IF;

                -- The others: trigrams find all of them.
                IF teams <> 'ALL' THEN
                    rows_in_list := rows_in_list || format(' AND ARRAY[c.team_code::text] && string_to_array(%%L, '','')', teams);
                END IF;
                RETURN QUERY EXECUTE format('WITH n AS MATERIALIZED (SELECT c.id, %%1$s AS key FROM media.clips c
                        WHERE %%3$s AND %%4$s)
                    SELECT n.id FROM n ORDER BY n.key %%2$s, n.id %%2$s LIMIT %%5$L::int',
                    key, direction, rows_in_list, has_words, max_rows) USING among;
            END
            $body$
    $search$, place);
END
$$;

-- From here on tables are locked, and nothing takes long any more.
CREATE OR REPLACE TRIGGER keep_clip_search_text
    BEFORE INSERT OR UPDATE OF player_name, event_type, opponent_code, clip_id, zone, outcome, strength, period ON media.clips
    FOR EACH ROW EXECUTE FUNCTION media.keep_clip_search_text();

-- Filling a column is no edit (lib/db/fill-search-text.ts). By its name this comes after HeartBeat's trigger, which dates
-- an edit.
CREATE FUNCTION media.keep_updated_at() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.updated_at := OLD.updated_at; RETURN NEW; END $$;
CREATE TRIGGER update_that_fills BEFORE UPDATE ON media.clips
    FOR EACH ROW WHEN (current_setting('heartbeat.fills', true) = 'yes') EXECUTE FUNCTION media.keep_updated_at();

CREATE TRIGGER words_come AFTER INSERT ON media.clip_counts REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION media.add_search_words();

-- Sums take the place of their differences in one statement: only what nothing took the place of is forgotten.
CREATE TRIGGER words_gone AFTER DELETE ON media.clip_counts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.forget_search_words();

-- Of values that came meanwhile.
SELECT media.make_search_words();
