import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Prisma } from '#generated/prisma/client.ts';

/** Texts whose names are remembered; each text comes again with almost every request. */
const MAX_KNOWN = 500;

/**
 * Put into a statement, it keeps it from being prepared: for one whose best plan depends on what is asked for, such as a
 * filter that is in every second row or in none. A prepared statement gets one plan for all values (PostgreSQL's manual,
 * PREPARE), and that of a filter would be right for some and a thousand times too slow for others.
 */
export const PLANNED_EACH_TIME = Prisma.raw('/* planned each time */');

/**
 * A whole number written out in a statement, for a LIMIT: where it is a parameter, Postgres plans for a tenth of all rows.
 * @param number of our own, or one that went through a schema.
 */
export const writtenOut = (number: number): Prisma.Sql => Prisma.raw(String(Math.trunc(number)));

const known = new LRUCache<string, string>({ max: MAX_KNOWN });

/** The name that a statement is prepared under: the same text has the same one everywhere. Empty: it is not prepared. */
export function statementName(sql: string): string {
  const found = known.get(sql);
  if (found !== undefined) return found;
  const isPlannedOnce = /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(sql) && !sql.includes(PLANNED_EACH_TIME.sql);
  const name = isPlannedOnce ? `hb_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}` : '';
  known.set(sql, name);
  return name;
}
