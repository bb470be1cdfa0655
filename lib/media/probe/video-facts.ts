import { type AudioFacts, MediaError, type Rational, type VideoFacts } from '#lib/media/media-types.ts';
import { AUDIO_DECODERS, VIDEO_DECODERS } from '#lib/media/tools/confinement.ts';
import { colourFactsOf, requireReadableColours } from './colour-facts.ts';
import type { Opening } from './opening.ts';
import type { ProbedStream } from './probe-json.ts';
import { parseRational, toNumber } from './rational.ts';
import { streamLengthS } from './stream-length.ts';

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);

/** A cover picture in a video file is a video stream to ffmpeg, and no video to anybody else. */
const isPicture = (stream: ProbedStream): boolean =>
  stream.disposition.attached_pic === 1 || stream.disposition.timed_thumbnails === 1;

/** Whether a stream can be decoded here: others are chosen only where there is nothing else, and then refused by name. */
const isDecodable = (stream: ProbedStream): boolean => VIDEO_DECODERS.some((known) => known === stream.codec_name);

/** A track that lasts less than this much of the longest is a title or a still, not the recording. */
const REAL_SHARE = 0.5;

const areaOf = ({ width = 0, height = 0 }: ProbedStream): number => width * height;

/**
 * The picture that plays: of the video streams that can be decoded and last as long as the recording the largest; of
 * those the longest, the one marked as default, the first. A camera's proxy, a thumbnail and a still are smaller or
 * shorter, wherever they stand and whatever they are marked as. Null when there is none.
 */
export function pickVideo(streams: readonly ProbedStream[]): ProbedStream | null {
  const all = streams.filter((stream) => stream.codec_type === 'video' && !isPicture(stream));
  const decodable = all.filter(isDecodable);
  const candidates = (decodable.length > 0 ? decodable : all).filter(({ nb_frames }) => nb_frames !== 1);
  const longestS = Math.max(0, ...candidates.map(streamLengthS).filter(Number.isFinite));
  const real = candidates.filter((stream) => streamLengthS(stream) >= longestS * REAL_SHARE);
  const order = (a: ProbedStream, b: ProbedStream): number =>
    areaOf(b) - areaOf(a) ||
    lengthOrder(a, b) ||
    (b.disposition.default ?? 0) - (a.disposition.default ?? 0) ||
    a.index - b.index;
  return real.sort(order)[0] ?? decodable[0] ?? all[0] ?? null;
}

/** Tracks of one recording may differ by a few frames, and one that does not say how long it is may be the longest. */
const SAME_LENGTH_S = 0.5;

function lengthOrder(a: ProbedStream, b: ProbedStream): number {
  const [aS, bS] = [streamLengthS(a), streamLengthS(b)];
  return !Number.isFinite(aS) || !Number.isFinite(bS) || Math.abs(aS - bS) <= SAME_LENGTH_S ? 0 : bS - aS;
}

/**
 * Frames per second. Interlaced H.264 in a transport stream reports its fields as r_frame_rate, twice the frames;
 * and a file of a few irregular frames reports an absurd one: the average is the truth whenever the two disagree.
 */
function frameRateOf(stream: ProbedStream): { frameRate: Rational; isVariable: boolean } {
  const regular = parseRational(stream.r_frame_rate);
  const average = parseRational(stream.avg_frame_rate);
  if (!regular && !average) return { frameRate: { num: 25, den: 1 }, isVariable: true };
  if (!regular || !average) return { frameRate: regular ?? average ?? { num: 25, den: 1 }, isVariable: false };
  const ratio = toNumber(regular) / toNumber(average);
  if (Math.abs(ratio - 1) < 0.002) return { frameRate: regular, isVariable: false };
  if (Math.abs(ratio - 2) < 0.004 && isInterlaced(stream)) {
    return { frameRate: { num: regular.num, den: regular.den * 2 }, isVariable: false };
  }
  // An AVI has one rate; its header may count in half frames.
  if (Math.abs(ratio - 0.5) < 0.001) return { frameRate: regular, isVariable: false };
  return { frameRate: average, isVariable: true };
}

const isInterlaced = (stream: ProbedStream): boolean => /^(tt|bb|tb|bt)$/.test(stream.field_order ?? '');

