import { checkedUri, multivariantPlaylist, segmentsPlaylist, type UriOf } from './playlist-text.ts';

/** One object of a prepared rendition. Times are the master's, in seconds, as a clip's timecodes count. */
export interface SliceSegment {
  /** `00042.m4s`. */
  fileName: string;
  generation: string;
  sizeBytes: number;
  /** When its key frame is shown. */
  startS: number;
  /** When the first of its pictures is shown: before `startS` where they lean on the segment before. */
  firstS: number;
  /** When the next segment's key frame is shown, or the last picture ends. */
  endS: number;
  /** When the first of its samples is decoded, picture or sound: what players of fragmented MP4 put a segment by. */
  decodedS: number;
}

/** A prepared rendition with the segments that somebody plays of it, in order. */
export interface SliceRendition {
  name: string;
  /** RFC 6381. */
  codecs: string;
  width: number;
  height: number;
  frameRate: number;
  init: { fileName: string; generation: string };
  segments: readonly SliceSegment[];
  /** Whether more of them come; they do not, unless told. */
  grows?: boolean;
}

/** Timecodes come rounded to the millisecond: a frame this close counts as reached, as in a cut (`lib/media/frames`). */
const TOLERANCE_S = 0.001;

/**
 * The segments that frames and sound from `startS` to before `endS` lie in, from the key frame at or before the first frame.
 * Sound may be stored with pictures that are shown later.
 */
export function segmentsTouched(
  segments: readonly SliceSegment[],
  { startS, endS }: { startS: number; endS: number },
): SliceSegment[] {
  const first = segments.findLastIndex((segment) => segment.startS <= startS + TOLERANCE_S);
  return segments
    .slice(Math.max(0, first))
    .filter(({ firstS, decodedS }) => Math.min(firstS, decodedS) < endS - TOLERANCE_S);
}

/** Half a frame of 60 a second: key frames that are this close are of one picture. */
const SAME_PICTURE_S = 1 / 120;

/**
 * The renditions that can be played in turns: all begin with the same picture as the first one, so that a place in one
 * playlist is the same place in the others. A rendition whose key frames lie elsewhere is left out.
 */
export const playedInTurns = (renditions: readonly SliceRendition[]): SliceRendition[] => {
  const beginsAt = ({ segments }: SliceRendition) => segments[0]?.startS ?? Number.NaN;
  const [lead] = renditions;
  return lead ? renditions.filter((rendition) => Math.abs(beginsAt(rendition) - beginsAt(lead)) < SAME_PICTURE_S) : [];
};

/**
 * How long each segment lasts by its playlist: from one first decoding to the next one's, so that a segment's place in
 * the playlist is the one that players compute from its own time stamps. The last one lasts until its pictures end.
 */
const lengthsOf = (segments: readonly SliceSegment[]): number[] =>
  segments.map(({ decodedS, endS }, at) => (segments[at + 1]?.decodedS ?? endS) - decodedS);

/** BANDWIDTH and AVERAGE-BANDWIDTH of just these segments, bits per second. */
export function ratesOf(segments: readonly SliceSegment[]): { bandwidthBps: number; averageBandwidthBps: number } {
  const lengths = lengthsOf(segments);
  const bits = segments.map(({ sizeBytes }) => sizeBytes * 8);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    bandwidthBps: Math.round(Math.max(...bits.map((each, at) => each / (lengths[at] || 1)))),
    averageBandwidthBps: Math.round(sum(bits) / (sum(lengths) || 1)),
  };
}

/** Where a moment of the master lies in the playlist of a rendition, in seconds from its beginning. */
export const offsetIn = ({ segments }: SliceRendition, startS: number): number =>
  Math.max(0, startS - (segments[0]?.decodedS ?? startS));

/** Where a player is to begin (RFC 8216 §4.3.5.2); nothing for who begins at the beginning. */
const startLines = (offsetS: number): string[] =>
  offsetS > 0 ? [`#EXT-X-START:TIME-OFFSET=${offsetS.toFixed(6)},PRECISE=YES`] : [];

/**
 * `playlist.m3u8` of a slice.
 * @param renditions that can be played in turns, with segments; the best one leads.
 * @param startS where the slice begins.
 */
export function sliceMultivariant(renditions: readonly SliceRendition[], startS: number, uriOf: UriOf): string {
  const [lead] = renditions;
  return multivariantPlaylist(
    renditions.map(({ name, segments, grows: _, ...facts }) => ({ name, index: { ...facts, ...ratesOf(segments) } })),
    uriOf,
    lead ? startLines(offsetIn(lead, startS)) : [],
  );
}

/**
 * `{rendition}.m3u8` of a slice: each segment an object of its own. Each rendition says for itself where the slice begins:
 * one whose pictures are stored out of order begins to be decoded earlier than another.
 * @param uriOf the signed URL of a file of the rendition.
 */
export function sliceRendition(rendition: SliceRendition, startS: number, uriOf: UriOf): string {
  const { init, segments, grows = false } = rendition;
  const lengths = lengthsOf(segments);
  const map = `#EXT-X-MAP:URI="${checkedUri(uriOf(init.fileName))}"`;
  return segmentsPlaylist({
    grows,
    head: ['#EXT-X-INDEPENDENT-SEGMENTS', ...startLines(offsetIn(rendition, startS)), map],
    segments: segments.map(({ fileName }, at) => ({
      durationS: lengths[at] ?? 0,
      lines: [checkedUri(uriOf(fileName))],
    })),
  });
}
