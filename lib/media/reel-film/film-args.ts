import {
  BT709,
  deinterlacingFilters,
  normalColour,
  normalizingFilters,
  videoFilters,
} from '#lib/media/cut/colour-filters.ts';
import { encoderArgs, X264_ARGS } from '#lib/media/cut/ffmpeg-args.ts';
import type { Rational, VideoFacts } from '#lib/media/media-types.ts';
import { MASTER_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { seconds } from '#lib/media/tools/time-args.ts';
import { AUDIO_RATE_HZ, CARD_S, type FilmFrame, fitted, framesIn, type PlacedNote, samplesOf } from './film-plan.ts';
import { type Loudness, levelling, MEASURING } from './loudness.ts';

/** A picture that stands for a while. */
export interface CardPiece {
  kind: 'card';
  /** A PNG of the frame's size. */
  picture: string;
}

export interface ClipPiece {
  kind: 'clip';
  url: string;
  inS: number;
  lengthS: number;
  video: VideoFacts;
  videoIndex: number;
  /** The stream that is heard; `null`: none. */
  soundIndex: number | null;
  loudness: Loudness;
  /** What is burnt in, each with a PNG of the frame's size. */
  notes: (PlacedNote & { picture: string })[];
}

export type Piece = CardPiece | ClipPiece;

/** How many frames a piece lasts, those that are held included. */
export function framesOfPiece(piece: Piece, rate: Rational): number {
  if (piece.kind === 'card') return framesIn(CARD_S, rate);
  return framesIn(piece.lengthS, rate) + piece.notes.reduce((total, { held }) => total + held, 0);
}

/** Little more than what is needed is read: a frame and a half of a second at 24. */
const MARGIN_S = 0.1;

const clipInput = ({ url, inS, lengthS }: Pick<ClipPiece, 'url' | 'inS' | 'lengthS'>): string[] => [
  ...[...MASTER_INPUT_ARGS, '-ss', seconds(inS), '-t', seconds(lengthS + MARGIN_S), '-i', url],
];

const PNG_INPUT_ARGS: readonly string[] = ['-protocol_whitelist', 'file', '-codec_whitelist', 'png', '-f', 'png_pipe'];
const pngInput = (file: string): string[] => [...PNG_INPUT_ARGS, '-i', `file:${file}`];

/** Measures the loudness of the sound that a piece of a clip has. */
export const measuringArgs = (piece: Pick<ClipPiece, 'url' | 'inS' | 'lengthS'>, soundIndex: number): string[] => [
  ...['-v', 'info', '-nostats', ...clipInput(piece), '-map', `0:${soundIndex}`, '-vn', '-sn', '-dn'],
  ...['-t', seconds(piece.lengthS), '-af', MEASURING, '-f', 'null', '-'],
];

const BT709_TAGS = 'setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** One frame after the other, whatever their times were. */
const counted = ({ num, den }: Rational): string[] => [`settb=${den}/${num}`, 'setpts=N'];

const isPlain = ({ colour, isInterlaced }: VideoFacts): boolean =>
  !isInterlaced &&
  colour.matrix === BT709.matrix &&
  colour.primaries === BT709.primaries &&
  colour.dynamicRange === BT709.dynamicRange &&
  !colour.isFullRange;

/** What is BT.709 already, as all clips are that the portal has cut, only changes its size. */
const pictureFilters = (video: VideoFacts, size: { width: number; height: number }): string[] =>
  isPlain(video)
    ? [`scale=${size.width}:${size.height}`, 'setsar=1', 'format=yuv420p', BT709_TAGS]
    : [
        ...[...deinterlacingFilters(video), ...normalizingFilters(video.colour, size)],
        ...videoFilters(normalColour(video.colour), size),
      ];

function clipPicture(piece: ClipPiece, { rung, rate }: FilmFrame): string[] {
  const place = fitted(piece.video, rung);
  const frames = framesIn(piece.lengthS, rate);
  const isWhole = place.width === rung.width && place.height === rung.height;
  return [
    ...pictureFilters(piece.video, place),
    ...(isWhole ? [] : [`pad=${rung.width}:${rung.height}:${place.x}:${place.y}:black`]),
    `fps=${rate.num}/${rate.den}:start_time=0`,
    // The last frame stands for what a file lacks at its end.
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${frames}`,
    ...counted(rate),
    ...piece.notes
      .filter(({ held }) => held > 0)
      .flatMap(({ at, held }) => [`loop=loop=${held}:size=1:start=${at}`, ...counted(rate)]),
  ];
}

/** The sound stops where the picture does: what comes later is moved by as much, and the hole is filled. */
function heldSound({ notes }: ClipPiece, rate: Rational): string[] {
  let heldBefore = 0;
  const steps = notes.flatMap(({ at, held }) => {
    const own = at - heldBefore;
    heldBefore += held;
    return held > 0 ? [`gte(T,${seconds((own * rate.den) / rate.num)})*${samplesOf(held, rate)}`] : [];
  });
  if (steps.length === 0) return [];
  // 10 ms at a time: a hole begins between two of them.
  return [
    'asetnsamples=480:p=0',
    `asetpts='PTS+${steps.join('+')}'`,
    `aresample=${AUDIO_RATE_HZ}:async=1:min_hard_comp=0.01`,
  ];
}

const STEREO = 'aformat=sample_fmts=fltp:channel_layouts=stereo';

function clipSound(piece: ClipPiece, rate: Rational): string[] {
  return [
    `aresample=${AUDIO_RATE_HZ}:async=1:first_pts=0`,
    STEREO,
    `asettb=1/${AUDIO_RATE_HZ}`,
    ...levelling(piece.loudness),
    ...heldSound(piece, rate),
    'apad',
  ];
}

/** The graph that shows pieces one after the other; the inputs are in the order of `filmArgs`. */
function filmGraph(pieces: readonly Piece[], frame: FilmFrame): string {
  const { rate } = frame;
  let input = 0;
  const chains: string[] = [];
  const picture = `scale=out_color_matrix=bt709:out_range=tv`;
  pieces.forEach((piece, i) => {
    const frames = framesOfPiece(piece, rate);
    const length = `atrim=end_sample=${samplesOf(frames, rate)},asetpts=N/SR/TB`;
    const silence = `anullsrc=r=${AUDIO_RATE_HZ}:cl=stereo,${STEREO},${length}[a${i}]`;
    const own = input++;
    if (piece.kind === 'card') {
      const still = [picture, 'format=yuv420p', 'setsar=1', BT709_TAGS, `loop=loop=${frames - 1}:size=1:start=0`];
      chains.push(`[${own}:v]${[...still, ...counted(rate)].join(',')}[v${i}]`, silence);
      return;
    }
    const last = piece.notes.length;
    const label = (k: number) => (k === last ? `[v${i}]` : `[v${i}n${k}]`);
    chains.push(`[${own}:${piece.videoIndex}]${clipPicture(piece, frame).join(',')}${label(0)}`);
    piece.notes.forEach(({ at, count }, k) => {
      chains.push(`[${input++}:v]${picture},format=yuva420p[o${i}n${k}]`);
      const when = `enable='between(n,${at},${at + count - 1})'`;
      const over = ['setsar=1', BT709_TAGS, ...counted(rate)].join(',');
      chains.push(`${label(k)}[o${i}n${k}]overlay=eof_action=repeat:${when},${over}${label(k + 1)}`);
    });
    if (piece.soundIndex === null) chains.push(silence);
    else chains.push(`[${own}:${piece.soundIndex}]${[...clipSound(piece, rate), length].join(',')}[a${i}]`);
  });
  const all = pieces.map((_, i) => `[v${i}][a${i}]`).join('');
  chains.push(`${all}concat=n=${pieces.length}:v=1:a=1[v][a]`, `[v]${counted(rate).join(',')}[film]`);
  return chains.join(';');
}

export const AAC_ARGS: readonly string[] = ['-c:a', 'aac', '-b:a', '160k', '-ar', String(AUDIO_RATE_HZ), '-ac', '2'];
export const PLAIN_ARGS: readonly string[] = ['-map_metadata', '-1', '-map_chapters', '-1'];
export const FASTSTART_ARGS: readonly string[] = ['-movflags', '+faststart', '-f', 'mp4'];

/** How the picture of a film is encoded: key frames every two seconds, so that one can leap in it. */
export const filmEncoderArgs = ({ rung, rate }: FilmFrame, threads: number): string[] => [
  ...[...X264_ARGS, '-threads:v', String(threads), ...encoderArgs(rung)],
  ...['-g:v', String(framesIn(2, rate)), '-fps_mode:v', 'cfr', '-r:v', `${rate.num}/${rate.den}`],
];

/** One run that makes pieces into a film; `isPart`: one that others follow, whose sound is not coded yet. */
export const filmArgs = (
  pieces: readonly Piece[],
  frame: FilmFrame,
  { output, isPart, threads }: { output: string; isPart: boolean; threads: number },
): string[] => [
  ...['-y', '-v', 'error', '-progress', 'pipe:1', '-nostats'],
  ...pieces.flatMap((piece) =>
    piece.kind === 'card'
      ? pngInput(piece.picture)
      : [...clipInput(piece), ...piece.notes.flatMap(({ picture }) => pngInput(picture))],
  ),
  ...['-filter_complex', filmGraph(pieces, frame), '-map', '[film]', '-map', '[a]'],
  ...filmEncoderArgs(frame, threads),
  ...(isPart ? ['-c:a', 'pcm_s16le'] : AAC_ARGS),
  ...PLAIN_ARGS,
  ...(isPart ? ['-f', 'mov'] : FASTSTART_ARGS),
  output,
];

/** Puts parts one behind the other: the picture as it is, the sound coded in one go. */
export const joinArgs = (list: string, output: string): string[] => [
  ...['-y', '-v', 'error', '-progress', 'pipe:1', '-nostats'],
  ...['-protocol_whitelist', 'file', '-f', 'concat', '-i', list],
  ...['-map', '0', '-c:v', 'copy', ...AAC_ARGS, ...PLAIN_ARGS, ...FASTSTART_ARGS, output],
];
