import type { LoopbackSource } from './loopback-source.ts';
import { MediaError } from './media-types.ts';
import { type PacketReader, packetReader, type TimedPacket } from './packet-times.ts';
import type { ProbedMaster } from './probe-master.ts';
import { toNumber } from './rational.ts';

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
}

/** Timecodes come rounded to the millisecond, and so do Matroska's frames: a frame this close counts as reached. */
const TOLERANCE_S = 0.001;

/** Frames are stored out of order by up to 16 (H.264 and HEVC): what is read must reach past the frame looked for. */
const reorderS = ({ facts }: ProbedMaster): number =>
  Math.min(1.5, Math.max(0.4, 20 / toNumber(facts.video.frameRate)));

/** Transport and program streams are entered anywhere; the other containers are entered at a key frame. */
const hasIndex = ({ facts }: ProbedMaster): boolean => !/^mpeg/.test(facts.container);

/** How far around an edge is read, growing until the frame, or the key frame before it, is in sight. */
const REACHES_S = [0.5, 2, 8, 32, 128, 100_000];

/**
 * Which frames a cut shows: from the one on screen at `startS` to the last one before `endS`, to the frame, for any
 * frame rate. Packet times around the two edges are read from the master, nothing between them.
 * Throws `truncated` when the file ends before the clip does.
 */
export async function findEdges(
  loopback: LoopbackSource,
  master: ProbedMaster,
  range: { startS: number; endS: number },
): Promise<FrameEdges> {
  if (!master.hasPresentationTimes) return countedEdges(master, range);
  const read = packetReader(loopback, master);
  const start = await startEdge(read, master, master.originS + range.startS);
  const end = await endEdge(read, master, master.originS + range.endS);
  if (end.lastPts < start.firstPts) {
    // Both edges fall on one long frame: it is shown, for as long as was asked.
    return { ...start, lastPts: start.firstPts, endPts: Math.max(end.endPts, start.firstPts + 1) };
  }
  return { ...start, ...end };
}

async function startEdge(read: PacketReader, master: ProbedMaster, startS: number) {
  const tick = toNumber(master.timeBase);
  const isReached = (packet: TimedPacket) => packet.pts * tick <= startS + TOLERANCE_S;
  let packets: TimedPacket[] = [];
  for (const reachS of hasIndex(master) ? REACHES_S : REACHES_S.slice(1)) {
    const fromS = Math.max(master.originS - 1, startS - reachS);
    packets = await read(fromS, startS + reorderS(master));
    const firstPts = packets.filter(isReached).reduce((latest, packet) => Math.max(latest, packet.pts), -Infinity);
    const keys = packets.filter((packet) => packet.isKey).sort((a, b) => a.pts - b.pts);
    const key = keys.findLast((packet) => packet.pts <= firstPts);
    if (key) {
      const next = keys.find((packet) => packet.pts > key.pts);
      return { firstPts, seekS: seekPoint(master, key, next) };
    }
    if (fromS < master.originS) break;
  }
  const first = packets.filter((packet) => packet.isKey).sort((a, b) => a.pts - b.pts)[0];
  if (!first) throw new MediaError('undecodable', 'No frame of the master can be decoded at the start of the clip.');
  // The picture starts after the asked moment: the clip starts with the picture.
  return { firstPts: first.pts, seekS: seekPoint(master, first, undefined) };
}

/** ffmpeg seeks 3/23 s earlier than asked where frames are stored out of order (its guess for time stamps of decoding). */
const SEEK_BACK_S = 3 / 23;

/**
 * Where to send ffmpeg so that it starts reading exactly at `key`. Transport and program streams have no index: ffmpeg
 * lands on the last packet, key frame or not, that is to be decoded by then. The others land on the key frame at or
 * before the moment.
 */
