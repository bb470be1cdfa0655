import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import { AppError } from '#lib/errors.ts';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';
import { WEB_FLAGS } from '#scripts/web-flags.mjs';
import { ROOT } from './build-web.ts';
import { type ManagedProcess, startProcess } from './child-process.ts';

/** How long the web may take to answer after its start. */
const START_PATIENCE_MS = 30_000;

export interface PortalProcesses {
  url: string;
  /** The environment that web and worker run in: what a command line needs to act on this portal. */
  env: Record<string, string>;
  postgres: LocalPostgres;
  web: ManagedProcess;
  workers: ManagedProcess[];
  /** Starts the web again, after it was killed. */
  startWeb(): Promise<ManagedProcess>;
  startWorker(): Promise<ManagedProcess>;
  stop(): Promise<void>;
}

export interface PortalSettings {
  dataDir: string;
  port: number;
  secret: string;
  workers: number;
  /** False for tests: nothing survives the machine's crash, and all is faster. */
  durable: boolean;
  env?: Record<string, string>;
}

/** Whether a loopback port can be listened on. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

async function waitUntilHealthy(url: string, web: ManagedProcess): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  let ended = false;
  void web.ended.then(() => {
    ended = true;
  });
  while (Date.now() < deadline && !ended) {
    const response = await fetch(`${url}/api/v2/clips/health`).catch(() => null);
    if (response?.ok) return;
    await sleep(150);
  }
  const detail = `The web did not start:\n${await web.tail()}`;
  throw new AppError({ status: 500, code: 'web_not_started', detail });
}

/** Only what the processes need; nothing of the caller's environment but where programs and files of the moment are. */
function processEnv(settings: PortalSettings, databaseUrl: string, url: string): Record<string, string> {
  const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: settings.secret,
    MEDIA_DISK_ROOT: path.join(settings.dataDir, 'objects'),
    PORT: String(settings.port),
    HOSTNAME: '127.0.0.1',
    LOG_LEVEL: 'info',
    ...settings.env,
  };
}

/** Starts Postgres, migrates it, then starts the built web and the workers, each logging below `dataDir/logs`. */
export async function startPortal(settings: PortalSettings): Promise<PortalProcesses> {
  const url = `http://localhost:${settings.port}`;
  await mkdir(path.join(settings.dataDir, 'objects'), { recursive: true });
  const postgres = await startLocalPostgres({
    dataDir: path.join(settings.dataDir, 'postgres'),
    durable: settings.durable,
  });
  const started: ManagedProcess[] = [];
  const stop = async () => {
    await Promise.all(started.map((child) => child.stop()));
    await postgres.stop();
  };
  try {
    await migrateDatabase(postgres.url);
    const env = processEnv(settings, postgres.url, url);
    const start = async (name: string, args: string[]) => {
      const logFile = path.join(settings.dataDir, 'logs', `${name}.log`);
      const child = await startProcess({ name, command: process.execPath, args, cwd: ROOT, env, logFile });
      started.push(child);
      return child;
    };
    const startWeb = () => start('web', [...WEB_FLAGS, path.join(ROOT, 'scripts/web.ts')]);
    const web = await startWeb();
    const workers: ManagedProcess[] = [];
    const startWorker = async () => {
      const worker = await start(`worker-${workers.length + 1}`, [path.join(ROOT, 'scripts/worker.ts')]);
      workers.push(worker);
      return worker;
    };
    await waitUntilHealthy(url, web);
    for (let index = 0; index < settings.workers; index++) await startWorker();
    return { url, env, postgres, web, workers, startWeb, startWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
