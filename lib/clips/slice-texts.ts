import { playedInTurns, type SliceRendition, sliceMultivariant, sliceRendition } from '#lib/delivery/slice-playlist.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { toGsUri } from '#lib/storage/port/object-keys.ts';
import { preparedRef } from '#lib/storage/port/prepared-keys.ts';
import { type PreparedMaster, type RenditionRow, toSliceRendition } from './slice-repo.ts';

/** The multivariant playlist of what there is of a clip. */
export const PLAYLIST_FILE = 'playlist.m3u8';
/** The multivariant playlist of a clip's slice. */
export const SLICE_FILE = 'slice.m3u8';

/** The name that a clip's slice has a rendition's playlist under. */
export const sliceFile = (renditionFile: string): string => `slice-${renditionFile}`;

type Deps = Pick<PortalDeps, 'buckets' | 'delivery'>;

/** Each file of a rendition signed for itself, so that it opens nothing beside it; by file name. */
async function signFiles(
  { buckets, delivery }: Deps,
  master: PreparedMaster,
  { name, init, segments }: SliceRendition,
): Promise<{ urls: Map<string, string>; expiresAt: Date }> {
  const signed = await Promise.all(
    [init, ...segments].map(async ({ fileName, generation }) => {
      const uri = toGsUri(preparedRef(buckets, master, { folder: name, fileName }));
      return { fileName, ...(await delivery.signObject(uri, { generation })) };
    }),
  );
  const expiresAt = new Date(Math.min(...signed.map((file) => file.expiresAt.getTime())));
  return { urls: new Map(signed.map(({ fileName, url }) => [fileName, url])), expiresAt };
}

/** A film that is played from a prepared master. */
export interface SlicedFilm {
  /** Best first, each with the segments that are played. */
  rows: readonly RenditionRow[];
  /** Where it begins in the master, in seconds. */
  startS: number;
  /** The signed URL of a rendition's playlist, by its file name. */
  signText(fileName: string): { url: string; expiresAt: Date };
}

/** The renditions that are played in turns, and the master that they are of. */
function playedOf({ rows }: SlicedFilm) {
  const [master] = rows;
  if (!master) throw notFound('Playlist');
  return { master, renditions: playedInTurns(rows.map(toSliceRendition)) };
}

/** The playlist of one rendition, and when the first of its signatures ends. */
async function signedRendition(deps: Deps, master: PreparedMaster, rendition: SliceRendition, startS: number) {
  const { urls, expiresAt } = await signFiles(deps, master, rendition);
  return { body: sliceRendition(rendition, startS, (name) => urls.get(name) ?? ''), expiresAt };
}

/**
 * A playlist of what is played from a prepared master, with no object read.
 * @param fileName `playlist.m3u8` or `{rendition}.m3u8`.
 * @throws AppError 404 where there is no such rendition.
 */
export async function hlsOfSlice(
  deps: Deps,
  film: SlicedFilm,
  fileName: string,
): Promise<{ body: string; expiresAt: Date }> {
  const { startS, signText } = film;
  const { master, renditions } = playedOf(film);
  if (fileName === PLAYLIST_FILE) {
    const body = sliceMultivariant(renditions, startS, (name) => signText(name).url);
    return { body, expiresAt: signText(fileName).expiresAt };
  }
  const rendition = renditions.find(({ name }) => fileName === `${name}.m3u8`);
  if (!rendition) throw notFound('Rendition');
  return signedRendition(deps, master, rendition, startS);
}

/**
 * All playlists of a slice by the names that they are asked for under, for a player that takes texts: the multivariant one
 * and one of each rendition.
 * @throws AppError 404 where nothing is prepared.
 */
export async function hlsTextsOfSlice(
  deps: Deps,
  film: SlicedFilm,
): Promise<{ texts: Record<string, string>; expiresAt: Date }> {
  const { master, renditions } = playedOf(film);
  const { body, expiresAt } = await hlsOfSlice(deps, film, PLAYLIST_FILE);
  const each = await Promise.all(
    renditions.map(async (rendition) => ({
      name: sliceFile(`${rendition.name}.m3u8`),
      ...(await signedRendition(deps, master, rendition, film.startS)),
    })),
  );
  return {
    texts: { [SLICE_FILE]: body, ...Object.fromEntries(each.map((text) => [text.name, text.body])) },
    expiresAt: new Date(Math.min(...[expiresAt, ...each.map((text) => text.expiresAt)].map(Number))),
  };
}
