import type { Database } from './prisma-client.ts';

interface LimiterQuery {
  text: string;
  values?: unknown[];
}
interface LimiterRow {
  points: number;
  expire: number | null;
}

/** The portal's connections as what rate-limiter-flexible takes for a pool of `pg`: no second pool beside Prisma's. */
export const rateLimitStore = (db: Database) => ({
  query: async ({ text, values = [] }: LimiterQuery): Promise<{ rows: LimiterRow[]; rowCount: number }> => {
    const found = await db.$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(text, ...values);
    const rows = found.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) }));
    return { rows, rowCount: rows.length };
  },
});
