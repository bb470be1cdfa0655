import { cellsOf, type SheetShape } from '#lib/delivery/storyboard-text.ts';
import { normalColour, stillFilters, videoFilters } from '#lib/media/cut/colour-filters.ts';
import {
  ASCENDING,
  CLOCK_HZ,
  encoderArgs,
  SEGMENT_S,
  sizeArgs,
  wholePictureFilters,
  X264_ARGS,
} from '#lib/media/cut/ffmpeg-args.ts';
import type { Rung } from '#lib/media/cut/ladder.ts';
import { JUDGED_LOG } from '#lib/media/frames/decode-damage.ts';
import type { ColourFacts } from '#lib/media/media-types.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import { MASTER_INPUT_ARGS, OWN_PICTURES_INPUT_ARGS, PROBE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { seconds, seekArgs } from '#lib/media/tools/time-args.ts';
import { FRAGMENTED_ARGS, ZERO_S } from './copy-args.ts';
import { CELLS_FILE, SHEET_FILE } from './sheet.ts';

/** What one part of a ladder is made of. */
export interface ChunkPlan {
  master: ProbedMaster;
  url: string;
  /** Of the sound that was made in one piece; `null` where there is none in this part. */
  soundUrl: string | null;
  /** As in `FrameEdges`. */
  seekS: number | null;
  startS: number;
  /** `null`: to the master's end. */
  endS: number | null;
  rungs: readonly Rung[];
  /** Where key frames are, behind the first picture, in seconds from timecode zero; `null`: every two seconds. */
  keysS: readonly number[] | null;
  /** The small pictures that are made beside; `null`: none. */
  sheet: SheetShape | null;
  threads: number;
}

/** The file that a rung is written to. */
export const chunkFile = ({ name }: Rung): string => `${name}.mp4`;

/** Containers round times: a picture this close before a part belongs to it. The same for both sides of a joint. */
const JOINT_S = 0.001;

/** The first tick of the master's clock that belongs to what begins at a timecode. */
const tickAt = ({ originS, timeBase }: ProbedMaster, timecodeS: number): number =>
  Math.ceil((originS + timecodeS - JOINT_S) / toNumber(timeBase));

function pictureGraph({ master, rungs, startS, endS, sheet }: ChunkPlan): string {
  const { video } = master.facts;
  const zeroTick = Math.round(master.originS / toNumber(master.timeBase));
  const end = endS === null ? '' : `:end_pts=${tickAt(master, endS)}`;
  const outputs = [...rungs.map((_, i) => `[s${i}]`), ...(sheet ? ['[ss]'] : [])];
  const whole = [
    `[0:${master.videoIndex}]trim=start_pts=${tickAt(master, startS)}${end}`,
    ...[ASCENDING, `setpts=PTS-${zeroTick}`, ...wholePictureFilters(video, rungs[0] ?? video)],
    `split=${outputs.length}${outputs.join('')}`,
  ].join(',');
  const normal = normalColour(video.colour);
  return [
    whole,
    ...rungs.map((rung, i) => `[s${i}]${videoFilters(normal, rung).join(',')}[v${i}]`),
    ...(sheet ? [`[ss]${cellFilters(sheet, normal).join(',')}[cells]`] : []),
  ].join(';');
}

/** Each cell shows what is on screen at its time, as in the storyboard of a clip. A picture may be held for longer. */
const cellFilters = (sheet: SheetShape, colour: ColourFacts): string[] => [
  `fps=1/${sheet.intervalS}:start_time=${seconds(sheet.startS)}:round=up`,
  `tpad=stop_mode=clone:stop=${cellsOf(sheet)}`,
  ...stillFilters(colour, { width: sheet.cellWidth, height: sheet.cellHeight }),
];

/**
 * The cells one by one, and not the sheet: an output that comes at the end would be waited for by all others, whose sound
 * is read from another file.
 */
