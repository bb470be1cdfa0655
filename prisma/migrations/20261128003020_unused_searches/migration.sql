-- No program of the release before calls these any more (docs/adr/0046).
DROP FUNCTION media.search_clips(text[], jsonb, integer[], text, text, integer, integer);
DROP FUNCTION media.search_condition(text, text, text);
