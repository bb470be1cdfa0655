-- Where a clip stands among the games and within its own: the latest game first, then its periods as they were played.
-- A text that sorts by its bytes, so that one key does for pages and cursors (lib/clips/clip-order-sql.ts). Clips without
-- a date come last, those without a period at their game's end. Games are told apart by a space, which sorts before
-- whatever an id may have. Two indexes hold what it says: whoever changes it makes them anew in a migration.
CREATE OR REPLACE FUNCTION media.game_place(game_date date, game_id text, period integer, start_s double precision)
    RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN isfinite(game_date)
            THEN lpad(least(9999998, greatest(0, 9999998 - (game_date - date '0001-01-01')))::text, 7, '0')
            ELSE '9999999' END
        || ' ' || game_id
        || ' ' || CASE WHEN period BETWEEN 0 AND 98 THEN lpad(period::text, 2, '0') ELSE '99' END
        || ' ' || lpad((CASE WHEN start_s >= 0 AND start_s < 1e9 THEN floor(start_s * 1000) ELSE 0 END)::bigint::text, 12, '0');
