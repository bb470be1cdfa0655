import { interval, readDecoded, readPackets } from '#lib/media/probe/packet-times.ts';
import type { ProbedFrame } from '#lib/media/probe/probe-json.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { type Entries, readEntries } from './entry-points.ts';

/** Frames are stored out of order by up to 16 (H.264 and HEVC): what is read must reach past the frame looked for. */
export const reorderS = ({ facts }: Pick<ProbedMaster, 'facts'>): number =>
  Math.min(1.5, Math.max(0.4, 20 / toNumber(facts.video.frameRate)));

/** So many frames may be stored before one that is shown before them. */
export const MAX_REORDERED = 16;

/** Whole ticks of the master's clock that a frame is shown for, at its rate. */
export const ticksOfFrame = ({ facts, timeBase }: Pick<ProbedMaster, 'facts' | 'timeBase'>): number =>
  Math.max(1, Math.round(1 / toNumber(facts.video.frameRate) / toNumber(timeBase)));

/** How far before a moment decoding begins, growing until a key frame is among it. */
const REACHES_S = [1, 4, 16, 64, 100_000];

const ascending = (ticks: Iterable<number>): number[] => [...new Set(ticks)].sort((a, b) => a - b);

/** Timecode zero on the master's clock: nothing before it is shown, whatever packets there are. */
export const firstTick = ({ originS, timeBase }: ProbedMaster): number => Math.round(originS / toNumber(timeBase));

/** What a phone has trimmed; a longer file is not read whole. */
const MAX_TRIMMED_S = 120;

/** An edit list that leaves something out in the middle gives several packets one time, and ffmpeg finds any of them. */
export const isAmbiguous = ({ hidesFrames, facts }: ProbedMaster): boolean =>
  hidesFrames && facts.durationS < MAX_TRIMMED_S;

/** From one reading of the file's clock to another; of a file whose times are ambiguous all of it. */
const spanOf = (master: ProbedMaster, fromS: number, toS: number): string =>
  isAmbiguous(master) ? '%' : interval(fromS, toS);

/**
 * What was read last of a source, in seconds of its clock: the edges of a clip and the frames between them are asked for
 * one after the other, and lie in one reading.
 */
function lastReadings<T>() {
  const readings = new WeakMap<LoopbackSource, { fromS: number; toS: number; found: T }>();
  return {
    find(loopback: LoopbackSource, fromS: number, toS: number): T | undefined {
      const last = readings.get(loopback);
      return last && last.fromS <= fromS && last.toS >= toS ? last.found : undefined;
    },
    keep(loopback: LoopbackSource, fromS: number, toS: number, found: T): T {
      readings.set(loopback, { fromS, toS, found });
      return found;
    },
  };
}
const lastEntries = lastReadings<Entries>();
const lastTimes = lastReadings<number[]>();

/** The packets of a range, with some more on either side, and where decoding may begin among them. */
export async function entriesOf(
  loopback: LoopbackSource,
  master: ProbedMaster,
  fromS: number,
  toS: number,
): Promise<Entries> {
  const known = lastEntries.find(loopback, fromS, toS);
  if (known) return known;
  return lastEntries.keep(loopback, fromS, toS, await readEntries(loopback, master, spanOf(master, fromS, toS)));
}

/**
 * When the frames of a range are shown, as the decoder gives them: ticks of the master's clock, ascending, each once,
 * from `fromPts` to just before `toPts`. Reads the range; decodes it only where a packet may be less than a frame.
 */
export async function framesOf(
  loopback: LoopbackSource,
  master: ProbedMaster,
  fromPts: number,
  toPts: number,
): Promise<number[]> {
  const tick = toNumber(master.timeBase);
  const first = Math.max(fromPts, firstTick(master));
  const isWithin = (pts: number) => pts >= first && pts < toPts;
  if (!master.packetsAreFrames) {
    return (await decodedTimes(loopback, master, first * tick, toPts * tick)).filter(isWithin);
  }
  const span = [first * tick - reorderS(master), toPts * tick + reorderS(master)] as const;
  const known = lastEntries.find(loopback, ...span);
  const { packets } = known ?? (await readPackets(loopback, master, spanOf(master, ...span)));
  return ascending(packets.flatMap(({ pts, isShown }) => (isShown && isWithin(pts) ? [pts] : [])));
}

