import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type LocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import type { PortalProcesses } from '#scripts/portal/start-portal.ts';
import type { Kill, Victim } from './chaos-plan.ts';

/** A killed postmaster's children hold its shared memory for a moment; a start meanwhile is refused. */
const START_TRIES = 20;
const START_EVERY_MS = 250;

/** Whether there was something to kill: a process that other faults brought down has ended by itself. */
async function killProcess({ ended, kill }: ManagedProcess): Promise<boolean> {
  const wasAlive = await Promise.race([ended.then(() => false), sleep(0, true)]);
  kill();
  await ended;
  return wasAlive;
}

/** Kills one backend that works for the portal; Postgres then ends all others and recovers by itself. */
async function killBackend(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // Whoever kills a backend loses the own one as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1`,
    );
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  } catch {
    // It was away already.
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function restartPostgres(dataDir: string, url: string): Promise<LocalPostgres> {
  const port = Number(new URL(url).port);
  for (let tries = 1; ; tries++) {
    try {
      return await startLocalPostgres({ dataDir, durable: true, port });
    } catch (error) {
      if (tries === START_TRIES) throw error;
      await sleep(START_EVERY_MS);
    }
  }
}

/**
 * The portal's processes by the names of the plan; each kill starts its victim again after its absence.
 * @param onGone told of a victim that had ended before it was its turn.
 */
export function killerOf(portal: PortalProcesses, onGone: (victim: Victim) => void): (kill: Kill) => Promise<void> {
  const { url, dataDir } = portal.postgres;
  let { postgres, web } = portal;
  const workers = new Map<Victim, ManagedProcess | undefined>([
    ['worker-1', portal.workers[0]],
    ['worker-2', portal.workers[1]],
  ]);
  return async ({ victim, awayMs }) => {
    if (victim === 'backend') return killBackend(url);
    if (victim === 'postgres') {
      postgres.kill();
      await sleep(awayMs);
      postgres = await restartPostgres(dataDir, url);
      return;
    }
    if (victim === 'web') {
      if (!(await killProcess(web))) onGone(victim);
      await sleep(awayMs);
      web = await portal.startWeb();
      return;
    }
    const worker = workers.get(victim);
    if (worker && !(await killProcess(worker))) onGone(victim);
    await sleep(awayMs);
    workers.set(victim, await portal.startWorker());
  };
}
