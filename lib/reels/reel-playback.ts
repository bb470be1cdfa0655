import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { type ClipFile, type ClipText, getClipText } from '#lib/clips/clip-playlists.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectTeamOfShown } from './reel-items-repo.ts';
import { readerOf } from './reel-reader.ts';

/**
 * A clip's playlist or storyboard (`getClipText`), for whoever the token in its URL speaks for: where a reel gave the token,
 * for as long as that reel shows this clip to them.
 * @throws AppError 404 for a clip that is no longer in reach, or shown.
 */
export async function getShownText(
  deps: Pick<PortalDeps, 'db' | 'buckets' | 'delivery' | 'now'>,
  user: UserContext,
  clipId: string,
  fileName: string,
): Promise<ClipText | ClipFile> {
  const { reelId } = user;
  if (reelId === undefined) return getClipText(deps, user, clipId, fileName);
  const team = await readWithinReach(deps.db, user, (reads) => selectTeamOfShown(reads, reelId, clipId));
  if (team === null) throw notFound('Clip');
  return getClipText(deps, readerOf(user, { id: reelId, team_code: team }), clipId, fileName);
}
