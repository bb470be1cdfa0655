import { playReachSql, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import { PLAY_FIELDS, PLAY_FILTERS, type PlayFilter, type RinkBox } from './play-field-schemas.ts';

/* What the table of fields says of filters, as SQL over `media.plays p`. */

type FilterColumn = (typeof PLAY_FILTERS)[number];

function columnIsSql(name: FilterColumn, values: readonly (string | number)[]): Prisma.Sql {
  const column = Prisma.raw(`p.${name}`);
  const [only, ...others] = values;
  // One value leaves what comes behind it in the order of the index: a page ends where it is full.
  if (others.length === 0 && PLAY_FIELDS[name].column === 'text') return Prisma.sql`${column} = ${only}`;
  switch (PLAY_FIELDS[name].column) {
    case 'int':
      return Prisma.sql`${column} = ANY(${[...values]}::int[])`;
    // All of them are named.
    case 'text[]':
      return Prisma.sql`${column} @> ${[...values]}::text[]`;
    default:
      return Prisma.sql`${column} = ANY(${[...values]}::text[])`;
  }
}

const inBoxSql = ({ left, right, bottom, top }: RinkBox): Prisma.Sql =>
  Prisma.sql`p.x_ft BETWEEN ${left} AND ${right} AND p.y_ft BETWEEN ${bottom} AND ${top}`;

/** Whether a play has all of those on the ice who are asked for; `null` when nobody is. */
export function onIceSql({ on_ice, against }: PlayFilter): Prisma.Sql | null {
  const conditions = Object.entries({ on_ice, against }).flatMap(([name, ids]) =>
    ids ? Prisma.sql`p.${Prisma.raw(name)} @> ${ids}::text[]` : [],
  );
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : null;
}

/** The same by the index of whoever is on the ice on either side. */
export const lookedUpOnIceSql = ({ on_ice = [], against = [] }: PlayFilter): Prisma.Sql =>
  Prisma.sql`p.seen_by @> ${[...on_ice, ...against]}::text[]`;

/** Whether all plays of a team are the caller's, or none; a player's are those that name them. */
export function seesWholeGames(user: UserContext): boolean {
  const reach = reachOf(user);
  return reach.kind === 'rows' && reach.playerId === undefined;
}

/**
 * `FROM … WHERE …` of a list of plays `p`: the caller's reach first, then the filters. Absent fields do not narrow. Who sees
 * all plays of a team is answered by indexes (prisma/functions/plays-of-teams.sql), players under the policy.
 */
export function playsSql(user: UserContext, filter: PlayFilter): Prisma.Sql {
  const conditions = [Prisma.sql`(${playReachSql(user)})`];
  for (const name of PLAY_FILTERS) {
    const values = name === 'on_ice' || name === 'against' ? undefined : filter[name];
    if (values) conditions.push(columnIsSql(name, values));
  }
  if (filter.rink) conditions.push(inBoxSql(filter.rink));
  const onIce = onIceSql(filter);
  if (onIce) conditions.push(onIce, lookedUpOnIceSql(filter));
  const from = seesWholeGames(user) ? Prisma.sql`media.plays_of_teams` : Prisma.sql`media.plays`;
  return Prisma.sql`FROM ${from} p WHERE ${PLANNED_EACH_TIME} ${Prisma.join(conditions, ' AND ')}`;
}