function seekPoint(master: ProbedMaster, key: TimedPacket, next: TimedPacket | undefined): number {
  const tick = toNumber(master.timeBase);
  const backS = master.hasBFrames ? SEEK_BACK_S : 0;
  if (!hasIndex(master)) return (key.dts ?? key.pts) * tick + backS + 0.001;
  const isCrowded = next !== undefined && (next.pts - key.pts) * tick < 2 * SEEK_BACK_S;
  return key.pts * tick + (isCrowded ? 0 : backS);
}

async function endEdge(read: PacketReader, master: ProbedMaster, endS: number) {
  const tick = toNumber(master.timeBase);
  for (const reachS of REACHES_S) {
    const packets = await read(endS - reachS, endS + Math.max(reorderS(master), reachS / 4));
    const after = packets.filter((packet) => packet.pts * tick >= endS - TOLERANCE_S);
    const before = packets.filter((packet) => packet.pts * tick < endS - TOLERANCE_S);
    const lastPts = before.reduce((latest, packet) => Math.max(latest, packet.pts), -Infinity);
    const endPts = after.reduce((earliest, packet) => Math.min(earliest, packet.pts), Infinity);
    if (lastPts === -Infinity && reachS < 100_000) continue;
    if (endPts < Infinity) return { lastPts, endPts };
    // No frame follows: the clip ends with the picture, or the file is shorter than it says.
    const frameS = 1 / toNumber(master.facts.video.frameRate);
    const missingS = endS - (lastPts * tick + frameS);
    if (missingS < MAX_MISSING_S || master.facts.video.isVariableFrameRate) {
      return { lastPts, endPts: Math.max(lastPts + 1, Math.ceil(endS / tick)) };
    }
  }
  throw new MediaError('truncated', 'The master ends before the clip does, though it says that it lasts longer.');
}

/** Containers give the last frame's length loosely. */
const MAX_MISSING_S = 0.25;

/** AVI: one rate from the first frame on, so the frames are counted. */
function countedEdges(master: ProbedMaster, { startS, endS }: { startS: number; endS: number }): FrameEdges {
  const tick = toNumber(master.timeBase);
  const perFrame = Math.max(1, Math.round(1 / toNumber(master.facts.video.frameRate) / tick));
  const origin = Math.round(master.originS / tick);
  const frameAt = (seconds: number, round: (value: number) => number) => round(seconds / tick / perFrame);
  const first = frameAt(startS + TOLERANCE_S, Math.floor);
  const frames = Math.ceil((master.frameCount ?? Number.MAX_SAFE_INTEGER) / perFrame);
  const end = Math.min(frameAt(endS - TOLERANCE_S, Math.ceil), frames);
  const firstPts = origin + first * perFrame;
  const endPts = Math.max(firstPts + 1, origin + end * perFrame);
  // An index of AVI counts in stored order: the key frame looked for may be stored up to 16 frames later than shown.
  const seekS = (firstPts - (master.hasBFrames ? 16 * perFrame : 0)) * tick;
  return { firstPts, endPts, lastPts: Math.max(firstPts, endPts - perFrame), seekS: seekS > 0 ? seekS : null };
}

/** The frame on screen at `startS` and where to start reading for it; as in `findEdges`. */
export async function findStart(
  loopback: LoopbackSource,
  master: ProbedMaster,
  startS: number,
): Promise<Pick<FrameEdges, 'firstPts' | 'seekS'>> {
  if (!master.hasPresentationTimes) return countedEdges(master, { startS, endS: startS + 1 });
  return startEdge(packetReader(loopback, master), master, master.originS + startS);
}

/** How many frames the master has from the first to the last shown: reads the clip's whole range once more. */
export async function countFrames(loopback: LoopbackSource, master: ProbedMaster, edges: FrameEdges): Promise<number> {
  const tick = toNumber(master.timeBase);
  const toS = edges.endPts * tick + reorderS(master);
  const packets = await packetReader(loopback, master)((edges.seekS ?? 0) - 1, toS);
  return new Set(packets.map(({ pts }) => pts).filter((pts) => pts >= edges.firstPts && pts < edges.endPts)).size;
}
