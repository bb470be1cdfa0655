import { clockOf, type FrameTimes, gapsBetween } from '#lib/media/frames/clock.ts';
import type { FrameEdges } from '#lib/media/frames/edges.ts';
import { MediaError, type TimeRange } from '#lib/media/media-types.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { CutPlan } from './ffmpeg-args.ts';
import { renditionLadder } from './ladder.ts';
import { storyboardOf } from './storyboard.ts';
import { encoderThreads } from './threads.ts';

/** The frames of a clip, as the master has them. */
export interface CutFrames {
  edges: FrameEdges;
  /** When each is shown, in ticks of the master's clock; the first is on screen when the clip starts. */
  ticks: readonly number[];
}

const timesOf = ({ timeBase, facts }: ProbedMaster, ticks: readonly number[]): FrameTimes => ({
  ...{ ticks, timeBase, frameRate: facts.video.frameRate },
});

/**
 * What the run has to make of the frames from `range.startS` on.
 *
 * At one frame rate the clip starts with its first frame and lasts its frames. At any other it lasts until the end asked
 * for, or the next frame; and where it starts in a gap, the picture before is held from the moment asked for.
 */
export function planCut(
  url: string,
  master: ProbedMaster,
  frames: CutFrames,
  range: { startS: number; endS: number; isSliced?: boolean },
): CutPlan {
  const { facts } = master;
  const { edges, ticks } = frames;
  const tick = toNumber(master.timeBase);
  const clock = clockOf(timesOf(master, ticks));
  const gaps = gapsOf(master, frames);
  const isVariable = clock.isVariable || gaps.length > 0;
  const isInGap = gaps.some(({ startS, endS }) => startS <= range.startS && range.startS < endS);
  const [top, ...below] = renditionLadder(facts);
  const zeroPts = isInGap ? Math.round((master.originS + range.startS) / tick) : edges.firstPts;
  const zeroS = zeroPts * tick;
  const lastS = edges.lastPts * tick;
  const durationS = isVariable
    ? Math.max(Math.min(edges.endPts * tick, master.originS + range.endS) - zeroS, lastS - zeroS + 0.001)
    : ticks.length / toNumber(clock.frameRate);
  return {
    url,
    video: { ...facts.video, frameRate: clock.frameRate, isVariableFrameRate: isVariable },
    videoIndex: master.videoIndex,
    soundTracks: master.soundTracks,
    isSoundEven: false,
    seekS: edges.seekS,
    firstPts: edges.firstPts,
    endPts: edges.endPts,
    zeroPts,
    firstS: zeroS - soundShiftS(master),
    endS: zeroS - soundShiftS(master) + durationS,
    posterS: Math.max(0, (lastS - zeroS) / 2 - 0.001),
    durationS,
    rungs: range.isSliced ? [top] : [top, ...below],
    storyboard: storyboardOf(durationS, facts.video),
    threads: encoderThreads(),
  };
}

/** When each frame of a clip is shown, in seconds from the clip's first moment. */
export function shownAt(plan: CutPlan, { timeBase }: ProbedMaster, ticks: readonly number[]): number[] {
  const { frameRate, isVariableFrameRate } = plan.video;
  if (!isVariableFrameRate) return ticks.map((_, i) => i / toNumber(frameRate));
  return ticks.map((tick) => Math.max(0, tick - plan.zeroPts) * toNumber(timeBase));
}

/** An AVI's frames are counted from the decoder's first, which stands at a delay that its sound does not have. */
const soundShiftS = (master: ProbedMaster): number => (master.hasPresentationTimes ? 0 : master.originS);

/** The gaps that a clip meets, in seconds from timecode zero. */
export function gapsOf(master: ProbedMaster, { edges, ticks }: CutFrames): TimeRange[] {
  const { originS } = master;
  const all = edges.endPts > edges.lastPts ? [...ticks, edges.endPts] : ticks;
  return gapsBetween(timesOf(master, all)).map(({ startS, endS }) => ({
    startS: startS - originS,
    endS: endS - originS,
  }));
}

const said = (seconds: number): string => `${seconds.toFixed(1)} s`;

/**
 * A clip that lies in a gap would be a still of what was before it.
 * @throws MediaError `no_picture` with the gap.
 */
export function requirePicture(master: ProbedMaster, frames: CutFrames, range: { startS: number; endS: number }): void {
  const [gap] = frames.ticks.length > 1 ? [] : gapsOf(master, frames);
  if (!gap || range.startS < gap.startS - EARLY_S) return;
  throw new MediaError(
    'no_picture',
    `The master has no picture between ${said(gap.startS)} and ${said(gap.endS)}: nothing was recorded there. Choose a range that reaches beyond it.`,
    { flaws: { gaps: [gap] } },
  );
}

/** Timecodes come rounded to the millisecond, and to the frame in the portal's own forms. */
const EARLY_S = 0.001;
