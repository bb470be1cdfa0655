import path from 'node:path';
import { execa } from 'execa';
import { BASE_URL, BUCKETS, type PortalFixture } from './portal-fixture.ts';

const WORKER = path.resolve(import.meta.dirname, '../../scripts/worker.ts');

export interface WorkerProcess {
  pid: number;
  /** SIGKILL, as when the machine fails. */
  kill(): Promise<void>;
}

/** A worker of the portal as a process of its own. */
export function startWorkerProcess({ databaseUrl, storeRoot }: PortalFixture): WorkerProcess {
  const child = execa(process.execPath, [WORKER], {
    ...{ stdio: 'ignore', reject: false },
    env: {
      ...{ DATABASE_URL: databaseUrl, MEDIA_STORE: 'disk', MEDIA_DISK_ROOT: storeRoot },
      ...{ MEDIA_LAKE_BUCKET: BUCKETS.lake, MEDIA_GCS_BUCKET: BUCKETS.media },
      ...{ NEXTAUTH_URL: BASE_URL, NEXTAUTH_SECRET: 'a secret of the tests, long enough for it' },
    },
  });
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}
