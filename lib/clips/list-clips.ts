import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import type { ListClipsQuery } from './clip-filter-schemas.ts';
import { selectClipPage } from './clip-repo.ts';
import type { ClipListJson } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger' | 'cursorSecret'>;

/**
 * One page of the clips that the caller may see, newest first unless asked otherwise, with the total.
 * @throws AppError 400 for a cursor that was never issued, 403 for the trash.
 */
export async function listClips(deps: Deps, user: UserContext, query: ListClipsQuery): Promise<ClipListJson> {
  authorize(user, 'clips.read');
  const { sort, limit, offset, cursor, include: parts, deleted, ...filter } = query;
  if (deleted === 'true') authorize(user, 'clips.delete');
  const after = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, sort);
  const include = { assets: parts.includes('assets'), tags: parts.includes('tags') };
  const page = await readWithinReach(deps.db, user, (reads) =>
    selectClipPage(reads, user, {
      filter,
      sort,
      limit,
      offset,
      after,
      include,
      place: deleted === 'true' ? 'trash' : 'library',
    }),
  );
  const clips = await Promise.all(page.clips.map((clip) => toClipJson(deps, user, clip)));
  return {
    // Without the tags there is no telling the version.
    clips: include.tags ? clips : clips.map((clip) => ({ ...clip, version: null })),
    total: page.total,
    total_capped: page.totalCapped,
    limit,
    offset,
    next_cursor: page.next && encodeCursor(deps.cursorSecret, page.next),
  };
}
