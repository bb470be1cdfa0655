-- Search that knows what else narrows a list, and how much of it is wanted: a page in its order, or a count up to a bound.
-- Words that are in every clip then cost a few steps in the index of the order, and rare ones a look into the trigrams:
-- the planner chooses, because it sees filters, order and bound beside the words (ADR 17).
DROP FUNCTION media.search_clips(text[]);

DO $$
DECLARE
    place text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm');
BEGIN
    -- The ids of clips in the caller's reach that hold or resemble every word. Runs as the owner, so that the index can
    -- be used, and therefore holds the reach itself, as the policy has it.
    --   narrowed the list's other filters by name, as lib/clips/clip-filter-sql.ts has them; without master_id, which is
    --            looked up in rows that have a reach of their own
    --   among    only of these ids
    --   sort     the library's clips in this order (lib/clips/clip-order-sql.ts has the same four) ...
    --   beyond   ... after this value of its key and this id
    --   max_rows no more than these; the library's clips
    EXECUTE format($search$
        CREATE FUNCTION media.search_clips(words text[], narrowed jsonb DEFAULT '{}',
            among integer[] DEFAULT NULL, sort text DEFAULT NULL, beyond text DEFAULT NULL,
            beyond_id integer DEFAULT NULL, max_rows integer DEFAULT NULL) RETURNS SETOF integer
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, %I
            SET pg_trgm.word_similarity_threshold = '0.5'
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
                any_of text;
                query text := 'SELECT c.id FROM media.clips c WHERE ($1 = ''ALL'' OR c.team_code = ANY (string_to_array($1, '',''))) AND ($2 = ''*'' OR c.player_id = $2)';
            BEGIN
                FOREACH word IN ARRAY words LOOP
                    word := media.fold(word);
                    query := query || format(' AND (c.search_text LIKE %%L',
                        '%%' || replace(replace(replace(word, '\', '\\'), '%%', '\%%'), '_', '\_') || '%%');
                    -- A short word has too few trigrams to resemble anything but itself.
                    IF length(word) > 3 THEN
                        query := query || format(' OR %%L <%%%% c.search_text', word);
                    END IF;
                    query := query || ')';
                END LOOP;
                FOR name, given IN SELECT * FROM jsonb_each(narrowed) LOOP
                    IF jsonb_typeof(given) = 'array' THEN
                        any_of := (SELECT array_agg(v) FROM jsonb_array_elements_text(given) v)::text;
                    END IF;
                    query := query || ' AND ' || CASE
                        WHEN name IN ('player_id', 'team_code', 'opponent_code', 'game_id', 'season', 'event_type',
                            'outcome', 'zone', 'strength') THEN format('c.%%I = ANY (%%L::text[])', name, any_of)
                        WHEN name = 'period' THEN format('c.period = ANY (%%L::int[])', any_of)
                        WHEN name = 'status' THEN
                            format('coalesce(c.processing_status, ''pending'') = ANY (%%L::text[])', any_of)
                        WHEN name = 'date_from' THEN format('c.game_date >= %%L::date', given #>> '{}')
                        WHEN name = 'date_to' THEN format('c.game_date <= %%L::date', given #>> '{}')
                        WHEN name = 'tag' THEN format('EXISTS (SELECT FROM media.clip_tags t
                            WHERE t.clip_id = c.id AND t.tag = ANY (%%L::text[]))', any_of)
                    END;
                    IF query IS NULL THEN
                        RAISE EXCEPTION 'A search cannot be narrowed by %%', name;
                    END IF;
                END LOOP;
                IF among IS NOT NULL THEN
                    query := query || ' AND c.id = ANY ($3)';
                END IF;
                IF max_rows IS NOT NULL THEN
                    query := query || ' AND c.deleted_at IS NULL';
                END IF;
                IF beyond_id IS NOT NULL THEN
                    query := query || format(' AND (%%s, c.id) %%s ($4::%%s, $5)', key,
                        CASE direction WHEN 'ASC' THEN '>' ELSE '<' END, type);
                END IF;
                IF sort IS NOT NULL THEN
                    query := query || format(' ORDER BY %%s %%s, c.id %%s', key, direction, direction);
                END IF;
                RETURN QUERY EXECUTE query || ' LIMIT $6' USING teams, player, among, beyond, beyond_id, max_rows;
            END
            $body$
    $search$, place);
END
$$;