/** So many packets reach from a key frame over a gap: an encoder sets a key frame every few seconds, and none in a gap. */
const PACKETS_AROUND = 600;

/**
 * The last frame before a moment of the master's clock and the first at or behind it, in ticks, however far away; undefined
 * where there is none, or none near in stored order. Reads a bounded number of packets.
 */
export async function framesAround(
  loopback: LoopbackSource,
  master: ProbedMaster,
  atS: number,
): Promise<[before: number | undefined, behind: number | undefined]> {
  const tick = toNumber(master.timeBase);
  const { packets } = await readPackets(loopback, master, `${atS.toFixed(6)}%+#${PACKETS_AROUND}`);
  const times = ascending(packets.flatMap(({ pts, isShown }) => (isShown && pts >= firstTick(master) ? [pts] : [])));
  return [times.findLast((pts) => pts * tick < atS), times.find((pts) => pts * tick >= atS)];
}

/**
 * The times of all frames that the decoder gives on the way from `fromS` to `toS`, from the one on screen at `fromS` on,
 * and some more on either side. It begins early enough to have seen a key frame by then.
 */
export async function decodedTimes(
  loopback: LoopbackSource,
  master: ProbedMaster,
  fromS: number,
  toS: number,
): Promise<number[]> {
  const known = lastTimes.find(loopback, fromS, toS);
  if (known) return known;
  const tick = toNumber(master.timeBase);
  const untilS = toS + reorderS(master);
  let times: number[] = [];
  for (const reachS of REACHES_S) {
    const from = fromS - reachS;
    times = await timesFrom(loopback, master, { fromS: from, untilS });
    if ((times[0] ?? Number.POSITIVE_INFINITY) * tick <= fromS || from < master.originS) break;
  }
  return lastTimes.keep(
    loopback,
    fromS,
    toS,
    times.filter((pts) => pts >= firstTick(master)),
  );
}

/** What the decoder gives that is begun at or before `fromS`. */
async function timesFrom(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { fromS, untilS }: { fromS: number; untilS: number },
): Promise<number[]> {
  const rate = toNumber(master.facts.video.frameRate);
  const perFrame = ticksOfFrame(master);
  const decode = async (readInterval: string) => {
    const { packets, frames } = await readDecoded(loopback, master, readInterval);
    return { read: packets.length, times: ascending(timesOf(frames, perFrame)) };
  };
  if (master.hasPresentationTimes) return (await decode(interval(fromS, untilS))).times;
  // ffprobe does not see that an interval is over in packets without presentation times: they are counted.
  const seconds = untilS - Math.max(0, fromS);
  for (let count = Math.ceil(seconds * rate) + MAX_REORDERED; ; count *= 4) {
    const { read, times } = await decode(`${fromS.toFixed(6)}%+#${count}`);
    if (read >= count && (times.at(-1) ?? 0) < untilS / toNumber(master.timeBase)) continue;
    return ascending(times.map((pts) => onGrid(pts, firstTick(master), perFrame)));
  }
}

/**
 * An AVI counts its ticks from the key frame that it was entered at, and where a frame has several of them it may count one
 * more than from the start: frames stand where whole frames are from the first one.
 */
const onGrid = (pts: number, first: number, perFrame: number): number =>
  first + Math.floor((pts - first) / perFrame) * perFrame;

/** The last frames that the decoder of an AVI gives back have no packet to take their time from: they go on. */
function timesOf(frames: readonly ProbedFrame[], perFrame: number): number[] {
  let last: number | undefined;
  return frames.flatMap(({ best_effort_timestamp: pts }) => {
    if (pts !== undefined) last = pts;
    else if (last !== undefined) last += perFrame;
    return last === undefined ? [] : [last];
  });
}
