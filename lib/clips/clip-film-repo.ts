import type { UserContext } from '#lib/auth/user-context.ts';
import type { Reads } from '#lib/db/prisma-client.ts';
import { placeInLine } from '#lib/jobs/cut-line.ts';
import type { Clip } from './clip.ts';
import { selectClip } from './clip-repo.ts';
import type { ClipParts } from './clip-rows-sql.ts';
import { type RenditionRow, selectSliceRenditions } from './slice-repo.ts';

/** A clip, and its place among those that wait to be cut; `null` when it does not. */
export interface FoundClip {
  clip: Clip;
  place: number | null;
}

/** A clip of the caller's reach and its place in line. */
export async function selectFound(
  reads: Reads,
  user: UserContext,
  clipId: string,
  parts: ClipParts,
): Promise<FoundClip | null> {
  const clip = await selectClip(reads, user, clipId, parts);
  return clip && { clip, place: clip.processing_status === 'pending' ? await placeInLine(reads, clipId) : null };
}

/** A clip with what its playlists are made from. */
export interface ClipFilm {
  /** With its assets and their indexes. */
  clip: Clip;
  /** The renditions of its slice, where it is played from there. */
  sliced: RenditionRow[];
}

/**
 * What a clip of the caller's reach can be played from, or `null`: its slice where nothing that was cut for it has an index.
 * @param clip with its assets and their indexes.
 * @param ofMaster its slice, whatever was cut.
 */
export async function selectFilmOf(
  reads: Reads,
  clip: Clip,
  { ofMaster }: { ofMaster: boolean } = { ofMaster: false },
): Promise<ClipFilm | null> {
  const isReady = clip.processing_status === 'ready';
  const isCut = isReady && clip.assets.some(({ index_kind: kind }) => kind === 'rendition');
  const sliced = isCut && !ofMaster ? [] : await selectSliceRenditions(reads, clip.clip_id);
  return isReady || sliced.length > 0 ? { clip, sliced } : null;
}

/** A clip with what it can be played from; `null` where it is out of reach, or nothing is there to be played. */
export async function selectClipFilm(
  reads: Reads,
  user: UserContext,
  clipId: string,
  from: { ofMaster: boolean },
): Promise<ClipFilm | null> {
  const clip = await selectClip(reads, user, clipId, { assets: true, slices: false, tags: false, indexes: true });
  return clip && selectFilmOf(reads, clip, from);
}
