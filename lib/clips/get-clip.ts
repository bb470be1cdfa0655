import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { placeInLine } from '#lib/jobs/cut-line.ts';
import { selectClip } from './clip-repo.ts';
import type { ClipJson } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/**
 * One clip with its assets and tags, and while it waits to be cut, its place in line.
 * @throws AppError 404 when there is none in the caller's reach.
 */
export async function getClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  authorize(user, 'clips.read');
  const found = await readWithinReach(deps.db, user, async (reads) => {
    const clip = await selectClip(reads, user, clipId, { assets: true, tags: true, indexes: false });
    return clip && { clip, place: clip.processingStatus === 'pending' ? await placeInLine(reads, clipId) : null };
  });
  if (!found) throw notFound('Clip');
  const json = await toClipJson(deps, user, found.clip);
  return found.place === null ? json : { ...json, place_in_line: found.place };
}
