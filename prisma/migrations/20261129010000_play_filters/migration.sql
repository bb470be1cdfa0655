-- Plays are narrowed and counted by indexes alone, in five million as in fifty thousand (ADR 59).

-- Every filter of a game, and whatever is found before a season ends.
DROP INDEX media.ix_plays_game;
CREATE INDEX ix_plays_game ON media.plays (team_code, season, game_id, place, id)
    INCLUDE (period, name, shorthand, outcome, zone, strength, player_id, player_name, x_ft, y_ft);
-- One kind of play, and one part of the rink, over many games.
CREATE INDEX ix_plays_shorthand ON media.plays (team_code, shorthand, season, game_id, place, id) INCLUDE (zone);
CREATE INDEX ix_plays_rink ON media.plays (team_code, season, x_ft, y_ft);
