import { parse, setOptions } from 'hls-parser';
import type { RenditionIndex } from '#lib/delivery/delivery-index.ts';
import type { MadeFrame } from './made-times.ts';

// ffmpeg rounds the target duration of a very short clip down to 0, which the parser would print a complaint about.
setOptions({ silent: true });

export interface RenditionShape {
  codecs: string;
  width: number;
  height: number;
  frameRate: number;
}

type Segment = RenditionIndex['segments'][number];

/** When the frames of a rendition are shown, and where they lie in its file. */
interface RenditionFrames {
  /** In the order shown. */
  frames: readonly MadeFrame[];
  /** Seconds from the first frame to the end of the last. */
  durationS: number;
}

/**
 * Reads ffmpeg's media playlist of a single-file fMP4 rendition into its byte-range index. The playlist tells the byte
 * ranges; how long each lasts is measured, because ffmpeg 5.1 reckons the last one with the length of the first frame.
 * Throws when it is anything but consecutive byte ranges after one initialisation section, each with a frame.
 */
export function renditionIndexOf(
  playlistText: string,
  shape: RenditionShape,
  { frames, durationS }: RenditionFrames,
): RenditionIndex {
  const playlist = parse(playlistText);
  if (playlist.isMasterPlaylist)
    throw new Error('ffmpeg wrote a multivariant playlist where a media playlist belongs.');
  const init = playlist.segments[0]?.map?.byterange;
  if (!init) throw new Error('ffmpeg wrote a rendition without an initialisation section.');
  const ranges = playlist.segments.map(({ byterange: { offset, length } }) => ({ offset, length }));
  const segments = withoutShortTail(withDurations(ranges, { frames, durationS }));
  const longestS = Math.max(...segments.map(({ durationS }) => durationS));
  const { peakBps, averageBps } = bandwidthOf(segments, Math.max(1, Math.round(longestS)));
  return {
    kind: 'rendition',
    codecs: shape.codecs,
    bandwidthBps: peakBps,
    averageBandwidthBps: averageBps,
    width: shape.width,
    height: shape.height,
    frameRate: Math.round(shape.frameRate * 1000) / 1000,
    init: { offset: init.offset, length: init.length },
    segments,
  };
}

type ByteRange = Omit<Segment, 'durationS'>;

/** Microseconds, as ffmpeg writes them: sums of decimals are not exact. */
const toMicroseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** A segment lasts from its first frame to that of the next; the last one to the end. */
function withDurations(ranges: readonly ByteRange[], { frames, durationS }: RenditionFrames): Segment[] {
  const starts = ranges.map(({ offset, length }) => {
    const first = frames.find(({ byte }) => byte >= offset && byte < offset + length);
    if (!first) throw new Error('ffmpeg wrote a segment without a frame.');
    return first.atS;
  });
  return ranges.map((range, i) => ({
    durationS: toMicroseconds((starts[i + 1] ?? durationS) - (starts[i] ?? 0)),
    ...range,
  }));
}

/** Less than this rounds away in the target duration. */
const SHORT_TAIL_S = 0.5;

/**
 * Gives a last segment of a few frames to the one before it; their bytes are neighbours. Alone, a segment of one frame
 * makes Chromium stall just before the end (tried: 4.04 s at 25 fps), and costs a request and a false peak bit rate.
 */
function withoutShortTail(segments: Segment[]): Segment[] {
  const [before, tail] = segments.slice(-2);
  if (!before || !tail || tail.durationS >= SHORT_TAIL_S) return segments;
  const joined = {
    durationS: toMicroseconds(before.durationS + tail.durationS),
    offset: before.offset,
    length: before.length + tail.length,
  };
  return [...segments.slice(0, -2), joined];
}

/** CODECS of each rendition (by name) from ffmpeg's own multivariant playlist. Throws when one is missing. */
export function codecsByRendition(multivariantText: string): Map<string, string> {
  const playlist = parse(multivariantText);
  if (!playlist.isMasterPlaylist) throw new Error('ffmpeg wrote no multivariant playlist.');
  return new Map(
    playlist.variants.map(({ uri, codecs }) => {
      if (!codecs) throw new Error(`ffmpeg did not name the codecs of ${uri}.`);
      return [uri.replace(/\.m3u8$/, ''), codecs];
    }),
  );
}

/**
 * Bits per second, rounded up. The peak is RFC 8216's (§4.1): the highest rate of any run of consecutive segments that
 * lasts between 0.5 and 1.5 target durations; so a last segment of a few frames, all key frame, does not count alone.
 * A clip that is shorter than that is its own peak.
 */
export function bandwidthOf(
  segments: readonly Segment[],
  targetDurationS: number,
): { peakBps: number; averageBps: number } {
  const averageBps = rateOf(segments);
  let peakBps = 0;
  for (let first = 0; first < segments.length; first++) {
    for (let end = first + 1; end <= segments.length; end++) {
      const run = segments.slice(first, end);
      const lastsS = run.reduce((sum, { durationS }) => sum + durationS, 0);
      if (lastsS > 1.5 * targetDurationS) break;
      if (lastsS >= 0.5 * targetDurationS) peakBps = Math.max(peakBps, rateOf(run));
    }
  }
  return { peakBps: Math.max(peakBps, averageBps), averageBps };
}

function rateOf(segments: readonly Segment[]): number {
  const bytes = segments.reduce((sum, { length }) => sum + length, 0);
  const lastsS = segments.reduce((sum, { durationS }) => sum + durationS, 0);
  return Math.ceil((bytes * 8) / lastsS);
}
