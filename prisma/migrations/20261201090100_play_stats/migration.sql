-- Statistics are counted by indexes alone, as lists are (ADR 59): all words that a filter names are in the order of games now.
DROP INDEX media.ix_plays_game;
CREATE INDEX ix_plays_game ON media.plays (team_code, season, game_id, place, id)
    INCLUDE (source, kind, period, name, shorthand, outcome, zone, strength, acting_team, player_id, x_ft, y_ft);
-- What the tables count, which is a tenth of a game (lib/plays/play-stats-words.ts). What these words leave out is found without.
CREATE INDEX ix_plays_stats ON media.plays (team_code, season, name, game_id)
    INCLUDE (id, source, kind, period, shorthand, outcome, zone, strength, acting_team, player_id, x_ft, y_ft)
    WHERE name IN ('shot', 'goal', 'shot-on-goal', 'missed-shot', 'blocked-shot', 'dumpin', 'controlledbreakout', 'dumpout',
            'controlledentryagainst', 'dumpinagainst', 'faceoff')
        OR shorthand ILIKE 'CONTROLLED ENTRY INTO OZ%' OR shorthand ILIKE 'CONTROLLED EXIT FROM DZ%';
-- Time on ice.
CREATE INDEX ix_plays_shifts ON media.plays (team_code, season, game_id)
    INCLUDE (source, period, acting_team, player_id, clock_s, end_clock_s)
    WHERE kind = 'shift';

-- How many plays of each format a game has, as whatever else is counted of it.
INSERT INTO media.play_counts (team_code, season, game_id, field, value, plays)
SELECT p.team_code, p.season, p.game_id, 'source', p.source, count(*) FROM media.plays p GROUP BY 1, 2, 3, 5;
