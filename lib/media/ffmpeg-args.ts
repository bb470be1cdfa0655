import { MASTER_INPUT_ARGS, OWN_FILE_INPUT_ARGS } from './confinement.ts';
import { JUDGED_LOG } from './decode-damage.ts';
import type { AudioFacts, StoryboardIndex, VideoFacts } from './media-types.ts';
import type { Rung } from './rendition-ladder.ts';

/** Everything that one cut needs to know, so that its arguments follow from it alone. */
export interface CutPlan {
  url: string;
  video: VideoFacts;
  audio: AudioFacts | null;
  videoIndex: number;
  audioIndex: number | null;
  /** Seconds on the master's clock to seek to; null: read from the file's start. */
  seekS: number | null;
  firstPts: number;
  endPts: number;
  /** The two edges once more, in seconds on the master's clock, for the sound. */
  firstS: number;
  endS: number;
  /** Seconds after the first frame from which the poster is taken. */
  posterS: number;
  durationS: number;
  rungs: readonly Rung[];
  storyboard: StoryboardIndex;
  /** Threads of each decoder and encoder. */
  threads: number;
}

/** Length of a segment, and so the distance of key frames. */
export const SEGMENT_S = 2;

const AUDIO_RATE_HZ = 48_000;
const POSTER_MAX_WIDTH = 640;

/** Shortest decimal that is exact to the microsecond: 5, 4.2, 9.009. */
const seconds = (value: number): string => String(Math.round(value * 1e6) / 1e6);

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
    '-filter_complex',
    filterGraph(plan),
    ...COUNTED_ARGS,
    ...renditionArgs(plan),
    ...['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-f', 'image2', '-update', '1', 'thumb.jpg'],
    ...['-map', '[grid]', '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', 'grid.jpg'],
  ];
}

/** `clip.mp4`: the top rendition's own packets in one progressive file, its index in front. */
export const remuxArgs = (topName: string): string[] => [
  ...['-y', '-v', 'error', ...OWN_FILE_INPUT_ARGS, '-copyts', '-i', `${topName}.m4s`],
  ...['-map', '0', '-c', 'copy', '-avoid_negative_ts', 'disabled', '-movflags', '+faststart', '-f', 'mp4', 'clip.mp4'],
];

/** A line on standard output for every frame, as it passes; of a corner of the picture, which costs nothing. */
const COUNTED_ARGS: readonly string[] = [
  ...['-map', '[counted]', '-fps_mode', 'passthrough', '-enc_time_base', '1:90000', '-c:v', 'rawvideo'],
  ...['-f', 'framecrc', '-flush_packets', '1', 'pipe:1'],
];

function inputArgs(plan: CutPlan): string[] {
  return [
    ...MASTER_INPUT_ARGS,
    ...['-threads', String(plan.threads)],
    ...seekArgs(plan.seekS),
    ...['-copyts', '-i', plan.url],
  ];
}

/** Sends ffmpeg to a reading of the master's own clock; it decodes from there, and the filters pick the frames. */
export const seekArgs = (seekS: number | null): string[] =>
  seekS === null ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds(seekS)];

function filterGraph(plan: CutPlan): string {
  const { rungs, storyboard: board } = plan;
  const outputs = [...rungs.map((_, i) => `[s${i}]`), '[sp]', '[sg]', '[sc]'].join('');
  const posterWidth = Math.min(POSTER_MAX_WIDTH, plan.video.width);
  const posterHeight = Math.max(2, Math.round((posterWidth * plan.video.height) / plan.video.width / 2) * 2);
  // Tile k of the storyboard shows the frame on screen at k × interval: a frame between two ticks counts for the next.
  const tileRate = `${board.tiles * 1000}/${Math.max(1, Math.round(board.durationS * 1000))}`;
  const chains = [
    [
      `[0:${plan.videoIndex}]trim=start_pts=${plan.firstPts}:end_pts=${plan.endPts}`,
      'setpts=PTS-STARTPTS',
      ...(plan.video.isInterlaced ? ['bwdif=mode=send_frame:parity=auto:deint=interlaced'] : []),
      `split=${rungs.length + 3}${outputs}`,
    ].join(','),
    ...rungs.map((rung, i) => `[s${i}]scale=${rung.width}:${rung.height},setsar=1,format=yuv420p[v${i}]`),
    `[sp]select=gte(t\\,${seconds(plan.posterS)}),scale=${posterWidth}:${posterHeight}:out_range=full,setsar=1,format=yuvj420p[poster]`,
    `[sg]fps=${tileRate}:start_time=0:round=up,scale=${board.tileWidth}:${board.tileHeight}:out_range=full,setsar=1,format=yuvj420p,tile=${board.columns}x${board.rows}[grid]`,
    '[sc]crop=2:2:0:0[counted]',
    ...audioChains(plan),
  ];
  return chains.join(';');
}

/** The sound keeps its distance to the first frame; gaps are filled, and it lasts exactly as long as the picture. */
function audioChains(plan: CutPlan): string[] {
  if (plan.audioIndex === null) return [];
  const firstS = seconds(plan.firstS);
  return [
    [
      `[0:${plan.audioIndex}]atrim=start=${firstS}:end=${seconds(plan.endS)}`,
      `asetpts=PTS-${firstS}/TB`,
      `aresample=${AUDIO_RATE_HZ}:async=1:first_pts=0`,
      'aformat=sample_fmts=fltp:channel_layouts=stereo',
      `apad=whole_dur=${seconds(plan.durationS)}`,
      `asplit=${plan.rungs.length}${plan.rungs.map((_, i) => `[a${i}]`).join('')}`,
    ].join(','),
  ];
}

function renditionArgs(plan: CutPlan): string[] {
  const hasAudio = plan.audioIndex !== null;
  const variants = plan.rungs.map(({ name }, i) => `v:${i}${hasAudio ? `,a:${i}` : ''},name:${name}`).join(' ');
  return [
    ...plan.rungs.flatMap((_, i) => ['-map', `[v${i}]`, ...(hasAudio ? ['-map', `[a${i}]`] : [])]),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-threads:v', String(plan.threads)],
    ...plan.rungs.flatMap((rung, i) => [
      ...[`-crf:v:${i}`, String(rung.crf), `-maxrate:v:${i}`, `${rung.maxrateKbps}k`],
      ...[`-bufsize:v:${i}`, `${rung.bufsizeKbps}k`],
    ]),
    ...timingArgs(plan.video),
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
 * Key frames every two seconds from the first frame on, nowhere else, hence at the same frames in every rendition.
 */
function timingArgs(video: VideoFacts): string[] {
  const { num, den } = video.frameRate;
  return [
    ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', video.isVariableFrameRate ? '1:90000' : `${den}:${num}`],
    ...['-force_key_frames:v', `expr:gte(t,n_forced*${SEGMENT_S})`, '-sc_threshold:v', '0', '-g:v', '100000'],
  ];
}
