-- How many clips of the library have each value that people filter by, kept as clips change (ADR 0025): facets and
-- statistics of whole teams read a few hundred sums, and not a million clips. A row is a difference that a statement
-- made; nobody waits for anybody's row. The worker sums them up (`settle_clip_counts`).
CREATE TABLE media.clip_counts (
    id            BIGSERIAL    PRIMARY KEY,
    team_code     VARCHAR(10)  NOT NULL,
    season        VARCHAR(10),
    field         VARCHAR(20)  NOT NULL,
    value         VARCHAR(100) NOT NULL,
    -- What people read beside a player's id, and of a game: null for other fields.
    player_name   VARCHAR(255),
    game_date     DATE,
    opponent_code VARCHAR(10),
    clips         INTEGER      NOT NULL,
    settled       BOOLEAN      NOT NULL DEFAULT false
);

CREATE INDEX ix_clip_counts_value ON media.clip_counts (field, team_code, value);
CREATE INDEX ix_clip_counts_settled ON media.clip_counts (settled);

-- Counts do not know players: whoever reaches one player's clips only counts those.
ALTER TABLE media.clip_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_counts TO heartbeat_web
    USING (
        CASE WHEN (SELECT current_setting('heartbeat.teams', true)) = 'ALL' THEN true
            ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
        AND (SELECT current_setting('heartbeat.player', true)) = '*'
    );
-- Written by the triggers below alone, whoever changes a clip.
REVOKE INSERT, UPDATE, DELETE ON media.clip_counts FROM heartbeat_web;

-- What a clip is counted under; nothing for one in the trash. No search path of its own: Postgres then takes the query
-- into that of its callers, which have one.
CREATE FUNCTION media.counted_values(clip media.clips)
    RETURNS TABLE (team_code text, season text, field text, value text, player_name text, game_date date, opponent_code text)
    LANGUAGE sql STABLE
    AS $$
        SELECT clip.team_code::text, clip.season::text, v.* FROM (VALUES
            ('team_code', clip.team_code::text, NULL::text, NULL::date, NULL::text),
            ('player_id', clip.player_id::text, clip.player_name::text, NULL, NULL),
            ('opponent_code', clip.opponent_code::text, NULL, NULL, NULL),
            ('game_id', clip.game_id::text, NULL, clip.game_date, clip.opponent_code::text),
            ('season', clip.season::text, NULL, NULL, NULL),
            ('period', clip.period::text, NULL, NULL, NULL),
            ('event_type', clip.event_type::text, NULL, NULL, NULL),
            ('outcome', clip.outcome::text, NULL, NULL, NULL),
            ('zone', clip.zone::text, NULL, NULL, NULL),
            ('strength', clip.strength::text, NULL, NULL, NULL),
            ('status', coalesce(clip.processing_status, 'pending')::text, NULL, NULL, NULL)
        ) v (field, value, player_name, game_date, opponent_code)
        WHERE v.value IS NOT NULL AND clip.deleted_at IS NULL
        UNION ALL
        SELECT clip.team_code::text, clip.season::text, 'tag', t.tag::text, NULL, NULL, NULL FROM media.clip_tags t
        WHERE t.clip_id = clip.id AND clip.deleted_at IS NULL
    $$;

-- `come` and `gone` are the rows as a statement left and found them. What it did not change cancels out.
CREATE FUNCTION media.count_clips() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT v.*, count(*) FROM come c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT v.*, -count(*) FROM gone c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
    ELSE
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips)
        SELECT team_code, season, field, value, player_name, game_date, opponent_code, sum(clips) FROM (
            SELECT v.*, 1 AS clips FROM come c, media.counted_values(c) v
            UNION ALL SELECT v.*, -1 FROM gone c, media.counted_values(c) v
        ) changes GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(clips) <> 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tally_come AFTER INSERT ON media.clips REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_clips();
CREATE TRIGGER tally_changed AFTER UPDATE ON media.clips REFERENCING NEW TABLE AS come OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_clips();
CREATE TRIGGER tally_gone AFTER DELETE ON media.clips REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_clips();

-- Tags of a deleted clip go before the clip's own statement ends, and after the clip: they are counted here.
CREATE FUNCTION media.count_tags_of_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    INSERT INTO media.clip_counts (team_code, season, field, value, clips)
    SELECT v.team_code, v.season, v.field, v.value, -1 FROM media.counted_values(OLD) v WHERE v.field = 'tag';
    RETURN OLD;
