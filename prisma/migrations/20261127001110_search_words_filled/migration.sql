-- All clips have their words.
DROP TRIGGER update_of_search_text ON media.clips;
DROP FUNCTION media.keep_updated_at();
