import pg from 'pg';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { type Database, type DbOrTx, sessionOptions, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { median, timed } from './bench-report.ts';

/** One statement of a call, as it was sent. */
export interface SentStatement {
  text: string;
  values: unknown[];
}

/** The raw statements that a repository function sends. */
export async function statementsOf(
  db: Database,
  user: UserContext,
  use: (tx: DbOrTx) => Promise<unknown>,
): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const watched = db.$extends({
    query: {
      $queryRaw: ({ args, query }) => {
        sent.push({ text: args.text, values: args.values });
        return query(args);
      },
    },
  });
  await withinReach(watched as unknown as Database, user, use, { timeout: 60_000 });
  return sent.filter(({ text }) => !text.includes('heartbeat.teams'));
}

/**
 * What Postgres takes for statements over a plain connection, ms (median): with row-level security as the web's role in
 * a reach of everything, and without it as the owner.
 */
export async function postgresTimes(
  databaseUrl: string,
  statements: readonly SentStatement[],
  calls: number,
): Promise<{ secured: number; open: number }> {
  const timeAs = async (role?: typeof WEB_ROLE): Promise<number> => {
    const client = new pg.Client({ connectionString: databaseUrl, options: sessionOptions(role) });
    await client.connect();
    try {
      await client.query(
        "SELECT set_config('heartbeat.teams', 'ALL', false), set_config('heartbeat.player', '*', false)",
      );
      await client.query('SET statement_timeout = 0');
      const once = async () => {
        // A search sets for its transaction how it is planned.
        await client.query('BEGIN');
        for (const { text, values } of statements) await client.query(text, values);
        await client.query('COMMIT');
      };
      await once();
      const seconds: number[] = [];
      for (let n = 0; n < calls; n++) seconds.push(await timed(once));
      return median(seconds) * 1000;
    } finally {
      await client.end();
    }
  };
  return { secured: await timeAs(WEB_ROLE), open: await timeAs() };
}
