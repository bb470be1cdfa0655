import type { PortalDeps } from '#lib/deps.ts';
import { lockMaster } from './master-repo.ts';
import { prepareAgain, selectUnprepared, type UnpreparedMaster } from './preparation-repo.ts';

/**
 * Puts masters in line that were never prepared, or not to their end: the newest game's first. For a command, which sees
 * everybody's masters.
 * @param options.lakeUri one of them; `null`: all.
 * @param options.isDryRun tells which, and does nothing.
 */
export async function prepareUnprepared(
  deps: Pick<PortalDeps, 'db' | 'buckets' | 'queue'>,
  { lakeUri, isDryRun, onMaster }: { lakeUri: string | null; isDryRun: boolean; onMaster(uri: string): void },
): Promise<UnpreparedMaster[]> {
  const masters = await selectUnprepared(deps.db, lakeUri);
  for (const { id, lakeUri: uri } of masters) {
    if (!isDryRun) {
      await deps.db.$transaction(async (tx) => {
        await lockMaster(tx, id);
        await prepareAgain(tx, deps, id);
      });
    }
    onMaster(uri);
  }
  return masters;
}
