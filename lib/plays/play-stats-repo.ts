import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { PlayFormat } from './play.ts';
import { asksForWholeGames, gamesSql, namesSql, sourcesSql } from './play-counts-repo.ts';
import type { PlayFilter, RinkBox } from './play-field-schemas.ts';
import { playsSql, seesWholeGames } from './play-filter-sql.ts';
import { ENTRY_NAMES, ENTRY_WORDS, FACE_OFF_NAMES, SHOT_NAMES } from './play-stats-words.ts';
import { FACE_OFF_DOTS, RINK_AREAS, rinkText } from './rink-schemas.ts';

/** So many plays that are alike in all that a table asks of them. */
export interface PlayGroup {
  part: 'all' | 'shots' | 'entries' | 'faceoffs' | 'named' | 'shifts';
  source: PlayFormat;
  team_code: string | null;
  acting_team: string | null;
  kind: string | null;
  name: string | null;
  shorthand: string | null;
  outcome: string | null;
  strength: string | null;
  player_id: string | null;
  /** One of `named_ids`: a play is in as many groups of `named` as it names. */
  named_ids: string | null;
  /** The box of the rink that it lies in, as its filter is written. */
  rink: string | null;
  player_name: string | null;
  plays: number;
  seconds: number;
}

const KEYS = [
  ...['source', 'team_code', 'acting_team', 'kind', 'name', 'shorthand', 'outcome', 'strength', 'player_id'],
  ...['named_ids', 'rink'],
] as const;
type Key = (typeof KEYS)[number];

/** A part of the answer: what it is grouped by, of what. */
function partSql(part: PlayGroup['part'], keys: readonly Key[], from: Prisma.Sql, seconds = Prisma.sql`0`): Prisma.Sql {
  const column = (key: Key) => Prisma.raw(`p.${key}`);
  const columns = KEYS.map((key) => (keys.includes(key) ? Prisma.sql`${column(key)}::text` : Prisma.sql`NULL::text`));
  return Prisma.sql`SELECT ${part}::text AS part, ${Prisma.join(columns)}, count(*)::int AS plays, ${seconds}::float8 AS seconds
    FROM ${from} GROUP BY ${Prisma.join(keys.map(column))}`;
}

const boxesSql = (boxes: Readonly<Record<string, RinkBox>>): Prisma.Sql =>
  Prisma.join(
    Object.values(boxes).map(
      (box) =>
        Prisma.sql`(${rinkText(box)}::text, ${box.left}::float8, ${box.right}::float8, ${box.bottom}::float8, ${box.top}::float8)`,
    ),
  );

/** What of a play the tables are made of, and `id`, by which the rest of it is looked up. */
const FACTS = Prisma.raw(
  [
    ...['id', 'source', 'team_code', 'kind', 'name', 'shorthand', 'outcome', 'strength', 'acting_team', 'player_id'],
    ...['x_ft', 'y_ft'],
  ]
    .map((name) => `p.${name}`)
    .join(', '),
);

/**
 * Where the plays come from. Each part of them has an index of its own, which is all that is read (ix_plays_stats,
 * ix_plays_shifts). Under a player's policy no index is: those are looked up once.
 */
interface Plays {
  /** `FROM … WHERE …` of plays `p`. */
  from(condition: Prisma.Sql): Prisma.Sql;
  /** What `from` needs before it, each with a comma behind it. */
  before: Prisma.Sql;
  /** How many plays each format tells of, as `(source, plays)`. */
  sources: Prisma.Sql;
  /** What plays call their players, as `(player_id, player_name)`. */
  labels: Prisma.Sql;
}

const isNamedSql = (names: readonly string[]): Prisma.Sql =>
  Prisma.sql`p.acting_team IS NOT NULL AND p.name = ANY(${[...names]}::text[])`;

/** Plays of these names with the box of some that each lies in. No two of the boxes overlap. */
const inBoxesSql = (plays: Plays, boxes: Readonly<Record<string, RinkBox>>, names: readonly string[]) => Prisma.sql`(
  SELECT l.*, b.rink FROM (SELECT ${FACTS} ${plays.from(isNamedSql(names))}) l
  LEFT JOIN (VALUES ${boxesSql(boxes)}) AS b(rink, x1, x2, y1, y2)
    ON l.x_ft BETWEEN b.x1 AND b.x2 AND l.y_ft BETWEEN b.y1 AND b.y2) p`;

/** Entries and exits: by their names, or by how their shorthand begins. */
const entriesSql = (plays: Plays): Prisma.Sql => {
  const begins = ENTRY_WORDS.map((words) => Prisma.sql`p.shorthand ILIKE ${`${words}%`}`);
  const isEntry = Prisma.join([Prisma.sql`p.name = ANY(${[...ENTRY_NAMES]}::text[])`, ...begins], ' OR ');
  return Prisma.sql`(SELECT ${FACTS} ${plays.from(Prisma.sql`p.acting_team IS NOT NULL AND (${isEntry})`)}) p`;
};

