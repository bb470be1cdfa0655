import { playReachSql } from '#lib/auth/permissions.ts';
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

/** The whole WHERE of a list: the caller's reach first, then the filters. Absent fields do not narrow. */
export function playWhereSql(user: UserContext, filter: PlayFilter): Prisma.Sql {
  const conditions = [Prisma.sql`(${playReachSql(user)})`];
  for (const name of PLAY_FILTERS) {
    const values = filter[name];
    if (values) conditions.push(columnIsSql(name, values));
  }
  if (filter.rink) conditions.push(inBoxSql(filter.rink));
  return Prisma.sql`${PLANNED_EACH_TIME} ${Prisma.join(conditions, ' AND ')}`;
}