END
$$;
CREATE TRIGGER tally_tags BEFORE DELETE ON media.clips
    FOR EACH ROW EXECUTE FUNCTION media.count_tags_of_deleted();

-- Runs after keep_search_text_of_…, which locks the clips: one that goes to the trash meanwhile is seen there.
CREATE FUNCTION media.count_tags() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, clips)
        SELECT c.team_code, c.season, 'tag', t.tag, count(*) FROM come t
        JOIN media.clips c ON c.id = t.clip_id AND c.deleted_at IS NULL GROUP BY 1, 2, 3, 4;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO media.clip_counts (team_code, season, field, value, clips)
        SELECT c.team_code, c.season, 'tag', t.tag, -count(*) FROM gone t
        JOIN media.clips c ON c.id = t.clip_id AND c.deleted_at IS NULL GROUP BY 1, 2, 3, 4;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tally_come AFTER INSERT ON media.clip_tags REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_tags();
CREATE TRIGGER tally_changed AFTER UPDATE ON media.clip_tags REFERENCING NEW TABLE AS come OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_tags();
CREATE TRIGGER tally_gone AFTER DELETE ON media.clip_tags REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_tags();

-- Counts everything anew: at first, and after rows were written past the triggers. Writers of clips wait meanwhile.
CREATE FUNCTION media.recount_clips() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
BEGIN
    LOCK TABLE media.clips, media.clip_tags IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM media.clip_counts;
    INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips, settled)
    SELECT v.*, count(*), true FROM media.clips c, media.counted_values(c) v GROUP BY 1, 2, 3, 4, 5, 6, 7;
END
$$;

-- How many sums are not what counting finds: none, unless rows were written past the triggers.
CREATE FUNCTION media.wrong_clip_counts() RETURNS bigint
    LANGUAGE sql STABLE SET search_path = pg_catalog
    AS $$
        SELECT count(*) FROM (
            SELECT FROM (
                SELECT n.team_code, n.season, n.field, n.value, n.player_name, n.game_date, n.opponent_code, n.clips
                FROM media.clip_counts n
                UNION ALL SELECT v.*, -1 FROM media.clips c, media.counted_values(c) v
            ) both_kinds
            GROUP BY team_code, season, field, value, player_name, game_date, opponent_code HAVING sum(clips) <> 0
        ) wrong
    $$;

CREATE FUNCTION media.recount_emptied() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN PERFORM media.recount_clips(); RETURN NULL; END $$;
CREATE TRIGGER tally_emptied AFTER TRUNCATE ON media.clips
    FOR EACH STATEMENT EXECUTE FUNCTION media.recount_emptied();
CREATE TRIGGER tally_emptied AFTER TRUNCATE ON media.clip_tags
    FOR EACH STATEMENT EXECUTE FUNCTION media.recount_emptied();

-- Makes one row a value of what has come since the last time; the number of differences that went into it. Readers see
-- the rows of before or those of after; a second worker that comes meanwhile does nothing.
CREATE FUNCTION media.settle_clip_counts() RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog
    AS $$
DECLARE
    taken bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('media.clip_counts', 0)) THEN
        RETURN 0;
    END IF;
    WITH news AS (
        DELETE FROM media.clip_counts n WHERE NOT n.settled RETURNING n.*
    ), known AS (
        DELETE FROM media.clip_counts k USING (SELECT DISTINCT field, team_code, value FROM news) touched
        WHERE k.settled AND (k.field, k.team_code, k.value) = (touched.field, touched.team_code, touched.value) RETURNING k.*
    ), summed AS (
        INSERT INTO media.clip_counts (team_code, season, field, value, player_name, game_date, opponent_code, clips, settled)
        SELECT team_code, season, field, value, player_name, game_date, opponent_code, sum(clips), true
        FROM (SELECT * FROM news UNION ALL SELECT * FROM known) both_kinds
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(clips) <> 0
    )
    SELECT count(*) INTO taken FROM news;
    RETURN taken;
END
$$;
REVOKE EXECUTE ON FUNCTION media.recount_clips(), media.settle_clip_counts(), media.wrong_clip_counts() FROM PUBLIC;

SELECT media.recount_clips();
