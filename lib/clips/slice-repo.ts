import type { Prisma, Reads } from '#lib/db/prisma-client.ts';
import type { SliceRendition } from '#lib/delivery/slice-playlist.ts';
import { PREPARED_INIT, segmentName } from '#lib/storage/port/prepared-keys.ts';
import type { ClipSlice } from './clip.ts';

/**
 * Where clips lie in their slices, for those that can be played so; one statement whatever their number.
 * @param ids of `media.clips`.
 */
export const selectSlices = (reads: Reads, ids: Prisma.Sql): Promise<({ clip_id: number } & ClipSlice)[]> =>
  reads.$queryRaw`SELECT s.clip_id, s.offset_s FROM media.slices_of(${ids}) s`;

/** The prepared master that a clip is played from. */
export interface PreparedMaster {
  teamCode: string;
  season: string;
  gameId: string;
  masterId: string;
}

/** A row of `media.prepared_segments` as JSON. */
interface SegmentJson {
  number: number;
  start_s: number;
  duration_s: number;
  first_s: number;
  decoded_s: number;
  size_bytes: number;
  generation: string;
}

/** A rendition of a prepared master with segments of it, as SQL says it. */
export interface RenditionRow extends PreparedMaster {
  name: string;
  codecs: string;
  width: number;
  height: number;
  frameRate: number;
  initGeneration: string;
  segments: SegmentJson[];
  /** Whether more segments come; of a clip never: it has all of its own, or none. */
  grows?: boolean;
}

/** The row as playlists are made of it. */
export const toSliceRendition = (row: RenditionRow): SliceRendition => {
  const { name, codecs, width, height, frameRate } = row;
  return {
    ...{ name, codecs, width, height, frameRate, grows: row.grows === true },
    init: { fileName: PREPARED_INIT, generation: row.initGeneration },
    segments: row.segments.map((segment) => ({
      fileName: segmentName(segment.number),
      generation: segment.generation,
      sizeBytes: segment.size_bytes,
      startS: segment.start_s,
      firstS: segment.first_s,
      endS: segment.start_s + segment.duration_s,
      decodedS: segment.decoded_s,
    })),
  };
};

/** The renditions that one clip of the caller's reach can be played from, best first, with the segments that it touches. */
export const selectSliceRenditions = (reads: Reads, clipId: string): Promise<RenditionRow[]> =>
  reads.$queryRaw`
    SELECT s.team_code AS "teamCode", s.season, s.game_id AS "gameId", s.master_id AS "masterId", s.name, s.codecs,
      s.width, s.height, s.frame_rate AS "frameRate", s.init_generation AS "initGeneration", s.segments
    FROM media.slice_renditions(${clipId}) s`;
