import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { PlayFormat } from './play.ts';
import { namesSql } from './play-facet-repo.ts';
import type { PlayFilter, RinkBox } from './play-field-schemas.ts';
import { playsSql } from './play-filter-sql.ts';
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
function partSql(part: PlayGroup['part'], keys: readonly Key[], from: Prisma.Sql): Prisma.Sql {
  const column = (key: Key) => Prisma.raw(`p.${key}`);
  const columns = KEYS.map((key) => (keys.includes(key) ? Prisma.sql`${column(key)}::text` : Prisma.sql`NULL::text`));
  return Prisma.sql`SELECT ${part}::text AS part, ${Prisma.join(columns)}, max(p.player_name) AS label,
    count(*)::int AS plays, coalesce(sum(p.end_clock_s - p.clock_s), 0)::float8 AS seconds
    FROM ${from} GROUP BY ${Prisma.join(keys.map(column))}`;
}

const boxesSql = (boxes: Readonly<Record<string, RinkBox>>): Prisma.Sql =>
  Prisma.join(
    Object.values(boxes).map(
      (box) =>
        Prisma.sql`(${rinkText(box)}::text, ${box.left}::float8, ${box.right}::float8, ${box.bottom}::float8, ${box.top}::float8)`,
    ),
  );

/** Plays of these names with the box of some that each lies in. No two of the boxes overlap. */
const inBoxesSql = (boxes: Readonly<Record<string, RinkBox>>, names: readonly string[]): Prisma.Sql => Prisma.sql`(
  SELECT l.*, b.rink FROM listed l LEFT JOIN (VALUES ${boxesSql(boxes)}) AS b(rink, x1, x2, y1, y2)
    ON l.x_ft BETWEEN b.x1 AND b.x2 AND l.y_ft BETWEEN b.y1 AND b.y2
  WHERE l.name = ANY(${[...names]}::text[]) AND l.acting_team IS NOT NULL) p`;

/** What any of the tables asks for by its name: a tenth of a game. Only that is held. */
const COUNTED_NAMES = [...SHOT_NAMES, ...ENTRY_NAMES, ...FACE_OFF_NAMES];

/** Entries and exits that go by how their shorthand begins. */
const isEntrySql = (of: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    ENTRY_WORDS.map((words) => Prisma.sql`${of}.shorthand ILIKE ${`${words}%`}`),
    ' OR ',
  );

/** Column names come after the first part. */
const HEADS = Prisma.raw(['part', ...KEYS, 'label', 'plays', 'seconds'].join(', '));

/** The caller's plays under a filter, as groups for the tables of statistics, in one statement. */
export function selectPlayGroups(reads: Reads, user: UserContext, filter: PlayFilter): Promise<PlayGroup[]> {
  const shots = inBoxesSql(RINK_AREAS, SHOT_NAMES);
  const faceoffs = inBoxesSql(FACE_OFF_DOTS, FACE_OFF_NAMES);
  const entries = Prisma.sql`listed p WHERE p.acting_team IS NOT NULL
    AND (p.name = ANY(${[...ENTRY_NAMES]}::text[]) OR ${isEntrySql(Prisma.sql`p`)})`;
  const named = Prisma.sql`(SELECT l.source, l.team_code, l.acting_team, l.name, l.player_name, l.clock_s, l.end_clock_s, n.id AS named_ids
    FROM listed l, unnest(l.named_ids) AS n(id) WHERE l.name = ANY(${[...FACE_OFF_NAMES]}::text[])
      AND l.acting_team IS NOT NULL) p`;
  const shifts = Prisma.sql`listed p WHERE p.kind = 'shift' AND p.player_id IS NOT NULL`;
  const parts = [
    partSql(
      'all',
      ['source'],
      Prisma.sql`(SELECT p.source, NULL::text AS player_name, 0 AS clock_s, 0 AS end_clock_s ${playsSql(user, filter)}) p`,
    ),
    partSql('shots', ['source', 'team_code', 'acting_team', 'name', 'shorthand', 'strength', 'rink'], shots),
    partSql('entries', ['source', 'team_code', 'acting_team', 'name', 'shorthand', 'outcome'], entries),
    partSql('faceoffs', ['source', 'team_code', 'acting_team', 'name', 'outcome', 'player_id', 'rink'], faceoffs),
    partSql('named', ['source', 'team_code', 'acting_team', 'name', 'named_ids'], named),
    partSql('shifts', ['source', 'team_code', 'acting_team', 'kind', 'player_id'], shifts),
  ];
  return reads.$queryRaw<PlayGroup[]>`
    WITH listed AS MATERIALIZED (
      SELECT p.source, p.team_code, p.acting_team, p.kind, p.name, p.shorthand, p.outcome, p.strength, p.player_id,
        p.player_name, p.named_ids, p.clock_s, p.end_clock_s, p.x_ft, p.y_ft
      ${playsSql(user, filter)}
        AND (p.name = ANY(${COUNTED_NAMES}::text[]) OR p.kind = 'shift' OR ${isEntrySql(Prisma.sql`p`)})
    ), names AS (${namesSql(filter)}),
    groups(${HEADS}) AS (${Prisma.join(parts, ' UNION ALL ')})
    SELECT g.part, ${Prisma.raw(KEYS.map((key) => `g.${key}`).join(', '))}, g.plays, g.seconds,
      coalesce(names.player_name, CASE WHEN g.named_ids IS NULL THEN g.label END) AS player_name
    FROM groups g LEFT JOIN names ON names.player_id = coalesce(g.player_id, g.named_ids)`;
}
