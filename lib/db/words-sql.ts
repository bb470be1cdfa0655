import { Prisma } from '#generated/prisma/client.ts';

/** All words of a search are in what a thing is called by, accents and case aside. What it is called by is folded once. */
export const saysWordsSql = (called: Prisma.Sql, q: string): Prisma.Sql =>
  Prisma.sql`media.fold(${called}) LIKE ALL (ARRAY(
    SELECT '%' || regexp_replace(media.fold(w.word), '([\\\\%_])', '\\\\\\1', 'g') || '%'
    FROM unnest(${q.split(/\s+/).filter(Boolean)}::text[]) w (word)))`;
