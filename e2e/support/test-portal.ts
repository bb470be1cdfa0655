import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, removeLocalPostgres } from '#lib/db/local-postgres.ts';
import { startPortal } from '#scripts/portal/start-portal.ts';
import { ACCOUNTS } from './accounts.ts';
import type { LIBRARY_CLIPS } from './library.ts';
import type { PortalState } from './portal-state.ts';
import { seedAccounts, seedLibrary } from './seed.ts';

/** A whole portal of a lane's own, with its accounts and clips of the library: Postgres, disk store, built web, one worker. */
export async function openTestPortal(
  clips: typeof LIBRARY_CLIPS,
): Promise<{ stateFile: string; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'heartbeat-e2e-'));
  const workRoot = path.join(dataDir, 'work');
  await mkdir(workRoot);
  const portal = await startPortal({
    dataDir,
    port: await freePort(),
    secret: randomUUID() + randomUUID(),
    workers: 1,
    durable: false,
    env: {
      // The suites send more than people do; what refuses floods is tested with a web of its own.
      API_RATE_LIMIT_PER_MINUTE: '10000000',
      // Work folders of its own, apart from those of the portal that runs beside it.
      TMPDIR: workRoot,
      // Where `webhook-receiver.ts` listens: an address of this machine that nothing else of the run takes.
      WEBHOOK_ALLOW_PRIVATE_HOSTS: `127.0.0.9:${await freePort()}`,
    },
  });
  const close = async () => {
    await portal.stop();
    await removeLocalPostgres(path.join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const state: PortalState = {
      url: portal.url,
      dataDir,
      databaseUrl: portal.postgres.url,
      env: portal.env,
      workerPid: portal.workers[0]?.pid ?? 0,
      webPid: portal.web.pid,
      apiKeys: await seedAccounts(portal.postgres.url, ACCOUNTS),
      masters: { mtl: '', chi: '' },
      masterFiles: {
        mtl: path.join(dataDir, 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4'),
        chi: path.join(dataDir, 'p2-20251011-NHL-CHIvsMTL-20252026-20044.mp4'),
      },
    };
    state.masters = await seedLibrary(state, clips);
    const stateFile = path.join(dataDir, 'state.json');
    await writeFile(stateFile, JSON.stringify(state), { mode: 0o600 });
    return { stateFile, close };
  } catch (error) {
    await close();
    throw error;
  }
}
