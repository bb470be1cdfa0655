import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { Clip, ClipAsset, ClipFacts, ClipSlice } from './clip.ts';
import { selectSlices } from './slice-repo.ts';

/** Parts of a clip beside its facts. Those that are not included are empty. */
export interface ClipParts {
  assets: boolean;
  /** Where it lies in its master, as far as that is prepared. */
  slices: boolean;
  tags: boolean;
  /** The indexes of the assets: playlists are made from them. */
  indexes: boolean;
}

interface Parts {
  assets: ClipAsset[];
  tags: { clip_id: number; tag: string }[];
  slices: ({ clip_id: number } & ClipSlice)[];
}

/** The multivariant playlist leads: a client that takes the first `hls_playlist` gets every rendition. */
const leadsFirst = (a: ClipAsset, b: ClipAsset): number =>
  Number(b.gcs_uri.endsWith('/playlist.m3u8')) - Number(a.gcs_uri.endsWith('/playlist.m3u8')) || a.id - b.id;

/**
 * Assets, slices and tags of clips, as plain rows of three statements, whatever the number of clips.
 * @param ids an array: the ids of `media.clips`.
 */
export async function selectParts(reads: Reads, ids: Prisma.Sql, include: ClipParts): Promise<Parts> {
  const index = include.indexes ? Prisma.sql`a.delivery_index` : Prisma.sql`NULL AS delivery_index`;
  const [assets, slices, tags] = await Promise.all([
    include.assets
      ? reads.$queryRaw<Parts['assets']>`
          SELECT a.clip_id, a.id, a.asset_type, a.gcs_uri, a.cdn_path, a.file_size_bytes::float8 AS file_size_bytes,
            a.duration_s, a.width, a.height, a.codec, a.bitrate_kbps, a.generation,
            a.delivery_index ->> 'kind' AS index_kind, ${index}
          FROM media.clip_assets a WHERE a.clip_id = ANY(${ids})`
      : [],
    include.slices ? selectSlices(reads, ids) : [],
    include.tags
      ? reads.$queryRaw<Parts['tags']>`
          SELECT t.clip_id, t.tag FROM media.clip_tags t WHERE t.clip_id = ANY(${ids}) ORDER BY t.tag`
      : [],
  ]);
  return { assets, slices, tags };
}

/** Rows of clips with their parts. */
export function joinParts(rows: readonly ClipFacts[], parts: Parts): Clip[] {
  const clips = new Map(rows.map((row): [number, Clip] => [row.id, { ...row, assets: [], tags: [], slice: null }]));
  for (const asset of parts.assets) clips.get(asset.clip_id)?.assets.push(asset);
  for (const { clip_id, tag } of parts.tags) clips.get(clip_id)?.tags.push(tag);
  for (const { clip_id, ...slice } of parts.slices) {
    const clip = clips.get(clip_id);
    if (clip) clip.slice = slice;
  }
  const all = [...clips.values()];
  for (const { assets } of all) assets.sort(leadsFirst);
  return all;
}

/** The same for rows that are known already. */
export async function withParts(reads: Reads, rows: readonly ClipFacts[], include: ClipParts): Promise<Clip[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return joinParts(rows, await selectParts(reads, Prisma.sql`${ids}::int[]`, include));
}
