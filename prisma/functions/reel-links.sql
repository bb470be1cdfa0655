-- A link that opens something still, by its secret's hash or by its id: asked for people without an account, who have no
-- reach. What it shows is read within the reach of who made it.
CREATE OR REPLACE FUNCTION media.live_link(secret text, named uuid, moment timestamptz) RETURNS SETOF media.reel_links
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
    AS $$
        SELECT l.* FROM media.reel_links l
        WHERE (l.secret_hash = secret OR l.id = named) AND l.revoked_at IS NULL AND l.expires_at > moment
    $$;
