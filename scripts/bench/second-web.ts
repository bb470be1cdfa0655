import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { freePort } from '#lib/db/local-postgres.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { type ManagedProcess, startProcess } from '#scripts/portal/child-process.ts';
import type { BenchPortal } from './bench-portal.ts';

/** How long a web may take until it listens. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 5;

export interface SecondWeb {
  url: string;
  process: ManagedProcess;
}

/** Builds the web of another checkout by that checkout's own script, unless it is built. */
export async function buildCheckout(folder: string, signal: AbortSignal): Promise<void> {
  const build = path.join(folder, 'scripts/build.ts');
  await execa(process.execPath, [build], { cwd: folder, cancelSignal: signal, stdin: 'ignore' });
}

async function untilListening(port: number, web: ManagedProcess): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (performance.now() < deadlineMs) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`A web did not start:\n${await web.tail()}`);
}

/**
 * Starts one more web on the benchmark's database, of this checkout or another one, and returns the moment it listens. The
 * schema is this checkout's: a version before works beside it, as it does while a release is under way.
 */
export async function startSecondWeb({ portal, dataDir }: BenchPortal, folder = ROOT): Promise<SecondWeb> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const flags = (await import(pathToFileURL(path.join(folder, 'scripts/web-flags.mjs')).href)) as {
    WEB_FLAGS: string[];
  };
  const web = await startProcess({
    name: 'second-web',
    command: process.execPath,
    args: [...flags.WEB_FLAGS, path.join(folder, 'scripts/web.ts')],
    cwd: folder,
    env: { ...portal.env, PORT: String(port), NEXTAUTH_URL: url },
    logFile: path.join(dataDir, 'logs', `web-${port}.log`),
  });
  await untilListening(port, web);
  return { url, process: web };
}
