import type { StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import { JUDGED_LOG } from '#lib/media/frames/decode-damage.ts';
import type { SoundTrack, VideoFacts } from '#lib/media/media-types.ts';
import { MASTER_INPUT_ARGS, OWN_FILE_INPUT_ARGS, OWN_SOUND_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { seconds, seekArgs } from '#lib/media/tools/time-args.ts';
import {
  deinterlacingFilters,
  normalColour,
  normalizingFilters,
  posterSize,
  stillFilters,
  videoFilters,
} from './colour-filters.ts';
import type { Rung } from './ladder.ts';
import { AUDIO_RATE_HZ, evenSoundGraphs, soundGraph } from './sound-filters.ts';

/** Everything that one cut needs to know, so that its arguments follow from it alone. */
export interface CutPlan {
  url: string;
  video: VideoFacts;
  videoIndex: number;
  soundTracks: readonly SoundTrack[];
  /** The sound changed its rate or its layout in the clip, and was made even before (`evenSoundArgs`). */
  isSoundEven: boolean;
  /** Seconds on the master's clock to seek to; null: read from the file's start. */
  seekS: number | null;
  firstPts: number;
  endPts: number;
  /** Tick of the clip's first moment: later than the first frame where that one is held over the start. */
  zeroPts: number;
  /** The clip's first moment and its end once more, in seconds on the master's clock, for the sound. */
  firstS: number;
  endS: number;
  /** Seconds after the first frame from which the poster is taken. */
  posterS: number;
  durationS: number;
  /** Best first, at least one. */
  rungs: readonly [Rung, ...Rung[]];
  storyboard: StoryboardIndex;
  /** Threads of each decoder and encoder. */
  threads: number;
}

/** Length of a segment, and so the distance of key frames. */
export const SEGMENT_S = 2;

/** Name of the poster's file. */
export const POSTER_FILE = 'thumb.jpg';

/** The clock of MPEG systems: what was made at a variable rate, and the lines of `framecrc`, count by it. */
export const CLOCK_HZ = 90_000;

/**
 * The one run that makes all renditions, the poster and the storyboard of a clip from one decode of its range.
 *
 * The frames are picked by their ticks on the master's own clock (`-copyts`, no rounding on the way); renditions start
 * at 0 to the frame, and stay there because the muxer may not shift what lies before (the AAC priming).
 */
export function cutArgs(plan: CutPlan): string[] {
  return [
    ...['-y', ...JUDGED_LOG],
    ...['-filter_threads', String(plan.threads)],
    ...inputArgs(plan),
    ...(plan.isSoundEven ? [...OWN_SOUND_INPUT_ARGS, '-i', EVEN_SOUND] : []),
    ...['-filter_complex', pictureGraph(plan)],
    // A graph of its own: one that is built anew because the sound changed leaves the picture alone.
    ...(plan.soundTracks.length > 0 ? ['-filter_complex', soundGraph(plan, soundOptions(plan))] : []),
    ...COUNTED_ARGS,
    ...renditionArgs(plan),
    ...['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-f', 'image2', '-update', '1', POSTER_FILE],
    ...['-map', '[grid]', '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', 'grid.jpg'],
  ];
}

/** Two frames with one time, or a step back, cannot be shown: the first of them is. */
export const ASCENDING = 'select=isnan(prev_selected_pts)+gt(pts\\,prev_selected_pts)';

/** A picture that changes its size goes on in the same graph, whose filters scale it; turning it would not. */
export const sizeArgs = ({ rotation }: VideoFacts): string[] => (rotation === 0 ? ['-reinit_filter:v', '0'] : []);

/** Makes pictures whole, of fields where they are, and their colours those of every rendition. */
export const wholePictureFilters = (video: VideoFacts, top: Pick<Rung, 'width' | 'height'>): string[] => [
  ...deinterlacingFilters(video),
  ...normalizingFilters(video.colour, top),
];

/** How a rendition's picture is encoded, for the output's own video stream. */
export const encoderArgs = ({ crf, maxrateKbps, bufsizeKbps }: Rung, stream = 'v'): string[] => [
  ...[`-crf:${stream}`, String(crf), `-maxrate:${stream}`, `${maxrateKbps}k`, `-bufsize:${stream}`, `${bufsizeKbps}k`],
];
export const X264_ARGS: readonly string[] = ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high'];

const soundOptions = ({ durationS, rungs, isSoundEven }: CutPlan) => ({
  ...{ durationS, copies: rungs.length, isEven: isSoundEven },
});

/** Name of the file that `evenSoundArgs` makes. */
export const EVEN_SOUND = 'sound.nut';

/** The sound of the clip's range alone, its rate and layout made the same throughout, as a file of our own. */
export const evenSoundArgs = (plan: CutPlan): string[] => [
  ...['-y', ...JUDGED_LOG, ...inputArgs(plan)],
  ...evenSoundGraphs(plan).flatMap((graph) => ['-filter_complex', graph]),
  ...plan.soundTracks.flatMap((_, i) => ['-map', `[e${i}]`]),
  ...['-c:a', 'pcm_f32le', '-f', 'nut', EVEN_SOUND],
];

/** `clip.mp4`: the top rendition's own packets in one progressive file, its index in front. */
export const remuxArgs = (plan: CutPlan): string[] => [
  ...['-y', '-v', 'error', ...OWN_FILE_INPUT_ARGS, '-copyts', '-i', `${plan.rungs[0].name}.m4s`],
  ...['-map', '0', '-c', 'copy', ...(plan.video.isVariableFrameRate ? durationArgs(plan) : [])],
  ...['-avoid_negative_ts', 'disabled', '-movflags', '+faststart', '-f', 'mp4', 'clip.mp4'],
];

/** A line on standard output for every frame, as it passes; of a corner of the picture, which costs nothing. */
const COUNTED_ARGS: readonly string[] = [
  ...['-map', '[counted]', '-fps_mode', 'passthrough', '-enc_time_base', `1:${CLOCK_HZ}`, '-c:v', 'rawvideo'],
  ...['-f', 'framecrc', '-flush_packets', '1', 'pipe:1'],
];

function inputArgs(plan: CutPlan): string[] {
  return [
    ...MASTER_INPUT_ARGS,
    ...['-threads', String(plan.threads)],
    ...sizeArgs(plan.video),
    ...seekArgs(plan.seekS),
    ...['-copyts', '-i', plan.url],
  ];
}

function pictureGraph(plan: CutPlan): string {
  const { rungs, storyboard: board } = plan;
  const outputs = [...rungs.map((_, i) => `[s${i}]`), '[sp]', '[sg]', '[sc]'].join('');
  const normal = normalColour(plan.video.colour);
  const poster = posterSize(plan.video);
  const tile = { width: board.tileWidth, height: board.tileHeight };
  const chains = [
    [
      `[0:${plan.videoIndex}]trim=start_pts=${plan.firstPts}:end_pts=${plan.endPts}`,
      ASCENDING,
      plan.zeroPts === plan.firstPts ? 'setpts=PTS-STARTPTS' : `setpts=max(PTS-${plan.zeroPts}\\,0)`,
      ...wholePictureFilters(plan.video, rungs[0]),
      `split=${rungs.length + 3}${outputs}`,
    ].join(','),
    ...rungs.map((rung, i) => `[s${i}]${videoFilters(normal, rung).join(',')}[v${i}]`),
    `[sp]select=gte(t\\,${seconds(plan.posterS)}),${stillFilters(normal, poster).join(',')}[poster]`,
    `[sg]${tileFilters(plan).join(',')},${stillFilters(normal, tile).join(',')},tile=${board.columns}x${board.rows}[grid]`,
    '[sc]crop=2:2:0:0[counted]',
  ];
  return chains.join(';');
}

/**
 * Tile k of the storyboard shows the frame on screen at k × interval: a frame between two ticks counts for the next. The
 * last frame may be held for longer than a tile.
 */
function tileFilters({ storyboard: board, video }: CutPlan): string[] {
  const tileRate = `${board.tiles * 1000}/${Math.max(1, Math.round(board.durationS * 1000))}`;
  const isHeld = video.isVariableFrameRate;
  return [`fps=${tileRate}:start_time=0:round=up`, ...(isHeld ? [`tpad=stop_mode=clone:stop=${board.tiles}`] : [])];
}

function renditionArgs(plan: CutPlan): string[] {
  const hasAudio = plan.soundTracks.length > 0;
  const variants = plan.rungs.map(({ name }, i) => `v:${i}${hasAudio ? `,a:${i}` : ''},name:${name}`).join(' ');
  return [
    ...plan.rungs.flatMap((_, i) => ['-map', `[v${i}]`, ...(hasAudio ? ['-map', `[a${i}]`] : [])]),
    ...[...X264_ARGS, '-threads:v', String(plan.threads)],
    ...plan.rungs.flatMap((rung, i) => encoderArgs(rung, `v:${i}`)),
    ...timingArgs(plan),
    ...(hasAudio ? ['-c:a', 'aac', '-b:a', '128k', '-ar', String(AUDIO_RATE_HZ), '-ac', '2'] : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled'],
    ...['-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
    ...['-hls_flags', 'single_file+independent_segments', '-master_pl_name', 'ffmpeg.m3u8'],
    ...['-var_stream_map', variants, '-hls_segment_filename', '%v.m4s', '%v.m3u8'],
  ];
}

/**
 * Every frame keeps its own time (`passthrough`). At one frame rate the clock counts in frames, which irons out the
 * milliseconds of Matroska; at a variable one it is the 90 kHz clock of MPEG systems.
 * Key frames every two seconds from the first frame on, nowhere else, hence at the same frames in every rendition; at a
 * variable rate from the one before on, so that a hole is followed by one and not by several.
 */
function timingArgs(plan: CutPlan): string[] {
  const { num, den } = plan.video.frameRate;
  const noSceneCuts = ['-sc_threshold:v', '0', '-g:v', '100000'];
  if (!plan.video.isVariableFrameRate) {
    return [
      ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', `${den}:${num}`],
      ...['-force_key_frames:v', `expr:gte(t,n_forced*${SEGMENT_S})`, ...noSceneCuts],
    ];
  }
  return [
    ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', `1:${CLOCK_HZ}`],
    ...['-force_key_frames:v', `expr:isnan(prev_forced_t)+gte(t,prev_forced_t+${SEGMENT_S}-0.000001)`, ...noSceneCuts],
    // Decoded in another order than shown, a frame would have another's length.
    ...['-bf:v', '0', ...durationArgs(plan)],
  ];
}

/**
 * Each frame lasts until the next, and the last until the clip's end. ffmpeg's muxer is told only how long a frame
 * should last at the average rate; the first frame of a segment begins where the one before it ended by that word, so
 * that behind a hole it came too early by the length of the hole.
 */
function durationArgs({ durationS }: CutPlan): string[] {
  const end = Math.round(durationS * CLOCK_HZ);
  return ['-bsf:v', `setts=duration=if(gt(NEXT_PTS\\,PTS)\\,NEXT_PTS-PTS\\,${end}-PTS)`];
}
