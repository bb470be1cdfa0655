import type { SoundTrack } from '#lib/media/media-types.ts';
import { seconds } from '#lib/media/tools/time-args.ts';

export const AUDIO_RATE_HZ = 48_000;

/**
 * How far below full scale a mix of several channels may come at most: −3 dBFS. A broadcaster leaves 2 dB for a coder
 * (ATSC A/85, −2 dBTP); what begins at once, ffmpeg's AAC has been seen to raise by 2.6 dB at 128 kbit/s. Sound of two
 * channels is not mixed, and stays as loud as it is.
 */
const MIX_MAX = 0.708;

/** The sound of a cut: its tracks, and where they begin and end on the master's clock. */
export interface SoundRange {
  soundTracks: readonly SoundTrack[];
  firstS: number;
  endS: number;
}

type Layout = 'stereo' | 'mono';

/** Steps of the sound's clock from which on it is held: a little more than a frame of the picture, less than lips show. */
const LEAST_STEP_S = 0.03;
/** What `evenSoundGraphs` made has exact times. */
const EVEN_STEP_S = 0.002;

/**
 * The times of a track as they were meant. In a transport stream only the first frame of a packet has one; those of the
 * others are counted by ffmpeg, with the rate that the track had at the file's start. After a change of the rate they are
 * counted by samples, up to a step that is a hole.
 */
const honestTimes = ({ sampleRateHz }: SoundTrack): string =>
  `asetpts='if(eq(SR,${sampleRateHz}),PTS,st(1,if(gt(N,0)*lt(abs(PTS-ld(0)),SR/4),ld(0),PTS));st(0,ld(1)+NB_SAMPLES);ld(1))'`;

/** Picks the range, whose first moment becomes 0. */
const trimmed = ({ firstS, endS }: SoundRange): string[] => [
  `atrim=start=${seconds(firstS)}:end=${seconds(endS)}`,
  `asetpts=PTS-${seconds(firstS)}/TB`,
];

/** Brings a track to one rate; holes in it are filled, what overlaps is dropped. `aformat` behind it says the layout. */
const held = (stepS = LEAST_STEP_S): string =>
  `aresample=${AUDIO_RATE_HZ}:rematrix_maxval=${MIX_MAX}:async=1:min_hard_comp=${stepS}`;

const formatOf = (samples: string, layout: Layout): string =>
  `aformat=sample_fmts=${samples}:channel_layouts=${layout}`;

/** One channel is heard on both sides as loud as it is, of which ffmpeg's own mix takes 3 dB. */
const MONO_AS_LOUD = "volume='if(eq(nb_channels,1),sqrt(2),1)':precision=float";

/** What goes before the mix. */
const mixable = ({ isMixersInputs }: SoundTrack, layout: Layout): string[] => {
  if (isMixersInputs) return ['pan=stereo|c0=c0|c1=c1'];
  return layout === 'stereo' ? [MONO_AS_LOUD] : [];
};

/** What the sound of every rendition is made to. */
export interface SoundOptions {
  /** Of the picture. */
  durationS: number;
  /** One for each rendition. */
  copies: number;
  /** The tracks were made even before (`evenSoundGraphs`), and are the second input. */
  isEven: boolean;
}

/**
 * The sound of every rendition, as one graph: it keeps its distance to the first frame, gaps are filled, and it lasts
 * exactly as long as the picture.
 */
export function soundGraph(range: SoundRange, { durationS, copies, isEven }: SoundOptions): string {
  const chain = (track: SoundTrack, place: number, layout: Layout): string => {
    const start = isEven
      ? `[1:${place}]`
      : `[0:${track.index}]${[honestTimes(track), ...trimmed(range), ''].join(',')}`;
    const even = isEven ? [held(EVEN_STEP_S)] : [...mixable(track, layout), held()];
    return `${start}${even.join(',')}:first_pts=0,${formatOf('fltp', layout)},apad=whole_dur=${seconds(durationS)}`;
  };
  const outputs = `asplit=${copies}${Array.from({ length: copies }, (_, i) => `[a${i}]`).join('')}`;
  const [first, second] = range.soundTracks;
  if (!first) throw new Error('A graph of sound has a track.');
  if (!second) return `${chain(first, 0, 'stereo')},${outputs}`;
  const sides = [`${chain(first, 0, 'mono')}[left]`, `${chain(second, 1, 'mono')}[right]`];
  return [...sides, `[left][right]join=inputs=2:channel_layout=stereo,${outputs}`].join(';');
}

/**
 * Each track of the range with one rate and one layout, at its own times. When a recorder changes either, ffmpeg builds
 * the graph anew in the middle of the clip: this one has nothing that counts from its own beginning, as filling from the
 * clip's start and padding to its end do.
 */
export const evenSoundGraphs = (range: SoundRange): string[] =>
  range.soundTracks.map((track, i) => {
    const layout = range.soundTracks.length > 1 ? 'mono' : 'stereo';
    const filters = [honestTimes(track), ...trimmed(range), ...mixable(track, layout), held(), formatOf('flt', layout)];
    return `[0:${track.index}]${filters.join(',')}[e${i}]`;
  });
