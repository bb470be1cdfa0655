-- unaccent() is only STABLE, because its dictionary could be changed; what an index is made of needs a function that says
-- it is not. The dictionary is named with its schema: wherever the extension was put, the search path has no say.
CREATE OR REPLACE FUNCTION media.fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(@extschema:unaccent@.unaccent('@extschema:unaccent@.unaccent'::regdictionary, words)) $$;
