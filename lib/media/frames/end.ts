import { readBytes } from '#lib/media/containers/read-bytes.ts';
import { isMediaError, MediaError } from '#lib/media/media-types.ts';
import { interval, type PacketReading, readPackets, type TimedPacket } from '#lib/media/probe/packet-times.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { MAX_REORDERED } from './times.ts';

/** Where a master ends by its packets. */
export interface MasterEnd {
  /** Seconds from timecode zero to the end of the last whole frame. */
  endS: number;
  /** Bytes are missing behind it: the file was cut off. */
  isCutOff: boolean;
  /** From here on lies a packet that is not whole; null: there is none. */
  brokenFromByte: number | null;
  /** The same without the last packet, where only decoding it tells whether it is whole (`mayEndAnywhere`). */
  beforeLast: { endS: number; byte: number } | null;
}

/** Later than any clock: whoever seeks there lands at the last key frame, or the last packet. */
const FAR_S = 10_000_000;

/** Frames are stored out of order: the end is known of so many packets, or of what lies this long before the last one. */
const ENOUGH_PACKETS = 40;
const TAIL_S = 2;

/** A header that ends this much later, or earlier, than the packets is wrong; less is how containers round. */
const MAX_MISSING_S = 0.25;
const MAX_BEYOND_S = 0.1;

/** What ffmpeg says at the end of a file that should go on. */
const ENDS_EARLY = /partial file|File ended prematurely/;

/** Bisection stops when it knows the end this closely; the rest is read. */
const CLOSE_S = 4;

/**
 * Where the picture ends, by its last packet, whatever the header says. Seeks to the end; only when nothing is there,
 * because an index names what the file does not have, the last readable moment is bisected. `isCutOff` when that is known.
 * Throws `truncated` when no packet can be read.
 */
export async function findEnd(loopback: LoopbackSource, master: ProbedMaster, isCutOff = false): Promise<MasterEnd> {
  const last = await read(loopback, master, interval(FAR_S, null));
  const tail = last.packets.length > 0 ? last : await bisectTail(loopback, master);
  const isShort = last.packets.length === 0 || ENDS_EARLY.test(last.said);
  const end = endOf(master, await withMore(loopback, master, tail), isCutOff || isShort);
  const mayStop = end.isCutOff || /^mov/.test(master.facts.container);
  if (!mayStop || master.soundTracks.length === 0) return end;
  // A fragment has all of its picture before all of its sound: the one may be whole, and the other missing.
  const among = await withMore(loopback, master, tail, { amongOthers: true });
  if (among.packets.length === 0 || !(end.isCutOff || ENDS_EARLY.test(among.said))) return end;
  return { ...end, isCutOff: true, endS: Math.min(end.endS, endAfter(master, withoutHoles(among.packets))) };
}

/** The packets from the last readable moment on. */
async function bisectTail(loopback: LoopbackSource, master: ProbedMaster): Promise<PacketReading> {
  const clockS = (seconds: number) => clockOriginS(master) + seconds;
  let readable = 0;
  let unreadable = master.facts.durationS;
  while (unreadable - readable > CLOSE_S) {
    const middle = (readable + unreadable) / 2;
    const { packets } = await read(loopback, master, `${clockS(middle).toFixed(6)}%+#1`);
    if (packets.length > 0) readable = middle;
    else unreadable = middle;
  }
  const tail = await read(loopback, master, interval(clockS(readable), null));
  if (tail.packets.length > 0) return tail;
  throw new MediaError('truncated', 'The file has no picture that can be read. Export it again.');
}

/** The last packets and as many before them as it takes to know the end. */
async function withMore(
  loopback: LoopbackSource,
  master: ProbedMaster,
  last: PacketReading,
  { amongOthers = false } = {},
): Promise<PacketReading> {
  if (last.packets.length > ENOUGH_PACKETS && !amongOthers) return last;
  const latestS = Math.max(...last.packets.map(({ pts }) => pts)) * toNumber(master.timeBase);
  const more = await read(loopback, master, interval(latestS - TAIL_S, null), { amongOthers });
  return more.packets.length > 0 || amongOthers ? more : last;
}

/** The packets of AVI count from 0, whatever delay its decoder has. */
const clockOriginS = (master: ProbedMaster): number => (master.hasPresentationTimes ? master.originS : 0);

/** Past the end of a cut-off file ffprobe gives up; a failing store, and an abort, are still failures. */
async function read(
  loopback: LoopbackSource,
  master: ProbedMaster,
  readInterval: string,
  options?: { amongOthers: boolean },
): Promise<PacketReading> {
  try {
    return await readPackets(loopback, master, readInterval, options);
  } catch (error) {
    if (isMediaError(error) && error.code === 'ffmpeg_failed' && !error.retryable) {
      return { packets: [], lastBytes: null, said: error.technical ?? '' };
    }
    throw error;
  }
}

