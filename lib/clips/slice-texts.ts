import { playedInTurns, type SliceRendition, sliceMultivariant, sliceRendition } from '#lib/delivery/slice-playlist.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { toGsUri } from '#lib/storage/port/object-keys.ts';
import { preparedRef } from '#lib/storage/port/prepared-keys.ts';
import { type PreparedMaster, type RenditionRow, toSliceRendition } from './slice-repo.ts';

/** The multivariant playlist of a clip's slice. */
export const SLICE_FILE = 'slice.m3u8';

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

/**
 * A playlist of what is played from a prepared master, with no object read.
 * @param fileName `playlist.m3u8` or `{rendition}.m3u8`.
 * @throws AppError 404 where there is no such rendition.
 */
export async function hlsOfSlice(
  deps: Deps,
  { rows, startS, signText }: SlicedFilm,
  fileName: string,
): Promise<{ body: string; expiresAt: Date }> {
  const [master] = rows;
  const renditions = playedInTurns(rows.map(toSliceRendition));
  if (!master) throw notFound('Playlist');
  if (fileName === 'playlist.m3u8') {
    const body = sliceMultivariant(renditions, startS, (name) => signText(name).url);
    return { body, expiresAt: signText(fileName).expiresAt };
  }
  const rendition = renditions.find(({ name }) => fileName === `${name}.m3u8`);
  if (!rendition) throw notFound('Rendition');
  const { urls, expiresAt } = await signFiles(deps, master, rendition);
  return { body: sliceRendition(rendition, startS, (name) => urls.get(name) ?? ''), expiresAt };
}
