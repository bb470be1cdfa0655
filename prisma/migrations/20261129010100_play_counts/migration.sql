-- What the plays of each game are narrowed by, counted when they are written and not when somebody looks (ADR 59).
CREATE TABLE media.play_counts (
    team_code VARCHAR(10)  NOT NULL,
    season    VARCHAR(10)  NOT NULL,
    game_id   VARCHAR(20)  NOT NULL,
    field     VARCHAR(20)  NOT NULL,
    -- Of plays without a period: 0.
    value     VARCHAR(255) NOT NULL,
    -- Of a player who acts, the name.
    label     VARCHAR(255),
    plays     INTEGER      NOT NULL,
    PRIMARY KEY (team_code, season, game_id, field, value),
    FOREIGN KEY (team_code, season, game_id) REFERENCES media.games ON DELETE CASCADE
);

-- They tell of all plays of a team: they are nothing for players, whose own are counted when they ask.
ALTER TABLE media.play_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.play_counts TO heartbeat_web USING (
    CASE WHEN (SELECT current_setting('heartbeat.teams', true) = 'ALL') THEN true
        ELSE team_code = ANY ((SELECT string_to_array(current_setting('heartbeat.teams', true), ','))::text[]) END
    AND (SELECT current_setting('heartbeat.player', true) = '*')
);
REVOKE ALL ON media.play_counts FROM heartbeat_web;
GRANT SELECT ON media.play_counts TO heartbeat_web;

-- Whoever writes plays has them counted (prisma/functions/play-counts.sql).
CREATE FUNCTION media.count_plays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER count_come AFTER INSERT ON media.plays REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();
CREATE TRIGGER count_changed AFTER UPDATE ON media.plays REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();
CREATE TRIGGER count_gone AFTER DELETE ON media.plays REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();

-- Those of before.
INSERT INTO media.play_counts (team_code, season, game_id, field, value, label, plays)
SELECT p.team_code, p.season, p.game_id, v.field, v.value, max(v.label), count(*)
FROM media.plays p CROSS JOIN LATERAL (
    SELECT * FROM (VALUES ('period', coalesce(p.period, 0)::text, NULL), ('name', p.name, NULL),
        ('shorthand', p.shorthand, NULL), ('outcome', p.outcome, NULL), ('zone', p.zone, NULL),
        ('strength', p.strength, NULL), ('acting_team', p.acting_team, NULL), ('player_id', p.player_id, p.player_name)) f (field, value, label)
    UNION ALL SELECT DISTINCT 'on_ice', id, NULL FROM unnest(p.on_ice) id
    UNION ALL SELECT DISTINCT 'against', id, NULL FROM unnest(p.against) id
) v
WHERE v.value IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;