/** Degrees clockwise by which a player turns the picture; ffprobe's display matrix counts the other way. */
function rotationOf(stream: ProbedStream): number {
  const counterClockwise = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return (((Math.round(-counterClockwise / 90) * 90) % 360) + 360) % 360;
}

/** The largest picture of H.264 and HEVC at their highest levels fits; a frame beyond it serves to fill memory. */
const MAX_PIXELS_A_SIDE = 8192;

function requireSize(width: number, height: number): void {
  if (Math.max(width, height) <= MAX_PIXELS_A_SIDE) return;
  throw new MediaError(
    'picture_too_large',
    `The picture is ${width} × ${height}; at most ${MAX_PIXELS_A_SIDE} × ${MAX_PIXELS_A_SIDE} can be cut. Export it smaller.`,
  );
}

/**
 * What one video stream is. Throws `unsupported_codec`, `picture_too_large`, or `undecodable` when no picture size can
 * be read.
 */
export function videoFactsOf(stream: ProbedStream): VideoFacts {
  const codec = stream.codec_name ?? 'unknown';
  if (!VIDEO_DECODERS.some((known) => known === codec)) {
    throw new MediaError(
      'unsupported_codec',
      `The video is coded as ${codec}. Export it as H.264, HEVC, MPEG-2, MPEG-4, ProRes or DNxHD.`,
    );
  }
  const { width = 0, height = 0 } = stream;
  if (width <= 0 || height <= 0 || !stream.pix_fmt) {
    throw new MediaError('undecodable', 'No picture of the video can be read. Export it again.');
  }
  requireReadableColours(stream);
  requireSize(Math.max(width, stream.coded_width ?? 0), Math.max(height, stream.coded_height ?? 0));
  const sampleAspectRatio = parseRational(stream.sample_aspect_ratio) ?? { num: 1, den: 1 };
  const rotation = rotationOf(stream);
  const stretched = even(width * toNumber(sampleAspectRatio));
  requireSize(stretched, even(height));
  const sideways = rotation === 90 || rotation === 270;
  const { frameRate, isVariable } = frameRateOf(stream);
  return {
    codec,
    codedWidth: width,
    codedHeight: height,
    width: sideways ? even(height) : stretched,
    height: sideways ? stretched : even(height),
    rotation,
    sampleAspectRatio,
    frameRate,
    isVariableFrameRate: isVariable,
    isInterlaced: isInterlaced(stream),
    pixelFormat: stream.pix_fmt,
    colour: colourFactsOf(stream, height),
  };
}

/** The rates that cameras and broadcasts have. */
const USUAL_RATES: readonly Rational[] = [
  ...[24_000, 30_000, 60_000].map((num) => ({ num, den: 1001 })),
  ...[24, 25, 30, 50, 60].map((num) => ({ num, den: 1 })),
];

/** So far a rate may be from what a few frames measure, whose times may be rounded. */
const SAME_RATE_SHARE = 0.005;

/**
 * The facts once more, when the first frames were seen: of fields that come in packets of their own the header counts
 * twice as many as there are frames, or a guess, and whether frames are interlaced is at times said by the frames alone.
 */
export function withOpening(facts: VideoFacts, opening: Opening, timeBase: Rational): VideoFacts {
  const isInterlaced = facts.isInterlaced || opening.isInterlaced;
  if (opening.packetsAreFrames || opening.frameTicks === null) return { ...facts, isInterlaced };
  const { frameRate } = facts;
  const measured = 1 / (opening.frameTicks * toNumber(timeBase));
  const known = [frameRate, { num: frameRate.num, den: frameRate.den * 2 }, ...USUAL_RATES];
  const fits = known.find((rate) => Math.abs(toNumber(rate) / measured - 1) < SAME_RATE_SHARE);
  return { ...facts, isInterlaced, frameRate: fits ?? frameRate };
}

/** What one audio stream is; null when it cannot be decoded here, and the clip then goes without sound. */
export function audioFactsOf(stream: ProbedStream): AudioFacts | null {
  const { codec_name: codec, sample_rate: sampleRateHz, channels } = stream;
  const isKnown = AUDIO_DECODERS.some((known) => known === codec);
  return codec && isKnown && sampleRateHz && channels ? { codec, sampleRateHz, channels } : null;
}
