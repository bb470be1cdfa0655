import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { selectMasterPage } from './master-repo.ts';
import type { ListMastersQuery, MasterListJson } from './master-schemas.ts';
import { toMasterJson } from './master-serializer.ts';

/** One page of the masters of the caller's teams, newest first. */
export async function listMasters(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  query: ListMastersQuery,
): Promise<MasterListJson> {
  authorize(user, 'masters.read');
  const { masters, total } = await readWithinReach(deps.db, user, (reads) => selectMasterPage(reads, user, query));
  return {
    masters: masters.map((master) => toMasterJson(master)),
    total,
    limit: query.limit,
    offset: query.offset,
  };
}
