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
    // All of them are on the ice.
    case 'text[]':
      return Prisma.sql`${column} @> ${[...values]}::text[]`;
    default:
      return Prisma.sql`${column} = ANY(${[...values]}::text[])`;
  }
}

const inBoxSql = ({ left, right, bottom, top }: RinkBox): Prisma.Sql =>
  Prisma.sql`p.x_ft BETWEEN ${left} AND ${right} AND p.y_ft BETWEEN ${bottom} AND ${top}`;

/** Whoever is asked for on either side is among those whom a play has on the ice: of that there is an index. */
function onIceSql({ on_ice = [], against = [] }: PlayFilter): Prisma.Sql | null {
  const ids = [...on_ice, ...against];
  return ids.length === 0 ? null : Prisma.sql`p.seen_by @> ${ids}::text[]`;
}

/**
 * `FROM … WHERE …` of a list of plays `p`: the caller's reach first, then the filters. Absent fields do not narrow. Who sees
 * all plays of a team is answered by indexes (prisma/functions/plays-of-teams.sql), players under the policy.
 */
export function playsSql(user: UserContext, filter: PlayFilter): Prisma.Sql {
  const reach = reachOf(user);
  const isPlayer = reach.kind === 'none' || reach.playerId !== undefined;
  const conditions = [Prisma.sql`(${playReachSql(user)})`];
  for (const name of PLAY_FILTERS) {
    const values = filter[name];
    if (values) conditions.push(columnIsSql(name, values));
  }
  if (filter.rink) conditions.push(inBoxSql(filter.rink));
  const onIce = onIceSql(filter);
  if (onIce) conditions.push(onIce);
  const from = isPlayer ? Prisma.sql`media.plays` : Prisma.sql`media.plays_of_teams`;
  return Prisma.sql`FROM ${from} p WHERE ${PLANNED_EACH_TIME} ${Prisma.join(conditions, ' AND ')}`;
}
