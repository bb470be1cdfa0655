import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, removeLocalPostgres } from '#lib/db/local-postgres.ts';
import { type Database, openDatabase } from '#lib/db/prisma-client.ts';
import { createApiKey } from '#lib/users/create-api-key.ts';
import { createUser } from '#lib/users/create-user.ts';
import { buildWeb } from '#scripts/portal/build-web.ts';
import { type PortalProcesses, startPortal } from '#scripts/portal/start-portal.ts';

export interface BenchPortal {
  portal: PortalProcesses;
  db: Database;
  /** Sends as the admin. */
  headers: Record<string, string>;
  /** The admin, for signing in. */
  account: { email: string; password: string };
  /** A folder of the benchmark's own. */
  dataDir: string;
}

/** A whole portal of the benchmark's own, gone afterwards. No worker runs unless asked for. */
export async function withBenchPortal<T>(
  use: (bench: BenchPortal) => Promise<T>,
  { workers = 0, env = {} }: { workers?: number; env?: Record<string, string> } = {},
): Promise<T> {
  await buildWeb();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'heartbeat-bench-'));
  const portal = await startPortal({
    dataDir,
    port: await freePort(),
    secret: randomBytes(32).toString('hex'),
    workers,
    durable: true,
    env: { LOG_LEVEL: 'warn', API_RATE_LIMIT_PER_MINUTE: '10000000', ...env },
  });
  const db = openDatabase(portal.postgres.url);
  try {
    const deps = { db, now: () => new Date() };
    const email = `${randomUUID()}@bench.local`;
    const account = { email, name: 'Bench', role: 'admin' as const, team_access: ['ALL'], password: randomUUID() };
    await createUser(deps, account);
    const { key } = await createApiKey(deps, { email, name: 'bench' });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return await use({ portal, db, headers, account, dataDir });
  } finally {
    await db.$disconnect();
    await portal.stop();
    await removeLocalPostgres(path.join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  }
}
