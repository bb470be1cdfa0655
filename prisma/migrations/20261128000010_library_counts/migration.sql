-- What the total of a list is counted in (docs/adr/0044): each holds all that the policies and the trash ask for, so that no
-- row is fetched, and equal entries share their place: seven megabytes for a million clips.
CREATE INDEX ix_clips_library ON media.clips (team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_player ON media.clips (player_id, team_code, deleted_at);
CREATE INDEX ix_clips_library_game ON media.clips (game_id, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_season ON media.clips (season, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_event ON media.clips (event_type, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_status ON media.clips (processing_status, team_code, player_id, deleted_at);
