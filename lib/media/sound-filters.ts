import { seconds } from './filter-seconds.ts';
import type { SoundTrack } from './media-types.ts';

export const AUDIO_RATE_HZ = 48_000;

/**
 * How far below full scale a mix of several channels may come at most: −1 dBFS, so that what a coder adds does not reach
 * it (EBU R 128, maximum true peak level). Sound of two channels is not mixed, and stays as loud as it is.
 */
const MIX_MAX = 0.891;

/** The sound of a cut: its tracks, and where they begin and end on the master's clock. */
export interface SoundRange {
  soundTracks: readonly SoundTrack[];
  firstS: number;
  endS: number;
}

const STEREO = `ocl=stereo:rematrix_maxval=${MIX_MAX}`;

/** Picks the range, whose first moment becomes 0. */
const trimmed = ({ firstS, endS }: SoundRange): string[] => [
  `atrim=start=${seconds(firstS)}:end=${seconds(endS)}`,
  `asetpts=PTS-${seconds(firstS)}/TB`,
];

/**
 * Fills what is missing, from the clip's first moment on. Where recordings were joined their sounds overlap by a few
 * frames, which are dropped from 30 ms on; anywhere else so small a step is only a jitter of the time stamps.
 */
const filled = (layout: string, isJoined: boolean): string =>
  `aresample=${AUDIO_RATE_HZ}:${layout}:async=1:first_pts=0${isJoined ? ':min_hard_comp=0.03' : ''}`;

/**
 * The sound of every rendition, as one graph: it keeps its distance to the first frame, gaps are filled, and it lasts
 * exactly as long as the picture.
 * @param isEven the tracks were made even before (`evenSoundGraphs`) and are the second input.
 */
export function soundGraph(range: SoundRange, options: { durationS: number; copies: number; isEven: boolean }): string {
  const outputs = Array.from({ length: options.copies }, (_, i) => `[a${i}]`).join('');
  const end = [`apad=whole_dur=${seconds(options.durationS)}`];
  const input = ({ index }: SoundTrack, place: number) => (options.isEven ? `[1:${place}]` : `[0:${index}]`);
  const start = options.isEven ? [] : trimmed(range);
  const chain = (track: SoundTrack, place: number, layout: string[]) =>
    `${input(track, place)}${[...start, ...layout].join(',')}`;
  const stereo = ['aformat=sample_fmts=fltp:channel_layouts=stereo'];
  const split = `asplit=${options.copies}${outputs}`;
  const [first, second] = range.soundTracks;
  if (!first) throw new Error('A graph of sound has a track.');
  if (second) {
    const side = ['pan=mono|c0=c0', filled('ocl=mono', options.isEven), 'aformat=sample_fmts=fltp', ...end];
    const sides = [`${chain(first, 0, side)}[left]`, `${chain(second, 1, side)}[right]`];
    return [...sides, `[left][right]join=inputs=2:channel_layout=stereo,${split}`].join(';');
  }
  // One channel is heard on both sides as loud as it is; ffmpeg's own mix would take 3 dB.
  const sides = first.channels === 1 && !options.isEven ? ['pan=stereo|c0=c0|c1=c0'] : [];
  return chain(first, 0, [...sides, filled(STEREO, options.isEven), ...stereo, ...end, split]);
}

/**
 * Each track of the range with one rate and one layout, at its own times. When a recorder changes either, ffmpeg builds
 * the graph anew in the middle of the clip: this one has nothing that counts from its own beginning, as filling and
 * padding do.
 */
export const evenSoundGraphs = (range: SoundRange): string[] =>
  range.soundTracks.map(({ index }, i) => {
    const layout = range.soundTracks.length > 1 ? 'ocl=mono' : STEREO;
    return `[0:${index}]${[...trimmed(range), `aresample=${AUDIO_RATE_HZ}:${layout}`, 'aformat=sample_fmts=flt'].join(',')}[e${i}]`;
  });
