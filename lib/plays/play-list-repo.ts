import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { writtenOut } from '#lib/db/statement-names.ts';
import { PLAY_COLUMNS, PLAY_FIELDS, type PlayFilter, type PlayJson } from './play-field-schemas.ts';
import { onIceSql, playsSql } from './play-filter-sql.ts';
import { MAX_COUNTED, type PlaySort } from './play-list-schemas.ts';

/** A play's place in the list of all: its game, where it stands in that, and its id. */
export interface PlayPlace {
  team_code: string;
  season: string;
  game_id: string;
  place: number;
  id: number;
}

/** The columns of a play `p` as they are answered. */
export const PLAY_FACTS = Prisma.raw(
  PLAY_COLUMNS.map((name) =>
    PLAY_FIELDS[name].column === 'bigint' ? `p.${name}::float8 AS ${name}` : `p.${name}`,
  ).join(', '),
);

/** Where the plays of `page` are seen, in one look for all of them (prisma/functions/play-places.sql). */
export const PLACES = Prisma.sql`media.places_of(ARRAY(SELECT page.id FROM page))`;

/** How each sort walks the index of games. */
const ORDERS = {
  clock: { direction: Prisma.raw('ASC'), beyond: Prisma.raw('>') },
  '-clock': { direction: Prisma.raw('DESC'), beyond: Prisma.raw('<') },
} as const satisfies Record<PlaySort, object>;

/** `ORDER BY` of a sort over `p`. */
export function playOrderSql(sort: PlaySort): Prisma.Sql {
  const { direction } = ORDERS[sort];
  return Prisma.sql`p.team_code ${direction}, p.season ${direction}, p.game_id ${direction}, p.place ${direction},
    p.id ${direction}`;
}

const beyondSql = (sort: PlaySort, after: PlayPlace | null): Prisma.Sql =>
  after
    ? Prisma.sql`AND (p.team_code, p.season, p.game_id, p.place, p.id) ${ORDERS[sort].beyond}
        (${after.team_code}, ${after.season}, ${after.game_id}, ${after.place}::float8, ${after.id}::bigint)`
    : Prisma.empty;

/**
 * Some plays whole, as `page`: found by what an index says of them, in order, then looked up. `nth` is that order: to sort a
 * whole game once more by the words that name it takes longer than finding it.
 */
export const pageSql = (found: Prisma.Sql): Prisma.Sql => Prisma.sql`
  found AS MATERIALIZED (SELECT f.id, row_number() OVER () AS nth FROM (${found}) f),
  page AS MATERIALIZED (
    SELECT p.*, found.nth FROM found CROSS JOIN LATERAL (SELECT q.* FROM media.plays q WHERE q.id = found.id OFFSET 0) p
  )`;

interface PageOf {
  filter: PlayFilter;
  sort: PlaySort;
  limit: number;
  after: PlayPlace | null;
}

/** So many plays are looked at in their order for who is on the ice: more than a game has. */
const LOOKED_AT = writtenOut(6000);

/**
 * The plays under a filter, in an order, at most so many, as `page`. Who is often on the ice is found by looking (`near`), and a
 * pair that seldom is by the index, which knows no order.
 */
export function filteredPageSql(user: UserContext, { filter, sort, limit, after }: PageOf): Prisma.Sql {
  const inOrder = (most: Prisma.Sql) => Prisma.sql`ORDER BY ${playOrderSql(sort)} LIMIT ${most}`;
  const most = writtenOut(limit);
  const found = Prisma.sql`SELECT p.id ${playsSql(user, filter)} ${beyondSql(sort, after)}`;
  const onIce = onIceSql(filter);
  if (!onIce) return pageSql(Prisma.sql`${found} ${inOrder(most)}`);
  return Prisma.sql`
    near AS MATERIALIZED (
      SELECT p.id, p.team_code, p.season, p.game_id, p.place, ${onIce} AS is_found
      ${playsSql(user, { ...filter, on_ice: undefined, against: undefined })} ${beyondSql(sort, after)} ${inOrder(LOOKED_AT)}
    ),
    enough AS (SELECT count(*) < ${LOOKED_AT} OR count(*) FILTER (WHERE is_found) >= ${most} AS is_so FROM near),
    ${pageSql(Prisma.sql`
      (SELECT p.id FROM near p WHERE p.is_found AND (SELECT is_so FROM enough) ${inOrder(most)})
      UNION ALL
      (${found} AND NOT (SELECT is_so FROM enough) ${inOrder(most)})`)}`;
}

