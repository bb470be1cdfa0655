import path from 'node:path';
import { parseEnv } from '#lib/config/env.ts';
import { openPortal } from '#lib/runtime/portal.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { cliLogger } from '#scripts/cli/open-portal.ts';
import type { CommandIo } from '#scripts/cli/run-command.ts';
import type { PortalProcesses } from '#scripts/portal/start-portal.ts';
import { readDemoFile, writeDemoFile } from './demo-file.ts';
import { type Demo, ensureSampleAccounts } from './sample-accounts.ts';
import { createSampleLibrary, waitForSampleClips } from './sample-library.ts';

/**
 * Accounts, `demo.json`, and the sample library cut by the running worker. A run that was cut off goes on where it
 * stopped; a full one only looks that all is there.
 */
export async function fillDemo(
  processes: PortalProcesses,
  options: { dataDir: string; masters: readonly string[] },
  { reporter, signal }: CommandIo,
): Promise<Demo> {
  const env = parseEnv(processes.env);
  const portal = await openPortal(env, { logger: cliLogger(env.LOG_LEVEL), name: 'heartbeat-demo' });
  try {
    const demo = await ensureSampleAccounts(portal.deps, processes.url, await readDemoFile(options.dataDir));
    await writeDemoFile(options.dataDir, demo);
    // Whoever is an admin now: people may have taken that from the sample's.
    const admin = await findActingUser(portal.deps);

    reporter.start('Looking after the sample library …');
    const workDir = path.join(options.dataDir, 'sample');
    const made = await createSampleLibrary(portal, admin, {
      workDir,
      masters: options.masters,
      signal,
      onProgress: (text, fraction) => reporter.update(text, fraction),
    });
    const wait = await waitForSampleClips(portal.deps, admin, {
      signal,
      onProgress: ({ ready, failed, total }) =>
        reporter.update(`Cutting clips: ${ready + failed} of ${total}`, (ready + failed) / Math.max(1, total)),
    });
    const news = made.clipsMade > 0 ? `, ${made.clipsMade} of them new` : '';
    const failed = wait.failed > 0 ? `; ${wait.failed} failed, see the worker's log` : '';
    reporter.succeed(`${wait.total} clips${news}${failed}`);
    if (made.playsMade > 0) reporter.succeed(`${made.playsMade} plays of a game, each at its moment of the film`);
    return demo;
  } finally {
    await portal.close();
  }
}
