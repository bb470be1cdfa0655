import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach, withinReach } from '#lib/auth/within-reach.ts';
import { selectClipFilm } from '#lib/clips/clip-film-repo.ts';
import { signedPlaylistTexts } from '#lib/clips/clip-playlists.ts';
import type { ClipPlaylists } from '#lib/clips/clip-schemas.ts';
import { tellPlay } from '#lib/clips/record-play.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectTeamOfShown } from './reel-items-repo.ts';
import { readerOf } from './reel-reader.ts';
import { insertOpen } from './reel-repo.ts';

/** A clip as one reel shows it. */
export interface ShownClip {
  reel_id: string;
  clip_id: string;
}

/** Notes that the caller has opened a reel, so that it is new no more. @throws AppError 403, 404. */
export async function openReel(deps: Pick<PortalDeps, 'db'>, user: UserContext, id: string): Promise<void> {
  authorize(user, 'reels.read');
  const isThere = await withinReach(deps.db, user, (tx) => insertOpen(tx, user, id));
  if (!isThere) throw notFound('Reel');
}

/** The caller as one who reads what the reel shows to them. @throws AppError 403, 404 for a clip that it does not show. */
async function requireShown(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  { reel_id, clip_id }: ShownClip,
): Promise<UserContext> {
  authorize(user, 'reels.read');
  const team = await readWithinReach(deps.db, user, (reads) => selectTeamOfShown(reads, reel_id, clip_id));
  if (team === null) throw notFound('Clip');
  return readerOf(user, { id: reel_id, team_code: team });
}

/** Counts a play of a clip that a reel shows, as `tellPlay` counts those of one's own. @throws AppError 403, 404. */
export async function tellShownPlay(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  user: UserContext,
  shown: ShownClip,
): Promise<void> {
  await tellPlay(deps, await requireShown(deps, user, shown), shown.clip_id);
}

/**
 * The texts of a shown clip's playlists, with signed URLs in them: a player that has them asks for none.
 * @throws AppError 403, 404 for a clip that is not shown, or cannot be played (yet).
 */
export async function getShownPlaylists(
  deps: Pick<PortalDeps, 'db' | 'buckets' | 'delivery' | 'now'>,
  user: UserContext,
  shown: ShownClip,
): Promise<ClipPlaylists> {
  const reader = await requireShown(deps, user, shown);
  const film = await readWithinReach(deps.db, reader, (reads) =>
    selectClipFilm(reads, reader, shown.clip_id, { ofMaster: false }),
  );
  if (!film) throw notFound('Playlist');
  return signedPlaylistTexts(deps, reader, film);
}
