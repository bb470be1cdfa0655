-- Where a file ends whose rest is missing (ADR 37), in seconds; null: it is whole, or it was checked before this was told.
ALTER TABLE media.masters ADD COLUMN cut_off_at_s DOUBLE PRECISION;
