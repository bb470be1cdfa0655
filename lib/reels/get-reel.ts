import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { selectClipsById } from '#lib/clips/clip-repo.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { selectItems } from './reel-items-repo.ts';
import { readerOf } from './reel-reader.ts';
import { type ReelPlace, selectReel, selectReelPage } from './reel-repo.ts';
import type { ListReelsQuery, ReelJson, ReelListJson } from './reel-schemas.ts';
import { toItems, toReelSummary } from './reel-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/** The only order of the list, as its cursors name it. */
const SORT = 'reels';

/**
 * One page of the reels that are shown to the caller, the newest first.
 * @throws AppError 400 for a cursor that was never issued, 403.
 */
export async function listReels(
  deps: Pick<PortalDeps, 'db' | 'cursorSecret'>,
  user: UserContext,
  query: ListReelsQuery,
): Promise<ReelListJson> {
  authorize(user, 'reels.read');
  const { cursor } = query;
  const issued = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, SORT).value;
  const after = issued === null ? null : (JSON.parse(issued) as ReelPlace);
  const { reels, next } = await readWithinReach(deps.db, user, (reads) => selectReelPage(reads, user, query, after));
  const position = next && { sort: SORT, value: JSON.stringify(next), id: 0 };
  return {
    reels: reels.map((row) => toReelSummary(user, row)),
    next_cursor: position && encodeCursor(deps.cursorSecret, position),
  };
}

/**
 * One reel with what it shows. First the caller is told which clips those are; then they are read as by one who reads the
 * reel's team: these and no other.
 * @throws AppError 403, 404 for one that is not shown to the caller.
 */
export async function getReel(deps: Deps, user: UserContext, id: string): Promise<ReelJson> {
  authorize(user, 'reels.read');
  const [row, items] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReel(reads, user, id), selectItems(reads, id)]),
  );
  if (!row) throw notFound('Reel');
  const names = [...new Set(items.flatMap(({ clip_id }) => clip_id ?? []))];
  const reader = readerOf(user, row);
  const clips =
    names.length > 0 ? await readWithinReach(deps.db, reader, (reads) => selectClipsById(reads, reader, names)) : [];
  return { ...toReelSummary(user, row), items: await toItems(deps, user, row, items, clips) };
}
