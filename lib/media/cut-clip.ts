import { availableParallelism } from 'node:os';
import { measureFiles, soundLengthS } from './cut-files.ts';
import { complainsOfPicture } from './decode-damage.ts';
import { type CutPlan, cutArgs, evenSoundArgs, remuxArgs } from './ffmpeg-args.ts';
import { countFrames, type FrameEdges, findEdges } from './frame-edges.ts';
import { type LoopbackSource, serveSource } from './loopback-source.ts';
import { knowLength } from './master-end.ts';
import { withMatroskaIndex } from './matroska-index.ts';
import { type CutRequest, type CutResult, isMediaError, MediaError } from './media-types.ts';
import { type ProbedMaster, probeMaster } from './probe-master.ts';
import { toNumber } from './rational.ts';
import { renditionLadder } from './rendition-ladder.ts';
import { runTool } from './run-ffmpeg.ts';
import { storyboardOf } from './storyboard.ts';

/** The longest clip (contract §4, `ck_clip_duration`). */
const MAX_CLIP_S = 300;

/** Of the progress, the one run is this much; the remux and the measuring are the rest. */
const CUT_SHARE = 0.95;

/** A frame in the `framecrc` format; its headers start with `#`. */
const FRAME_LINE = /^\d+,/;

/** More threads than this cost memory and win nothing at these sizes. */
const MAX_THREADS = 8;

/**
 * Cuts one clip out of a master, to the frame, and makes everything that is delivered of it, in `workDir`.
 *
 * Reads the master's index and the clip's own range, nothing else. Throws `MediaError`: `start_after_end`, `too_long`,
 * `beyond_master`, whatever a probe throws, `undecodable` when a frame of the range is damaged, `source_unreadable`
 * (retryable) when the store fails, `ffmpeg_failed`; and the signal's reason when aborted.
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
    const plan = planCut(loopback.url, master, edges, endS);
    loopback.endBefore(edges.endByte);
    await makeFiles(loopback, request, plan, { master, edges });
    const result = { ...(await measureFiles(request.workDir, plan, signal)), audioNote: master.facts.audioNote };
    await checkFrames(result.frameCount, loopback, master, edges);
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

/** What the run has to make, from the facts and the frames. */
function planCut(url: string, master: ProbedMaster, edges: FrameEdges, endS: number): CutPlan {
  const { facts } = master;
  const tick = toNumber(master.timeBase);
  const frameS = 1 / toNumber(facts.video.frameRate);
  const firstS = edges.firstPts * tick;
  const lastS = edges.lastPts * tick;
  const frames = Math.round((lastS - firstS) / frameS) + 1;
  // At one frame rate the clip lasts its frames; at a variable one its last frame stays until the end asked for.
  const durationS = facts.video.isVariableFrameRate
    ? Math.max(Math.min(edges.endPts * tick, master.originS + endS) - firstS, lastS - firstS + 0.001)
    : frames * frameS;
  return {
    url,
    video: facts.video,
    videoIndex: master.videoIndex,
    soundTracks: master.soundTracks,
    isSoundEven: false,
    seekS: edges.seekS,
    firstPts: edges.firstPts,
    endPts: edges.endPts,
    firstS: firstS - soundShiftS(master),
    endS: firstS - soundShiftS(master) + durationS,
    posterS: Math.max(0, (lastS - firstS) / 2 - 0.001),
    durationS,
    rungs: renditionLadder(facts),
    storyboard: storyboardOf(durationS, facts.video),
    threads: Math.min(MAX_THREADS, availableParallelism()),
  };
}

/** An AVI's frames are counted from the decoder's first, which stands at a delay that its sound does not have. */
const soundShiftS = (master: ProbedMaster): number => (master.hasPresentationTimes ? 0 : master.originS);

interface CutSpan {
  master: ProbedMaster;
  edges: FrameEdges;
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
async function makeFiles(loopback: LoopbackSource, request: CutRequest, plan: CutPlan, span: CutSpan): Promise<void> {
  const { signal, workDir } = request;
  const make = async (cut: CutPlan, told = request): Promise<void> => {
    await runCut(loopback, told, cut, span);
    await runTool('ffmpeg', remuxArgs(cut.rungs[0].name), { signal, cwd: workDir });
  };
  await make(plan);
  if (plan.soundTracks.length === 0) return;
  if ((await soundLengthS(workDir, signal)) < plan.durationS + MAX_SOUND_OVER_S) return;
  await loopback.run('ffmpeg', evenSoundArgs(plan), { cwd: workDir });
  // Progress never falls: it stays where the first run has left it.
  await make({ ...plan, isSoundEven: true }, { ...request, onProgress: () => {} });
}

/**
 * Runs the cut, and tells how far it is: ffmpeg writes a line for every frame that enters the outputs. Its own
 * `-progress` says nothing before the last output opens, and the storyboard opens at the clip's end.
 */
async function runCut(loopback: LoopbackSource, request: CutRequest, plan: CutPlan, span: CutSpan): Promise<void> {
  const { master, edges } = span;
  const expected = Math.max(1, Math.round(plan.durationS * toNumber(master.facts.video.frameRate)));
  let frames = 0;
  const onStdoutLine = (line: string) => {
    if (!FRAME_LINE.test(line)) return;
    frames += 1;
    request.onProgress?.(Math.min(1, frames / expected) * CUT_SHARE);
  };
  try {
    const { stderrTail } = await loopback.run('ffmpeg', cutArgs(plan), { cwd: request.workDir, onStdoutLine });
    if (complainsOfPicture(stderrTail)) throw damaged(master, edges, stderrTail);
  } catch (error) {
    if (!isMediaError(error) || !complainsOfPicture(error.technical ?? '')) throw error;
    throw damaged(master, edges, error.technical);
  }
}

function damaged(master: ProbedMaster, edges: FrameEdges, technical: string | undefined): MediaError {
  const at = (pts: number) => said(pts * toNumber(master.timeBase) - master.originS);
  return new MediaError(
    'undecodable',
    `The master is damaged between ${at(edges.firstPts)} and ${at(edges.lastPts)}, so the clip cannot be cut. Export it and upload it again.`,
    technical === undefined ? {} : { technical },
  );
}

/**
 * Every frame between the edges is in the clip. At one frame rate their number is known; otherwise, or when the file
 * itself lacks frames, they are counted in the master.
 */
async function checkFrames(
  made: number,
  loopback: LoopbackSource,
  master: ProbedMaster,
  edges: FrameEdges,
): Promise<void> {
  const { video } = master.facts;
  const lastsS = (edges.lastPts - edges.firstPts) * toNumber(master.timeBase);
  const counted = Math.round(lastsS * toNumber(video.frameRate)) + 1;
  if (!video.isVariableFrameRate && made === counted) return;
  const present = await countFrames(loopback, master, edges);
  if (made !== present) throw damaged(master, edges, `${made} frames made, ${present} in the master`);
}