/** Face-offs of the one format that names in the winner's row who has lost. */
const namedSql = (plays: Plays): Prisma.Sql => Prisma.sql`(
  SELECT l.source, l.team_code, l.acting_team, l.name, n.id AS named_ids
  FROM (SELECT ${FACTS} ${plays.from(Prisma.sql`p.source = 'nhl' AND ${isNamedSql(FACE_OFF_NAMES)}`)}) l
  CROSS JOIN LATERAL (SELECT q.named_ids FROM media.plays q WHERE q.id = l.id OFFSET 0) q
  CROSS JOIN LATERAL unnest(q.named_ids) AS n(id)) p`;

const shiftsSql = (plays: Plays): Prisma.Sql => Prisma.sql`(
  SELECT p.source, p.team_code, p.acting_team, 'shift' AS kind, p.player_id, p.clock_s, p.end_clock_s
  ${plays.from(Prisma.sql`p.kind = 'shift' AND p.player_id IS NOT NULL`)}) p`;

const SHIFT_SECONDS = Prisma.sql`coalesce(sum(p.end_clock_s - p.clock_s), 0)`;

/** Column names come after the first part. */
const HEADS = Prisma.raw(['part', ...KEYS, 'plays', 'seconds'].join(', '));

function playsOf(user: UserContext, filter: PlayFilter): Plays {
  const counted = (from: Prisma.Sql) => Prisma.sql`SELECT p.source, count(*)::int AS plays ${from} GROUP BY p.source`;
  if (!seesWholeGames(user))
    return {
      from: (condition) => Prisma.sql`FROM mine p WHERE ${condition}`,
      before: Prisma.sql`mine AS MATERIALIZED (
        SELECT ${FACTS}, p.player_name, p.clock_s, p.end_clock_s ${playsSql(user, filter)}),`,
      sources: counted(Prisma.sql`FROM mine p`),
      labels: Prisma.sql`SELECT p.player_id, max(p.player_name) AS player_name FROM mine p GROUP BY p.player_id`,
    };
  return {
    from: (condition) => Prisma.sql`${playsSql(user, filter)} AND ${condition}`,
    before: Prisma.empty,
    sources: asksForWholeGames(user, filter, ['source'])
      ? Prisma.sql`SELECT g.value AS source, sum(g.plays)::int AS plays
          FROM media.play_counts g WHERE ${sourcesSql(filter)} GROUP BY g.value`
      : counted(playsSql(user, filter)),
    labels: Prisma.sql`SELECT g.value AS player_id, max(g.label) AS player_name FROM media.play_counts g
      WHERE ${gamesSql(filter)} AND g.field = 'player_id' GROUP BY g.value`,
  };
}

/** The caller's plays under a filter, as groups for the tables of statistics, in one statement. */
export function selectPlayGroups(reads: Reads, user: UserContext, filter: PlayFilter): Promise<PlayGroup[]> {
  const plays = playsOf(user, filter);
  const nowhere = Prisma.join(KEYS.slice(1).map(() => Prisma.sql`NULL::text`));
  const side = ['source', 'team_code', 'acting_team'] as const;
  const parts = [
    Prisma.sql`SELECT 'all', s.source::text, ${nowhere}, s.plays, 0::float8 FROM (${plays.sources}) s`,
    partSql('shots', [...side, 'name', 'shorthand', 'strength', 'rink'], inBoxesSql(plays, RINK_AREAS, SHOT_NAMES)),
    partSql('entries', [...side, 'name', 'shorthand', 'outcome'], entriesSql(plays)),
    partSql(
      'faceoffs',
      [...side, 'name', 'outcome', 'player_id', 'rink'],
      inBoxesSql(plays, FACE_OFF_DOTS, FACE_OFF_NAMES),
    ),
    partSql('named', [...side, 'name', 'named_ids'], namedSql(plays)),
    partSql('shifts', [...side, 'kind', 'player_id'], shiftsSql(plays), SHIFT_SECONDS),
  ];
  return reads.$queryRaw<PlayGroup[]>`
    WITH ${plays.before} names AS (${namesSql(filter)}), labels AS (${plays.labels}),
    groups(${HEADS}) AS (${Prisma.join(parts, ' UNION ALL ')})
    SELECT g.part, ${Prisma.raw(KEYS.map((key) => `g.${key}`).join(', '))}, g.plays, g.seconds,
      coalesce(names.player_name, labels.player_name) AS player_name
    FROM groups g LEFT JOIN names ON names.player_id = coalesce(g.player_id, g.named_ids)
      LEFT JOIN labels ON labels.player_id = g.player_id`;
}
