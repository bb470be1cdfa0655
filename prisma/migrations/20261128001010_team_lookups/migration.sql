-- What those who reach some teams look up a player, a game, an event and a season by: the team comes first, and how long it
-- takes does not depend on what other teams have (docs/adr/0026, 0046). The other collation keeps the question away from the
-- indexes of everybody's clips: it fits these alone. As with ix_clips_library, a total is counted without a row.
CREATE INDEX ix_clips_team_player ON media.clips (team_code, player_id COLLATE "C", deleted_at);
CREATE INDEX ix_clips_team_game ON media.clips (team_code, game_id COLLATE "C", player_id, deleted_at);
CREATE INDEX ix_clips_team_event ON media.clips (team_code, event_type COLLATE "C", player_id, deleted_at);
CREATE INDEX ix_clips_team_season ON media.clips (team_code, season COLLATE "C", player_id, deleted_at);
