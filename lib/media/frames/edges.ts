import { MediaError } from '#lib/media/media-types.ts';
import { interval, readPackets, type TimedPacket } from '#lib/media/probe/packet-times.ts';
import { hasIndex, type ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { mayEndAnywhere } from './end.ts';
import { type EntryPoint, entryFor, entryPoints } from './entry-points.ts';
import {
  decodedTimes,
  entriesOf,
  firstTick,
  framesAround,
  framesOf,
  isAmbiguous,
  MAX_REORDERED,
  reorderS,
  ticksOfFrame,
} from './times.ts';

/** The frames of a clip, on the master's own clock. */
export interface FrameEdges {
  /** Tick of the first frame shown. */
  firstPts: number;
  /** Tick of the first frame that is not shown any more. */
  endPts: number;
  /** Tick of the last frame shown. */
  lastPts: number;
  /** Where to send ffmpeg, on the master's clock, to start reading at the right key frame; null: at the file's start. */
  seekS: number | null;
  /** Where the last packet of the file begins, when it is not of the clip and may be broken; null: read what there is. */
  endByte: number | null;
}

/** Timecodes come rounded to the millisecond, and so do Matroska's frames: a frame this close counts as reached. */
const TOLERANCE_S = 0.001;

/** How far around an edge is read, growing until the frame, or the key frame before it, is in sight. */
const FIRST_REACH_S = 1;
const REACHES_S = [FIRST_REACH_S, 4, 16, 64, 100_000];

/** A range ends with the first frame behind it, which is looked for so far; some more tell that the file goes on. */
const behindS = ({ facts }: ProbedMaster, reachS: number): number =>
  Math.max(4 / toNumber(facts.video.frameRate), reachS / 4);

/**
 * Which frames a cut shows: from the one on screen at `startS` to the last one before `endS`, to the frame, for any
 * frame rate. The master is read once, from one edge to the other, and again only where an edge is not in sight then.
 * Throws `truncated` when the file ends before the clip does.
 */
export async function findEdges(
  loopback: LoopbackSource,
  master: ProbedMaster,
  range: { startS: number; endS: number },
): Promise<FrameEdges> {
  const endS = master.originS + range.endS;
  await readOnce(loopback, master, { startS: master.originS + range.startS, endS });
  const start = await findStart(loopback, master, range.startS);
  const end = await endEdge(loopback, master, endS);
  if (end.lastPts < start.firstPts) {
    // Both edges fall on one long frame: it is shown, for as long as was asked.
    return { ...start, ...end, lastPts: start.firstPts, endPts: Math.max(end.endPts, start.firstPts + 1) };
  }
  return { ...start, ...end };
}

/** Reads the whole range, with what its edges need on either side: whoever asks for a part of it has it then. */
async function readOnce(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { startS, endS }: { startS: number; endS: number },
): Promise<void> {
  const frameS = 1 / toNumber(master.facts.video.frameRate);
  const fromS = startS - Math.max(FIRST_REACH_S, reorderS(master) + frameS);
  const toS = endS + behindS(master, FIRST_REACH_S) + reorderS(master) + toNumber(master.timeBase);
  if (master.packetsAreFrames) await entriesOf(loopback, master, fromS, toS);
  else await decodedTimes(loopback, master, fromS, toS);
}

/** The frame on screen at `startS` and where to start reading for it; as in `findEdges`. */
export async function findStart(
  loopback: LoopbackSource,
  master: ProbedMaster,
  startS: number,
): Promise<Pick<FrameEdges, 'firstPts' | 'seekS'>> {
  const tick = toNumber(master.timeBase);
  const atS = master.originS + startS;
  if (master.packetsAreFrames) return startEdge(loopback, master, atS);
  const times = await decodedTimes(loopback, master, atS, atS);
  const firstPts = times.findLast((pts) => pts * tick <= atS + TOLERANCE_S) ?? times[0];
  if (firstPts === undefined) throw NOTHING_AT_START();
  if (!master.hasPresentationTimes) return { firstPts, seekS: countedSeek(master, firstPts) };
  return { firstPts, seekS: (await startEdge(loopback, master, firstPts * tick)).seekS };
}

const NOTHING_AT_START = () =>
  new MediaError('undecodable', 'No frame of the master can be decoded at the start of the clip.');

async function startEdge(loopback: LoopbackSource, master: ProbedMaster, startS: number) {
  const tick = toNumber(master.timeBase);
  let first: TimedPacket | undefined;
  let keys: EntryPoint[] = [];
  for (const reachS of REACHES_S) {
    const fromS = startS - reachS;
    const decoded = await entriesOf(loopback, master, fromS, startS + reorderS(master));
    const shown = decoded.packets.filter(({ pts, isShown }) => isShown && pts >= firstTick(master));
    const reached = shown.filter(({ pts }) => pts * tick <= startS + TOLERANCE_S);
    // The picture may start after the asked moment: the clip then starts with the picture.
    first = reached.sort((a, b) => a.pts - b.pts).at(-1) ?? shown.sort((a, b) => a.pts - b.pts)[0];
    keys = entryPoints(decoded);
    const entry = first && entryFor(master, keys, first.pts);
    if (first && entry) {
      return { firstPts: first.pts, seekS: isAmbiguous(master) ? null : seekPoint(master, entry, keys) };
    }
    if (fromS < master.originS - MAX_HIDDEN_S) break;
  }
  // Nothing before it can be begun at; the file itself is begun at its start.
  if (!first || keys.length === 0) throw NOTHING_AT_START();
  return { firstPts: first.pts, seekS: null };
}

/** What lies before timecode zero and is needed for it: the pre-roll that an edit list hides is a group of pictures. */
const MAX_HIDDEN_S = 20;

/** ffmpeg seeks 3/23 s earlier than asked where frames are stored out of order (its guess for time stamps of decoding). */
const SEEK_BACK_S = 3 / 23;

/**
 * Where to send ffmpeg so that it starts reading exactly at `key`. Transport and program streams have no index: ffmpeg
 * lands on the last packet, key frame or not, that is to be decoded by then. The others land on the key frame at or
 * before the moment.
 */
function seekPoint(master: ProbedMaster, key: EntryPoint, keys: readonly EntryPoint[]): number {
  const tick = toNumber(master.timeBase);
  const backS = master.hasBFrames ? SEEK_BACK_S : 0;
  if (!hasIndex(master)) return (key.dts ?? key.pts) * tick + backS + 0.001;
  const next = keys.find(({ pts }) => pts > key.pts);
  const isCrowded = next !== undefined && (next.pts - key.pts) * tick < 2 * SEEK_BACK_S;
  return key.pts * tick + (isCrowded ? 0 : backS);
}

async function endEdge(loopback: LoopbackSource, master: ProbedMaster, endS: number) {
  const tick = toNumber(master.timeBase);
  for (const reachS of REACHES_S) {
    const times = await timesAround(loopback, master, { endS, reachS });
    const lastPts = times.findLast((pts) => pts * tick < endS - TOLERANCE_S) ?? Number.NEGATIVE_INFINITY;
    const endPts = times.find((pts) => pts * tick >= endS - TOLERANCE_S);
    if (lastPts === Number.NEGATIVE_INFINITY && reachS < 100_000) continue;
    if (endPts !== undefined) return { lastPts, endPts, endByte: await endByteOf(loopback, master, { endPts, times }) };
    // No frame follows: the clip ends with the picture, or the file is shorter than it says.
    const frameS = 1 / toNumber(master.facts.video.frameRate);
    const held = { lastPts, endPts: Math.max(lastPts + 1, Math.ceil(endS / tick)), endByte: null };
    if (endS - (lastPts * tick + frameS) < MAX_MISSING_S) return held;
    const [, behind] = await framesAround(loopback, master, endS - TOLERANCE_S);
    if (behind !== undefined) return { ...held, endPts: behind };
    if (master.facts.video.isVariableFrameRate) return held;
  }
  throw new MediaError('truncated', 'The master ends before the clip does, though it says that it lasts longer.');
}

/** A clip that ends with a file that was cut off leaves this many frames behind it, of which none is whole. */
const MAX_LEFT_FRAMES = 2;

/**
 * A file that was cut off ends in the middle of a packet, of which the decoder would complain though no frame of the clip
 * needs it. The last packet of a transport stream may be broken without any sign of it.
 */
async function endByteOf(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { endPts, times }: { endPts: number; times: readonly number[] },
): Promise<number | null> {
  const tick = toNumber(master.timeBase);
  const leftS = ((times.at(-1) ?? endPts) - endPts) * tick;
  if (leftS * toNumber(master.facts.video.frameRate) > MAX_LEFT_FRAMES + 0.5) return null;
  const fromS = endPts * tick - reorderS(master);
  const { packets, lastBytes } = await readPackets(loopback, master, interval(fromS, null));
  // The packets of AVI count from 0, its frames from the decoder's delay.
  const endOfClip = endPts - (master.hasPresentationTimes ? 0 : firstTick(master));
  const isOfClip = packets.some(({ pts, bytes }) => bytes?.first === lastBytes?.first && pts < endOfClip);
  if (!lastBytes || isOfClip) return null;
  return mayEndAnywhere(master, packets) || lastBytes.end >= master.sizeBytes ? lastBytes.first : null;
}

/** The times of the frames from `reachS` before a clip's end to some after it. */
async function timesAround(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { endS, reachS }: { endS: number; reachS: number },
): Promise<number[]> {
  const tick = toNumber(master.timeBase);
  const fromPts = Math.floor((endS - reachS) / tick);
  return framesOf(loopback, master, fromPts, Math.ceil((endS + behindS(master, reachS)) / tick));
}

/** Containers give the last frame's length loosely. */
const MAX_MISSING_S = 0.25;

/** An index of AVI counts in stored order: the key frame looked for may be stored up to 16 frames later than shown. */
function countedSeek(master: ProbedMaster, firstPts: number): number | null {
  const tick = toNumber(master.timeBase);
  const seekS = (firstPts - (master.hasBFrames ? MAX_REORDERED * ticksOfFrame(master) : 0)) * tick;
  return seekS > 0 ? seekS : null;
}
