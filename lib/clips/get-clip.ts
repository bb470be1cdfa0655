import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type FoundClip, selectClipFilm, selectFilmOf, selectFound } from './clip-film-repo.ts';
import { playlistTexts } from './clip-playlists.ts';
import type { ClipJson, ClipPlaylists, PlaylistTexts } from './clip-schemas.ts';
import { toClipJson } from './clip-serializer.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger'>;
type WatchDeps = Deps & Pick<PortalDeps, 'buckets'>;

type Select<T> = Parameters<typeof readWithinReach<T | null>>[2];

/** What `select` finds of a clip by the caller's rights; 404 when it finds nothing. */
async function find<T>(deps: Deps, user: UserContext, select: Select<T>): Promise<T> {
  authorize(user, 'clips.read');
  const found = await readWithinReach(deps.db, user, select);
  if (!found) throw notFound('Clip');
  return found;
}

export async function jsonOf(deps: Deps, user: UserContext, { clip, place }: FoundClip): Promise<ClipJson> {
  const json = await toClipJson(deps, user, clip);
  return place === null ? json : { ...json, place_in_line: place };
}

/**
 * One clip with its assets and tags, and while it waits to be cut, its place in line.
 * @throws AppError 404 when there is none in the caller's reach.
 */
export async function getClip(deps: Deps, user: UserContext, clipId: string): Promise<ClipJson> {
  const parts = { assets: true, slices: true, tags: true, indexes: false };
  return jsonOf(deps, user, await find(deps, user, (reads) => selectFound(reads, user, clipId, parts)));
}

/** The same for a page that plays it, with the texts of its playlists: the player need not ask for them. */
export async function getClipToWatch(
  deps: WatchDeps,
  user: UserContext,
  clipId: string,
): Promise<{ clip: ClipJson; playlists: PlaylistTexts | null }> {
  const parts = { assets: true, slices: true, tags: true, indexes: true };
  const { found, film } = await find(deps, user, async (reads) => {
    const clip = await selectFound(reads, user, clipId, parts);
    return clip && { found: clip, film: await selectFilmOf(reads, clip.clip) };
  });
  const texts = film && (await playlistTexts(deps, user, film));
  return { clip: await jsonOf(deps, user, found), playlists: texts?.playlists ?? null };
}

/**
 * The texts of a clip's playlists, for a player that knows its assets already.
 * @throws AppError 404 for a clip that is not in reach, or that cannot be played (yet).
 */
export async function getPlaylists(deps: WatchDeps, user: UserContext, clipId: string): Promise<ClipPlaylists> {
  const found = await find(deps, user, async (reads) => ({
    film: await selectClipFilm(reads, user, clipId, { ofMaster: false }),
  }));
  if (!found.film) throw notFound('Playlist');
  return playlistTexts(deps, user, found.film);
}
