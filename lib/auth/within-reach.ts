import { withPatience } from '#lib/db/bounded-client.ts';
import { type Database, type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import { mayDo, scopeOf } from './permissions.ts';
import type { UserContext } from './user-context.ts';

/** A burst of requests waits for a connection as long as the pool lets it, not for Prisma's usual two seconds. */
const MAX_WAIT_MS = 4000;
/** A statement that takes too long is told by the server, which knows best. */
const MARGIN_MS = 500;

/** The caller's reach as Postgres' policies read it (migration `20261123000000_reach`). */
function reachSettings(user: UserContext): { teams: string; player: string; people: string } {
  const scope = scopeOf(user);
  if (scope.kind === 'none') return { teams: '', player: '', people: '' };
  const people = mayDo(user, 'people.read') ? 'on' : '';
  return { teams: scope.teams === 'ALL' ? 'ALL' : scope.teams.join(','), player: scope.playerId ?? '*', people };
}

/**
 * Runs work in one transaction in which Postgres shows, and lets change, only rows of the caller's reach. Every query
 * of the web over clips, assets, tags and masters goes through here: outside of it these tables are empty.
 *
 * @param options.timeout how long the work, and each of its statements, may take, in ms: for work that is known to be
 *   long, such as a batch.
 */
export function withinReach<T>(
  db: Database,
  user: UserContext,
  work: (tx: DbOrTx) => Promise<T>,
  options: { timeout?: number } = {},
): Promise<T> {
  const { teams, player, people } = reachSettings(user);
  const { timeout } = options;
  return db.$transaction(
    async (tx) => {
      await tx.$queryRaw(Prisma.sql`SELECT set_config('heartbeat.teams', ${teams}, true),
        set_config('heartbeat.player', ${player}, true), set_config('heartbeat.user', ${user.userId}, true),
        set_config('heartbeat.people', ${people}, true)`);
      if (timeout) await tx.$queryRaw(Prisma.sql`SELECT set_config('statement_timeout', ${String(timeout)}, true)`);
      return timeout ? withPatience(timeout + MARGIN_MS, () => work(tx)) : work(tx);
    },
    { maxWait: MAX_WAIT_MS, ...options },
  );
}
