import { withMatroskaIndex } from '#lib/media/containers/matroska-index.ts';
import { complaintsOfPicture } from '#lib/media/frames/decode-damage.ts';
import { isDamaged, locateDamage } from '#lib/media/frames/decode-piece.ts';
import { findEdges } from '#lib/media/frames/edges.ts';
import { knowLength } from '#lib/media/frames/end.ts';
import { framesOf } from '#lib/media/frames/times.ts';
import { type CutRequest, type CutResult, isMediaError, MediaError } from '#lib/media/media-types.ts';
import { type ProbedMaster, probeMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import { runTool } from '#lib/media/tools/run-ffmpeg.ts';
import { CLOCK_HZ, type CutPlan, cutArgs, evenSoundArgs, remuxArgs } from './ffmpeg-args.ts';
import { type MeasuredClip, measureClip, measureFiles } from './files.ts';
import { misplaced } from './made-times.ts';
import { type CutFrames, gapsOf, planCut, requirePicture, shownAt } from './plan.ts';

/** The longest clip (contract §4, `ck_clip_duration`). */
const MAX_CLIP_S = 300;

/** Of the progress, the one run is this much; the remux and the measuring are the rest. */
const CUT_SHARE = 0.95;

/** A frame in the `framecrc` format: stream, decoding time, time. Its headers start with `#`. */
const FRAME_LINE = /^\d+, *-?\d+, *(-?\d+),/;

/**
 * Cuts one clip out of a master, to the frame, and makes everything that is delivered of it, in `workDir`: without
 * renditions where it is played from its slice.
 *
 * Reads the master's index and the clip's own range, nothing else. Throws `MediaError`: `start_after_end`, `too_long`,
 * `beyond_master`, whatever a probe throws, `undecodable` when a frame of the range is damaged, `no_picture` when the
 * range lies in a gap, `source_unreadable` (retryable) when the store fails, `ffmpeg_failed`; and the signal's reason
 * when aborted. What it says of the master is in the result's `gaps`, and in the error's `flaws`.
 */
export async function cutClip(request: CutRequest): Promise<CutResult> {
  const { source, startS, endS, signal } = request;
  checkRange(startS, endS);
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal });
  try {
    const master = await probeMaster(loopback, source.sizeBytes);
    await knowLength(loopback, master, endS);
    checkWithin(master, startS, endS);
    const edges = await findEdges(loopback, master, { startS, endS });
    const frames = { edges, ticks: await framesOf(loopback, master, edges.firstPts, edges.endPts) };
    requirePicture(master, frames, request);
    const plan = planCut(loopback.url, master, frames, request);
    const span = { master, frames, shownAtS: shownAt(plan, master, frames.ticks) };
    loopback.endBefore(edges.endByte);
    const clip = await makeFiles(loopback, request, plan, span);
    const { workDir, isSliced = false } = request;
    const files = await measureFiles(plan, clip, span.shownAtS, { workDir, signal, isSliced });
    const result = { ...files, audioNote: master.facts.audioNote, gaps: gapsOf(master, frames) };
    request.onProgress?.(1);
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}

const said = (seconds: number): string => `${seconds.toFixed(1)} s`;

function checkRange(startS: number, endS: number): void {
  if (!Number.isFinite(startS) || !Number.isFinite(endS) || startS < 0 || endS <= startS) {
    throw new MediaError('start_after_end', `The clip would start at ${said(startS)} and end at ${said(endS)}.`);
  }
  if (endS - startS > MAX_CLIP_S + 1e-6) {
    throw new MediaError(
      'too_long',
      `A clip lasts at most ${MAX_CLIP_S} s; this one would last ${said(endS - startS)}.`,
    );
  }
}

/** Half a frame of grace: durations are stored rounded, and people type the duration that they read. */
function checkWithin({ facts }: ProbedMaster, startS: number, endS: number): void {
  const graceS = Math.max(0.05, 0.5 / toNumber(facts.video.frameRate));
  if (endS <= facts.durationS + graceS && startS < facts.durationS) return;
  const what = startS >= facts.durationS ? `start at ${said(startS)}` : `end at ${said(endS)}`;
  throw new MediaError('beyond_master', `The master lasts ${said(facts.durationS)}; the clip would ${what}.`);
}