const cellArgs = (sheet: SheetShape): string[] => [
  ...['-map', '[cells]', '-frames:v', String(cellsOf(sheet)), '-c:v', 'rawvideo', '-f', 'nut', CELLS_FILE],
];

/** The run that puts the cells of a sheet together. */
export const sheetArgs = (sheet: SheetShape): string[] => [
  ...['-y', '-v', 'error', ...OWN_PICTURES_INPUT_ARGS, '-i', CELLS_FILE],
  ...['-vf', `tile=${sheet.columns}x${Math.ceil(cellsOf(sheet) / sheet.columns)}`],
  ...['-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', SHEET_FILE],
];

/**
 * Every picture keeps its own time. At one frame rate the clock counts in frames from timecode zero; at a variable one it
 * is the 90 kHz clock of MPEG systems.
 */
function timingArgs(plan: ChunkPlan): string[] {
  const { frameRate, isVariableFrameRate } = plan.master.facts.video;
  const clock = isVariableFrameRate ? `1:${CLOCK_HZ}` : `${frameRate.den}:${frameRate.num}`;
  return [
    ...['-fps_mode', 'passthrough', '-enc_time_base', clock, ...(isVariableFrameRate ? ['-bf', '0'] : [])],
    ...[...keyFrameArgs(plan), '-sc_threshold', '0', '-g', '100000'],
  ];
}

/**
 * Key frames at the same pictures in every rung: those that segments of `source` begin with, else every two seconds from
 * the part's first picture on; at a variable rate from the one before on, so that a hole is followed by one.
 */
function keyFrameArgs({ master, keysS }: ChunkPlan): string[] {
  if (keysS) {
    const places = keysS.map((keyS) => seconds(keyS - JOINT_S)).join(',');
    return places ? ['-force_key_frames', places] : [];
  }
  return [
    '-force_key_frames',
    master.facts.video.isVariableFrameRate
      ? `expr:isnan(prev_forced_t)+gte(t,prev_forced_t+${SEGMENT_S}-0.000001)`
      : `expr:gte(t,n_forced*${SEGMENT_S})`,
  ];
}

/** The packets of the sound that begin in this part: of two parts each has its own, and none is lost. */
function soundArgs({ startS, endS }: ChunkPlan): string[] {
  const before = startS === 0 ? [] : [`lt(pts*tb\\,${seconds(startS)})`];
  const behind = endS === null ? [] : [`gte(pts*tb\\,${seconds(endS)})`];
  const elsewhere = [...before, ...behind].join('+');
  return ['-map', '1:a', '-c:a', 'copy', ...(elsewhere ? ['-bsf:a', `noise=drop=${elsewhere}`] : [])];
}

/** The one run that makes all rungs of a part, and the cells of its sheet, from one decode, each into a file of its own. */
export function chunkArgs(plan: ChunkPlan): string[] {
  const { master, soundUrl, threads } = plan;
  return [
    ...['-y', ...JUDGED_LOG, '-filter_threads', String(threads)],
    ...[...MASTER_INPUT_ARGS, '-threads', String(threads), ...sizeArgs(master.facts.video)],
    ...[...seekArgs(plan.seekS), '-copyts', '-i', plan.url],
    ...(soundUrl ? [...PROBE_INPUT_ARGS, '-itsoffset', String(-ZERO_S), '-i', soundUrl] : []),
    ...['-filter_complex', pictureGraph(plan)],
    ...plan.rungs.flatMap((rung, i) => [
      ...['-map', `[v${i}]`, ...X264_ARGS, '-threads', String(threads), ...encoderArgs(rung), ...timingArgs(plan)],
      ...(soundUrl ? soundArgs(plan) : []),
      ...['-output_ts_offset', String(ZERO_S), ...FRAGMENTED_ARGS, '-write_btrt', '0', chunkFile(rung)],
    ]),
    ...(plan.sheet ? cellArgs(plan.sheet) : []),
  ];
}