/**
 * How many plays there are under a filter, and whether there are more. Where the first page, or what was looked at for it, is all
 * there is, no other look is taken; nor for those on the ice where that has filled the page: over a season whoever is
 * looked for is in tens of thousands, each of which would have to be looked at.
 */
function totalSql(user: UserContext, { filter, limit, after }: PageOf): Prisma.Sql {
  const counted = Prisma.sql`(SELECT count(*)::int FROM
    (SELECT ${playsSql(user, filter)} LIMIT ${writtenOut(MAX_COUNTED + 1)}) counted)`;
  if (after !== null) return Prisma.sql`${counted} AS total, false AS is_least`;
  const shown = Prisma.sql`(SELECT count(*)::int FROM page)`;
  const isAll = Prisma.sql`${shown} <= ${writtenOut(limit)}`;
  if (!onIceSql(filter))
    return Prisma.sql`CASE WHEN ${isAll} THEN ${shown} ELSE ${counted} END AS total, false AS is_least`;
  return Prisma.sql`CASE WHEN ${isAll} THEN ${shown} WHEN (SELECT is_so FROM enough)
      THEN (SELECT count(*)::int FROM near WHERE near.is_found) ELSE ${counted} END AS total,
    NOT ${isAll} AND (SELECT is_so FROM enough) AND (SELECT count(*) >= ${LOOKED_AT} FROM near) AS is_least`;
}

export interface PlayPage {
  plays: PlayJson[];
  /** At most `MAX_COUNTED`; `totalCapped` says that there are more. */
  total: number;
  totalCapped: boolean;
  /** The last play of a page that another follows. */
  next: PlayPlace | null;
}

type PlayRow = Omit<PlayJson, 'video'> &
  PlayPlace & {
    total: number;
    is_least: boolean;
    master_id: string | null;
    at_s: number | null;
    is_exact: boolean | null;
  };

const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** A play as it is answered. A game has thousands: they are copied column by column, which is a tenth of a rest's work. */
function toPlayJson(row: PlayRow): PlayJson {
  const { master_id, at_s, is_exact, clip_id } = row;
  const play: Record<string, unknown> = {};
  for (const name of PLAY_COLUMNS) play[name] = row[name];
  play.video =
    master_id === null || at_s === null ? null : { master_id, at_s: toMs(at_s), is_exact: is_exact === true };
  play.clip_id = clip_id;
  return play as unknown as PlayJson;
}

/** The clips of the plays of `page`, as far as the caller sees them, as `clipped`: looked up once, and not play by play. */
const clippedSql = (user: UserContext): Prisma.Sql => Prisma.sql`
  clipped AS MATERIALIZED (
    SELECT x.play_id, c.clip_id FROM media.clip_plays x JOIN media.clips c ON c.id = x.clip_id
    WHERE x.play_id = ANY(ARRAY(SELECT page.id FROM page)) AND ${libraryReachSql(user)}
  )`;

/** One page of the caller's plays, with where each is seen and the total, in one statement. */
export async function selectPlayPage(reads: Reads, user: UserContext, page: PageOf): Promise<PlayPage> {
  const { limit } = page;
  const rows = await reads.$queryRaw<(PlayRow | { id: null; total: number; is_least: boolean })[]>`
    WITH ${filteredPageSql(user, { ...page, limit: limit + 1 })}, ${clippedSql(user)}
    SELECT n.total, n.is_least, ${PLAY_FACTS}, p.place, v.master_id::text, v.at_s, v.is_exact, k.clip_id
    FROM (SELECT ${totalSql(user, page)}) n
    LEFT JOIN page p ON true LEFT JOIN ${PLACES} v ON v.id = p.id LEFT JOIN clipped k ON k.play_id = p.id
    ORDER BY p.nth`;
  const found = rows.filter((row): row is PlayRow => row.id !== null);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const total = rows[0]?.total ?? 0;
  return {
    plays: shown.map(toPlayJson),
    total: Math.min(total, MAX_COUNTED),
    totalCapped: total > MAX_COUNTED || rows[0]?.is_least === true,
    next: last
      ? { team_code: last.team_code, season: last.season, game_id: last.game_id, place: last.place, id: last.id }
      : null,
  };
}