interface CutSpan {
  master: ProbedMaster;
  frames: CutFrames;
  /** Seconds from the clip's first moment. */
  shownAtS: readonly number[];
}

/**
 * A graph that was built anew begins with silence from the clip's first moment: the sound is longer by that. The coder
 * itself adds two frames of 1024 samples at most, 43 ms.
 */
const MAX_SOUND_OVER_S = 0.05;

/**
 * Makes the renditions, the pictures and `clip.mp4`. When the sound has changed its rate or its layout on the way, which
 * shows in its length, it is made even first, and the cut made again with that.
 */
async function makeFiles(
  loopback: LoopbackSource,
  request: CutRequest,
  plan: CutPlan,
  span: CutSpan,
): Promise<MeasuredClip> {
  const { signal, workDir } = request;
  const make = async (cut: CutPlan, told = request): Promise<MeasuredClip> => {
    await runCut(loopback, told, cut, span);
    await runTool('ffmpeg', remuxArgs(cut), { signal, cwd: workDir });
    return measureClip(workDir, signal);
  };
  const clip = await make(plan);
  if (plan.soundTracks.length === 0) return clip;
  if (clip.soundS === null) throw new Error('clip.mp4 has no sound.');
  if (clip.soundS < plan.durationS + MAX_SOUND_OVER_S) return clip;
  await loopback.run('ffmpeg', evenSoundArgs(plan), { cwd: workDir });
  // Progress never falls: it stays where the first run has left it.
  return make({ ...plan, isSoundEven: true }, { ...request, onProgress: () => {} });
}

/**
 * Runs the cut, and tells how far it is: ffmpeg writes a line for every frame that enters the outputs. Its own
 * `-progress` says nothing before the last output opens, and the storyboard opens at the clip's end.
 * Every frame that the master has is made, at its own time; one that is not there could not be decoded.
 */
async function runCut(loopback: LoopbackSource, request: CutRequest, plan: CutPlan, span: CutSpan): Promise<void> {
  const { master, shownAtS } = span;
  const { isPatient = false } = request;
  const madeS: number[] = [];
  const onStdoutLine = (line: string) => {
    const pts = FRAME_LINE.exec(line)?.[1];
    if (pts === undefined) return;
    madeS.push(Number(pts) / CLOCK_HZ);
    request.onProgress?.(Math.min(1, madeS.length / shownAtS.length) * CUT_SHARE);
  };
  const { stderrTail } = await loopback
    .run('ffmpeg', cutArgs(plan), { cwd: request.workDir, onStdoutLine, isPatient })
    .catch((error: unknown) => {
      if (!isMediaError(error) || complaintsOfPicture(error.technical ?? '').length === 0) throw error;
      return { stderrTail: error.technical ?? '' };
    });
  const misplacement = misplaced(madeS, shownAtS, toNumber(master.timeBase));
  if (misplacement !== null) throw await damaged(loopback, span, `${misplacement}\n${stderrTail}`);
  if (await isDamaged(loopback, stderrTail)) throw await damaged(loopback, span, stderrTail);
}

async function damaged(
  loopback: LoopbackSource,
  { master, frames: { edges } }: CutSpan,
  technical: string,
): Promise<MediaError> {
  const atS = (pts: number) => pts * toNumber(master.timeBase) - master.originS;
  const clip = { startS: atS(edges.firstPts), endS: atS(edges.lastPts) + 1 / toNumber(master.facts.video.frameRate) };
  const damage = await locateDamage(loopback, master, clip);
  const { startS = 0, endS = 0 } = damage[0] ?? clip;
  return new MediaError(
    'undecodable',
    `The master is damaged between ${said(startS)} and ${said(damage.at(-1)?.endS ?? endS)}, so the clip cannot be cut. Choose a range beside it, or export the file again and upload it.`,
    { technical, flaws: { damage } },
  );
}
