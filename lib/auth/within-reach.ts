import { withPatience } from '#lib/db/bounded-client.ts';
import { repeatedIfStale } from '#lib/db/preparing-client.ts';
import { type Database, type DbOrTx, Prisma, type Reads, readUnder } from '#lib/db/prisma-client.ts';
import { makesReels, mayDo, reachOf } from './permissions.ts';
import type { UserContext } from './user-context.ts';

/** A burst of requests waits for a connection as long as the pool lets it, not for Prisma's usual two seconds. */
const MAX_WAIT_MS = 4000;
/** A statement that takes too long is told by the server, which knows best. */
const MARGIN_MS = 500;

/** The caller's reach as Postgres' policies read it (migration `20261123000000_reach`). */
function reachSettings(user: UserContext): Record<'teams' | 'player' | 'people' | 'reels', string> {
  const reach = reachOf(user);
  if (reach.kind === 'none') return { teams: '', player: '', people: '', reels: '' };
  const teams = reach.teams === 'ALL' ? 'ALL' : reach.teams.join(',');
  const people = mayDo(user, 'people.read') ? 'on' : '';
  return { teams, player: reach.playerId ?? '*', people, reels: makesReels(user) ? 'on' : '' };
}

/** Sets the reach for the transaction under way, and for nothing after it. */
function reachSql(user: UserContext): Prisma.Sql {
  const { teams, player, people, reels } = reachSettings(user);
  return Prisma.sql`SELECT set_config('heartbeat.teams', ${teams}, true),
    set_config('heartbeat.player', ${player}, true), set_config('heartbeat.user', ${user.userId}, true),
    set_config('heartbeat.people', ${people}, true), set_config('heartbeat.reels', ${reels}, true)`;
}

/** Lets the transaction under way see what everybody's reach holds: for the worker, who serves them all. */
export const REACH_OF_ALL = Prisma.sql`SELECT set_config('heartbeat.teams', 'ALL', true),
  set_config('heartbeat.player', '*', true)`;

/**
 * Reads in one transaction in which Postgres shows only rows of the caller's reach, as few round trips as there are
 * statements that wait for each other.
 * @param work has no effect: it may be done twice.
 */
export const readWithinReach = <T>(db: Database, user: UserContext, work: (reads: Reads) => Promise<T>): Promise<T> =>
  readUnder(db, reachSql(user), work);

/**
 * Runs work in one transaction in which Postgres shows, and lets change, only rows of the caller's reach. Every query
 * of the web over clips, assets, tags and masters goes through here, or only reads and goes through `readWithinReach`:
 * outside of them these tables are empty.
 *
 * @param work may be done twice: it has no effect but on the database, or one that may come again.
 * @param options.timeout how long the work, and each of its statements, may take, in ms: for work that is known to be
 *   long, such as a batch.
 */
export function withinReach<T>(
  db: Database,
  user: UserContext,
  work: (tx: DbOrTx) => Promise<T>,
  options: { timeout?: number } = {},
): Promise<T> {
  const { timeout } = options;
  const once = () =>
    db.$transaction(
      async (tx) => {
        await tx.$queryRaw(reachSql(user));
        if (timeout) await tx.$queryRaw(Prisma.sql`SELECT set_config('statement_timeout', ${String(timeout)}, true)`);
        return timeout ? withPatience(timeout + MARGIN_MS, () => work(tx)) : work(tx);
      },
      { maxWait: MAX_WAIT_MS, ...options },
    );
  return repeatedIfStale(once);
}
