import { Prisma } from '#generated/prisma/client.ts';

/** All words of a search are in what a thing is called by, accents and case aside. */
export const saysWordsSql = (called: Prisma.Sql, q: string): Prisma.Sql => {
  const words = q.split(/\s+/).filter(Boolean);
  return Prisma.join(
    words.map((word) => Prisma.sql`strpos(media.fold(${called}), media.fold(${word})) > 0`),
    ' AND ',
  );
};
