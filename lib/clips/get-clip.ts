import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectClip } from './clip-repo.ts';
import type { ClipJson } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/** One clip with its assets and tags. @throws AppError 404 when there is none in the caller's reach. */
export async function getClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  authorize(user, 'clips.read');
  const clip = await withinReach(deps.db, user, (tx) => selectClip(tx, user, clipId));
  if (!clip) throw notFound('Clip');
  return toClipJson(deps, user, clip);
}
