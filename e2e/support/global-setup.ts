import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateApiKey, hashApiKey, hintOf } from '#lib/auth/api-key.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { freePort, removeLocalPostgres } from '#lib/db/local-postgres.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { insertApiKey, insertUser } from '#lib/users/user-repo.ts';
import { buildWeb } from '#scripts/portal/build-web.ts';
import { startPortal } from '#scripts/portal/start-portal.ts';
import { ACCOUNTS, PASSWORD } from './accounts.ts';
import type { PortalState } from './portal-state.ts';

/** Accounts and one API key each, by e-mail. */
async function seedAccounts(databaseUrl: string): Promise<Record<string, string>> {
  const db = openDatabase(databaseUrl);
  const keys: Record<string, string> = {};
  const passwordHash = await hashPassword(PASSWORD);
  for (const { email, name, role, teams, playerId } of ACCOUNTS) {
    const user = await insertUser(db, {
      id: randomUUID(),
      email,
      name,
      role,
      teamAccess: teams,
      playerId,
      passwordHash,
    });
    const key = generateApiKey();
    const hashed = { keyHash: hashApiKey(key), keyHint: hintOf(key), expiresAt: null };
    await insertApiKey(db, { id: randomUUID(), userId: user.id, name: 'test', ...hashed });
    keys[email] = key;
  }
  await db.$disconnect();
  return keys;
}

/** Builds the web if needed and starts a whole portal of the run's own: Postgres, disk store, web, one worker. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await buildWeb();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'heartbeat-e2e-'));
  const portal = await startPortal({
    dataDir,
    port: await freePort(),
    secret: randomUUID() + randomUUID(),
    workers: 1,
    durable: false,
  });
  const apiKeys = await seedAccounts(portal.postgres.url);
  const state: PortalState = {
    url: portal.url,
    dataDir,
    databaseUrl: portal.postgres.url,
    env: portal.env,
    workerPid: portal.workers[0]?.pid ?? 0,
    webPid: portal.web.pid,
    apiKeys,
  };
  const file = path.join(dataDir, 'state.json');
  await writeFile(file, JSON.stringify(state), { mode: 0o600 });
  // Playwright's test processes start after this and inherit it.
  process.env.HEARTBEAT_E2E_STATE = file;
  return async () => {
    await portal.stop();
    await removeLocalPostgres(path.join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  };
}
