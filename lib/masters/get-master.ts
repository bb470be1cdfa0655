import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectMaster } from './master-repo.ts';
import type { MasterJson } from './master-schemas.ts';
import { toMasterJson } from './master-serializer.ts';

/** One master; a ready one with a URL to watch it, or to save it under its name. @throws AppError 403, 404. */
export async function getMaster(
  deps: Pick<PortalDeps, 'db' | 'delivery'>,
  user: UserContext,
  id: string,
): Promise<MasterJson> {
  authorize(user, 'masters.read');
  const master = await readWithinReach(deps.db, user, (reads) => selectMaster(reads, user, id));
  if (!master) throw notFound('Master');
  if (master.status !== 'ready') return toMasterJson(master);
  const { generation, filename } = master;
  const { url } = await deps.delivery.signObject(master.lake_uri, { generation, downloadName: filename });
  return toMasterJson(master, url);
}
