import path from 'node:path';
import { freePort } from '#lib/db/local-postgres.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { type ManagedProcess, startProcess } from '#scripts/portal/child-process.ts';
import { WEB_FLAGS } from '#scripts/web-flags.mjs';
import { until } from './conditions.ts';
import { type RunningPortal, readPortalState } from './portal-state.ts';

/**
 * A second web on the same database and objects, with an environment of its own. Its URLs still name the first one,
 * unless the environment has a NEXTAUTH_URL.
 * @param firstPage what it is asked for first, until it answers; the others wait for its health.
 * @returns the address that it listens on, whatever it calls itself.
 * @throws Error with the end of its log, if it ends before it has answered.
 */
export async function startSecondWeb(
  env: Record<string, string>,
  state: RunningPortal = readPortalState(),
  firstPage = '/api/v2/clips/health',
): Promise<{ url: string; process: ManagedProcess }> {
  const port = env.PORT ?? String(await freePort());
  const web = await startProcess({
    name: 'second web',
    command: process.execPath,
    args: [...WEB_FLAGS, path.join(ROOT, 'scripts/web.ts')],
    cwd: ROOT,
    env: { ...state.env, ...env, PORT: port },
    logFile: path.join(state.dataDir, 'logs', `web-${port}.log`),
  });
  const url = `http://127.0.0.1:${port}`;
  let hasEnded = false;
  let isWanted = true;
  const end = <T>(way: () => T): T => {
    isWanted = false;
    return way();
  };
  void web.ended.then(async () => {
    hasEnded = true;
    // A test that asks it then says no more than that the connection was refused.
    if (isWanted) process.stderr.write(`A second web ended by itself:\n${await web.tail()}\n`);
  });
  const hasAnswered = async () => {
    if (hasEnded) throw new Error(`The second web ended:\n${await web.tail()}`);
    const status = await fetch(`${url}${firstPage}`, { redirect: 'manual' }).then(
      (response) => response.status,
      () => null,
    );
    // Whoever else answers there is not it.
    return !hasEnded && status !== null && status < 500;
  };
  await until(hasAnswered, { what: 'the second web' });
  return { url, process: { ...web, stop: () => end(web.stop), kill: () => end(web.kill) } };
}

/** One more worker on the run's portal. */
export function startAnotherWorker(name: string): Promise<ManagedProcess> {
  const state = readPortalState();
  return startProcess({
    name,
    command: process.execPath,
    args: [path.join(ROOT, 'scripts/worker.ts')],
    cwd: ROOT,
    env: state.env,
    logFile: path.join(state.dataDir, 'logs', `${name}.log`),
  });
}
