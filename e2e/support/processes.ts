import path from 'node:path';
import { freePort } from '#lib/db/local-postgres.ts';
import { ROOT, WEB_SERVER } from '#scripts/portal/build-web.ts';
import { type ManagedProcess, startProcess } from '#scripts/portal/child-process.ts';
import { until } from './conditions.ts';
import { readPortalState } from './portal-state.ts';

/**
 * A second web on the same database and objects, with an environment of its own; its URLs still name the first one.
 * @param given a free port that the environment has been made for.
 */
export async function startSecondWeb(
  env: Record<string, string>,
  given?: number,
): Promise<{ url: string; process: ManagedProcess }> {
  const state = readPortalState();
  const port = given ?? (await freePort());
  const web = await startProcess({
    name: 'second web',
    command: process.execPath,
    args: [WEB_SERVER],
    cwd: path.dirname(WEB_SERVER),
    env: { ...state.env, PORT: String(port), ...env },
    logFile: path.join(state.dataDir, 'logs', 'second-web.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(`${url}/api/v2/clips/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { what: 'the second web' },
  );
  return { url, process: web };
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