function endOf(master: ProbedMaster, { packets, lastBytes }: PacketReading, isKnownCut: boolean): MasterEnd {
  const whole = withoutHoles(packets);
  const isAnywhere = mayEndAnywhere(master, packets);
  // A stream that was cut off anywhere has no word of it; what is missing between its last frames tells.
  const lacksFrames = isAnywhere && !master.facts.video.isVariableFrameRate && whole.length < packets.length;
  const isCutOff = isKnownCut || lacksFrames;
  const isBroken = isCutOff && lastBytes !== null && lastBytes.end >= master.sizeBytes;
  const isLastTimed = packets.at(-1)?.bytes?.first === lastBytes?.first;
  const beforeLastS = () => endAfter(master, withoutHoles(isLastTimed ? packets.slice(0, -1) : packets));
  return {
    endS: isBroken ? beforeLastS() : endAfter(master, isCutOff ? whole : packets),
    isCutOff,
    brokenFromByte: isBroken ? lastBytes.first : null,
    beforeLast: lastBytes && isAnywhere ? { endS: beforeLastS(), byte: lastBytes.first } : null,
  };
}

/**
 * Whether only decoding the last packet tells whether it is whole. So it is in a transport stream; each of its frames
 * begins where its packet does, which those of program streams do not, so that nothing can be left out there.
 */
export const mayEndAnywhere = ({ facts }: ProbedMaster, packets: readonly TimedPacket[]): boolean =>
  facts.container === 'mpegts' && packets.every(({ bytes }) => bytes !== null);

/** Where the last of some packets ends, in seconds from timecode zero. */
function endAfter(master: ProbedMaster, packets: readonly TimedPacket[]): number {
  const tick = toNumber(master.timeBase);
  const frameTicks = 1 / toNumber(master.facts.video.frameRate) / tick;
  const ends = packets.flatMap(({ pts, duration, isShown }) => (isShown ? [pts + (duration || frameTicks)] : []));
  return Math.max(0, Math.max(...ends) * tick - clockOriginS(master));
}

/** Where a file was cut off, frames are missing between the last ones: those that are stored later and shown earlier. */
function withoutHoles(packets: readonly TimedPacket[]): TimedPacket[] {
  const shown = [...packets].sort((a, b) => a.pts - b.pts);
  const steps = shown.slice(1).map(({ pts }, i) => pts - (shown[i]?.pts ?? pts));
  const step = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const hole = steps.findIndex((ticks, i) => i >= steps.length - MAX_REORDERED && ticks > 1.5 * step);
  return hole < 0 ? shown : shown.slice(0, hole + 1);
}

/** Where the box that announces fragments lies (ISO/IEC 14496-12 §8.8.1): the index before the first one is small. */
const FRAGMENTS_WITHIN_BYTES = 1024 ** 2;

/** So much of the end may be missing: containers round their durations, and the last frame's length is not always written. */
const MAX_LOST_S = 0.5;

/**
 * A recorder that dies leaves a file that it had not finished. An MP4 whose index names what is not there was finished, and
 * lost its end when it was copied: the whole of it is elsewhere. Throws `truncated` then.
 */
export async function requireUnfinished(
  source: ByteSource,
  { facts }: ProbedMaster,
  endS: number,
  signal?: AbortSignal,
): Promise<void> {
  if (!/^mov/.test(facts.container) || facts.durationS - endS <= MAX_LOST_S) return;
  if ((await readBytes(source, 0, FRAGMENTS_WITHIN_BYTES, signal)).includes('mvex')) return;
  throw new MediaError(
    'truncated',
    `The file ends at ${endS.toFixed(1)} s, though it says that it lasts ${facts.durationS.toFixed(1)} s: it was not copied whole. Copy it again, or export it again.`,
  );
}

/** Takes the header's word for the length, unless it has none or the packets contradict it. */
export function settleLength({ facts }: ProbedMaster, { endS, isCutOff }: MasterEnd): void {
  const declaredS = facts.durationS;
  const isTrue = declaredS > 0 && declaredS - endS <= MAX_MISSING_S && endS - declaredS <= MAX_BEYOND_S;
  if (isCutOff || !isTrue) facts.durationS = endS;
}

/** Makes sure that a master is known to reach `untilS`, or how far it reaches: only then its end is read. */
export async function knowLength(loopback: LoopbackSource, master: ProbedMaster, untilS: number): Promise<void> {
  if (untilS <= master.facts.durationS) return;
  settleLength(master, await findEnd(loopback, master));
}
