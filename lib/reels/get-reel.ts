import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { selectClipsById } from '#lib/clips/clip-repo.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { selectItems } from './reel-items-repo.ts';
import { readerOf } from './reel-reader.ts';
import { countNewReels, type ReelPlace, type ReelRow, selectReel, selectReelPage } from './reel-repo.ts';
import type { ListReelsQuery, ReelJson, ReelListJson } from './reel-schemas.ts';
import { thumbnailOf, toItems, toReelSummary } from './reel-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;

/** The only order of the list, as its cursors name it. */
const SORT = 'reels';

/** The small pictures of the first clips, which the reels have said that they show to the caller, team by team. */
async function postersOf(
  deps: Deps,
  user: UserContext,
  reels: readonly ReelRow[],
): Promise<Map<string, string | null>> {
  const byTeam = Map.groupBy(
    reels.filter(({ first_clip }) => first_clip !== null),
    ({ team_code }) => team_code,
  );
  const found = await Promise.all(
    [...byTeam.values()].map(async (shown) => {
      const [reel] = shown;
      const reader = reel ? readerOf(user, reel) : user;
      const names = [...new Set(shown.flatMap(({ first_clip }) => first_clip ?? []))];
      const clips = await readWithinReach(deps.db, reader, (reads) => selectClipsById(reads, reader, names));
      return Promise.all(clips.map(async (clip) => [clip.clip_id, await thumbnailOf(deps, reader, clip)] as const));
    }),
  );
  return new Map(found.flat());
}

/**
 * One page of the reels that are shown to the caller, the newest first.
 * @throws AppError 400 for a cursor that was never issued, 403.
 */
export async function listReels(
  deps: Deps & Pick<PortalDeps, 'cursorSecret'>,
  user: UserContext,
  query: ListReelsQuery,
): Promise<ReelListJson> {
  authorize(user, 'reels.read');
  const { cursor } = query;
  const issued = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, SORT).value;
  const after = issued === null ? null : (JSON.parse(issued) as ReelPlace);
  const [{ reels, next }, new_count] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReelPage(reads, user, query, after), countNewReels(reads, user)]),
  );
  const posters = await postersOf(deps, user, reels);
  const position = next && { sort: SORT, value: JSON.stringify(next), id: 0 };
  return {
    reels: reels.map((row) => toReelSummary(user, row, posters.get(row.first_clip ?? '') ?? null)),
    new_count,
    next_cursor: position && encodeCursor(deps.cursorSecret, position),
  };
}

/** A reel, and which clips it shows to the caller. @throws AppError 404 for one that is not shown to them. */
export async function selectShown(deps: Pick<PortalDeps, 'db'>, user: UserContext, id: string) {
  const [reel, items] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectReel(reads, user, id), selectItems(reads, id)]),
  );
  if (!reel) throw notFound('Reel');
  return { reel, items };
}

/**
 * One reel with what it shows. First the caller is told which clips those are; then they are read as by one who reads the
 * reel's team: these and no other.
 * @throws AppError 403, 404 for one that is not shown to the caller.
 */
export async function getReel(deps: Deps, user: UserContext, id: string): Promise<ReelJson> {
  authorize(user, 'reels.read');
  const { reel: row, items } = await selectShown(deps, user, id);
  const names = [...new Set(items.flatMap(({ clip_id }) => clip_id ?? []))];
  const reader = readerOf(user, row);
  const clips =
    names.length > 0 ? await readWithinReach(deps.db, reader, (reads) => selectClipsById(reads, reader, names)) : [];
  const shown = await toItems(deps, user, row, items, clips);
  const poster = shown.find(({ clip }) => clip !== null)?.clip?.thumbnail_url ?? null;
  return { ...toReelSummary(user, row, poster), items: shown };
}
