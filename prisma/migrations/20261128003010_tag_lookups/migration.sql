-- What those who reach some teams look a tag up by; the other collation fits this index alone (20261128001010_team_lookups).
CREATE INDEX ix_clip_tags_team_tag ON media.clip_tags (team_code, tag COLLATE "C") INCLUDE (clip_id);
