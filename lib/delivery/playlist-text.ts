import type { RenditionIndex } from './delivery-index.ts';

export interface PlaylistRendition {
  /** `720`: its files are `720.m3u8` and `720.m4s`. */
  name: string;
  index: RenditionIndex;
}

/** What a multivariant playlist says of a rendition. */
export interface StreamFacts {
  name: string;
  index: Pick<RenditionIndex, 'codecs' | 'bandwidthBps' | 'averageBandwidthBps' | 'width' | 'height' | 'frameRate'>;
}

/** Turns a delivery file's name into what stands in the playlist: the name itself, or a signed URL. */
export type UriOf = (fileName: string) => string;

/** A URI in a playlist ends at its line or its quote; anything that could end it early never gets in. */
export function checkedUri(uri: string): string {
  if (uri === '' || /["\r\n]/.test(uri))
    throw new Error('A URI of a playlist is empty, or has a quote or a line break.');
  return uri;
}

/** Seconds with microseconds: enough to tell 59.94 from 60 frames a second over five minutes. */
const seconds = (value: number): string => value.toFixed(6);

/**
 * Best first, but a middle one leads: players without a bandwidth estimate, Safari's among them, start with the first
 * rendition listed (HLS Authoring Specification §9.11 leaves the order to the author). 720 starts quickly on a
 * phone and looks right on a laptop; with one or two renditions the best of them leads.
 */
function inStartOrder(renditions: readonly StreamFacts[]): StreamFacts[] {
  const best = renditions.toSorted((a, b) => b.index.bandwidthBps - a.index.bandwidthBps);
  const lead = best.length > 2 ? best[Math.floor(best.length / 2)] : best[0];
  return lead ? [lead, ...best.filter((rendition) => rendition !== lead)] : [];
}

/**
 * `playlist.m3u8`, the multivariant playlist (RFC 8216 §4.3.4). Throws when there is no rendition.
 * @param head lines for all renditions.
 */
export function multivariantPlaylist(
  renditions: readonly StreamFacts[],
  uriOf: UriOf,
  head: readonly string[] = [],
): string {
  if (renditions.length === 0) throw new Error('A multivariant playlist needs a rendition.');
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...head];
  for (const { name, index } of inStartOrder(renditions)) {
    const attributes = [
      `BANDWIDTH=${index.bandwidthBps}`,
      `AVERAGE-BANDWIDTH=${index.averageBandwidthBps}`,
      `CODECS="${index.codecs}"`,
      `RESOLUTION=${index.width}x${index.height}`,
      `FRAME-RATE=${index.frameRate.toFixed(3)}`,
    ];
    lines.push(`#EXT-X-STREAM-INF:${attributes.join(',')}`, checkedUri(uriOf(`${name}.m3u8`)));
  }
  return `${lines.join('\n')}\n`;
}

/** A byte range of a rendition's file, for as long as it is shown. */
export interface TimedRange {
  durationS: number;
  offset: number;
  length: number;
}

/** A segment of a playlist: how long it is shown, and the lines that say where it lies. */
interface ListedSegment {
  durationS: number;
  lines: readonly string[];
}

/** No segment of a prepared master is longer: its key frames lie at most so far apart (contract §7). */
const LONGEST_SEGMENT_S = 10;

/**
 * A media playlist (RFC 8216 §4.3.2, §4.3.3). Version 7 is what EXT-X-MAP in a playlist that is not of I-frames asks for
 * (§7: 6, and 7 by Apple's rules for fMP4).
 * @param grows whether segments are added to it: players ask again for it, until it ends. What it says of the longest
 *   one must not change meanwhile (§6.2.1).
 */
export function segmentsPlaylist({
  head,
  segments,
  grows = false,
}: {
  head: readonly string[];
  segments: readonly ListedSegment[];
  grows?: boolean;
}): string {
  const longestS = Math.max(grows ? LONGEST_SEGMENT_S : 0, ...segments.map(({ durationS }) => durationS));
  return `${[
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    // §4.3.3.1: no segment, rounded to the nearest second, is longer; at least 1, as 0 makes players reload or give up.
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longestS))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${grows ? 'EVENT' : 'VOD'}`,
    ...head,
    ...segments.flatMap(({ durationS, lines }) => [`#EXTINF:${seconds(durationS)},`, ...lines]),
    ...(grows ? [] : ['#EXT-X-ENDLIST']),
  ].join('\n')}\n`;
}

/** A playlist of byte ranges of one fragmented MP4 (RFC 8216 §4.3.2.2, §4.3.2.5). */
export function rangesPlaylist(
  { name, index }: PlaylistRendition,
  uriOf: UriOf,
  { kind, ranges }: { kind: string; ranges: readonly TimedRange[] },
): string {
  const media = checkedUri(uriOf(`${name}.m4s`));
  return segmentsPlaylist({
    head: [kind, `#EXT-X-MAP:URI="${media}",BYTERANGE="${index.init.length}@${index.init.offset}"`],
    segments: ranges.map(({ durationS, offset, length }) => ({
      durationS,
      lines: [`#EXT-X-BYTERANGE:${length}@${offset}`, media],
    })),
  });
}

/** `{rendition}.m3u8`: the segments of a rendition. */
export const mediaPlaylist = (rendition: PlaylistRendition, uriOf: UriOf): string =>
  rangesPlaylist(rendition, uriOf, { kind: '#EXT-X-INDEPENDENT-SEGMENTS', ranges: rendition.index.segments });
