import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { writtenOut } from '#lib/db/statement-names.ts';
import { asksForWholeGames, namesSql, summedSql } from './play-counts-repo.ts';
import { PLAY_FACETS, PLAY_FIELDS, type PlayFacet, type PlayFilter } from './play-field-schemas.ts';
import { playsSql } from './play-filter-sql.ts';
import { byPlayFacet, type PlayFacetsJson, type PlayFacetValue } from './play-list-schemas.ts';

/** How many values a filter offers at most. A game has some sixty players. */
const MAX_VALUES = 200;

/** How many plays are looked at, at most: exact up to it, and said to be capped beyond. */
const MAX_FACETED = 100_000;

const COLUMNS = Prisma.raw([...PLAY_FACETS, 'player_name'].map((name) => `p.${name}`).join(', '));

const isList = (field: PlayFacet): boolean => PLAY_FIELDS[field].column === 'text[]';

const countedSql = (user: UserContext, filter: PlayFilter): Prisma.Sql => Prisma.sql`
  SELECT ${COLUMNS} ${playsSql(user, filter)} LIMIT ${writtenOut(MAX_FACETED)}`;

/** The values of some filters that are one word each with how many plays have each, as `(field, value, label, count)`: in one look. */
function wordsSql(fields: readonly PlayFacet[], from: Prisma.Sql): Prisma.Sql {
  const columns = fields.map((field) => Prisma.raw(`p.${field}`));
  const field = columns.map((column, index) => Prisma.sql`WHEN grouping(${column}) = 0 THEN ${fields[index]}::text`);
  const value = columns.map((column) => Prisma.sql`${column}::text`);
  return Prisma.sql`SELECT CASE ${Prisma.join(field, ' ')} END AS field, coalesce(${Prisma.join(value)}) AS value,
    ${fields.includes('player_id') ? Prisma.sql`max(p.player_name)` : Prisma.sql`NULL`} AS label, count(*)::int AS count
    FROM ${from} p
    GROUP BY GROUPING SETS (${Prisma.join(columns.map((column) => Prisma.sql`(${column})`))})`;
}

/** The same of a filter that is a list: whoever is on the ice together is, for many plays. */
const listSql = (field: PlayFacet): Prisma.Sql => {
  const column = Prisma.raw(`p.${field}`);
  return Prisma.sql`SELECT ${field}::text AS field, v.value, NULL AS label, sum(n.plays)::int AS count
    FROM (SELECT ${column} AS ids, count(*) AS plays FROM listed p GROUP BY ${column}) n, unnest(n.ids) AS v(value)
    GROUP BY v.value`;
};

/** Values under filters, by the plays themselves. Of a filter that takes only plays with all its values, each further one narrows. */
function lookedAtSql(user: UserContext, filter: PlayFilter): Prisma.Sql {
  const isFiltered = (field: PlayFacet) => filter[field] !== undefined;
  const words = PLAY_FACETS.filter((field) => !isList(field));
  const [players, others] = [true, false].map((is) =>
    words.filter((field) => (field === 'player_id') === is && !isFiltered(field)),
  );
  const parts = [
    ...[players, others].flatMap((fields = []) => (fields.length > 0 ? wordsSql(fields, Prisma.sql`listed`) : [])),
    ...words.filter(isFiltered).map((field) => {
      const others = { ...filter, [field]: undefined };
      return asksForWholeGames(user, others)
        ? summedSql(others, [field])
        : wordsSql([field], Prisma.sql`(${countedSql(user, others)})`);
    }),
    ...PLAY_FACETS.filter(isList).map(listSql),
    Prisma.sql`SELECT 'looked_at', '', NULL, count(*)::int FROM listed`,
  ];
  return Prisma.sql`WITH listed AS MATERIALIZED (${countedSql(user, filter)}) ${Prisma.join(parts, ' UNION ALL ')}`;
}

/** For each filter its values in the caller's reach with counts under the other filters, in one statement. */
export async function selectPlayFacets(reads: Reads, user: UserContext, filter: PlayFilter): Promise<PlayFacetsJson> {
  const counted = asksForWholeGames(user, filter) ? summedSql(filter, PLAY_FACETS) : lookedAtSql(user, filter);
  const rows = await reads.$queryRaw<(PlayFacetValue & { field: PlayFacet | 'looked_at' })[]>`
    WITH names AS (${namesSql(filter)})
    SELECT f.field, f.value, CASE WHEN f.field IN ('player_id', 'on_ice', 'against')
      THEN coalesce(names.player_name, f.label) END AS label, f.count
    FROM (${counted}) f
    LEFT JOIN names ON f.field IN ('player_id', 'on_ice', 'against') AND names.player_id = f.value
    WHERE f.value IS NOT NULL`;
  const values = byPlayFacet((): PlayFacetValue[] => []);
  let capped = false;
  for (const { field, ...value } of rows) {
    if (field === 'looked_at') capped = value.count >= MAX_FACETED;
    else values[field].push(value);
  }
  const offered = (list: PlayFacetValue[]) =>
    list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, MAX_VALUES);
  return { ...byPlayFacet((field) => offered(values[field])), capped };
}
