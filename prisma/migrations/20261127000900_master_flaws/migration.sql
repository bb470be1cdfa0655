-- Where a master has nothing to show (ADR 38): arrays of {"start_s", "end_s"}, seconds from timecode zero. Found when it
-- is checked, as far as that looks, and by the cuts that meet them.
ALTER TABLE media.masters ADD COLUMN gaps JSONB NOT NULL DEFAULT '[]', ADD COLUMN damage JSONB NOT NULL DEFAULT '[]';
