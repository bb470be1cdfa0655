-- Search that knows what else narrows a list, and how much of it is wanted: a page in its order, or a count up to a bound
-- (ADR 17). What only another team has costs what nobody has (ADR 26).
DROP FUNCTION media.search_clips(text[]);
DROP INDEX media.ix_clips_search;

DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    -- Team and text in one index: a word of another team's clips meets none of the caller's own before any row is read.
    EXECUTE format('CREATE INDEX ix_clips_search ON media.clips
        USING gin ((ARRAY[team_code::text]), (search_text || '''') %I.gin_trgm_ops)', place);
    -- What the clips of all teams say most must not choose how one team's are searched.
    ALTER INDEX media.ix_clips_search ALTER COLUMN 2 SET STATISTICS 0;

    -- The ids of clips in the caller's reach that hold or resemble every word. Runs as the owner, so that the index can
    -- be used, and therefore holds the reach itself, as the policy has it.
    --   narrowed the list's other filters by name, as lib/clips/clip-filter-sql.ts has them; without master_id, which is
    --            looked up in rows that have a reach of their own
    --   among    only of these ids
    --   max_rows the first so many of the library's clips ...
    --   sort     ... in this order (lib/clips/clip-order-sql.ts has the same four) ...
    --   beyond   ... after this value of its key and this id
    EXECUTE format($search$
        CREATE FUNCTION media.search_clips(words text[], narrowed jsonb DEFAULT '{}', among integer[] DEFAULT NULL,
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
                look integer := 2000;
                walk text;
                seen integer;
                found integer[];
                share float8;
            BEGIN
                IF teams <> 'ALL' THEN
                    rows_in_list := format('c.team_code = ANY (string_to_array(%%L, '',''))', teams);
                END IF;
                IF player <> '*' THEN
                    rows_in_list := rows_in_list || format(' AND c.player_id = %%L', player);
                END IF;
                IF teams IS NULL OR player IS NULL THEN
                    RETURN;
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
                    word := media.fold(word);
                    has_words := has_words || format(' AND ((c.search_text || '''') LIKE %%L',
                        '%%' || replace(replace(replace(word, '\', '\\'), '%%', '\%%'), '_', '\_') || '%%');
                    -- A short word has too few trigrams to resemble anything but itself.
                    IF length(word) > 3 THEN
                        has_words := has_words || format(' OR %%L <%%%% (c.search_text || '''')', word);
                    END IF;
                    has_words := has_words || ')';
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
