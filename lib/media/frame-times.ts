import type { LoopbackSource } from './loopback-source.ts';
import { interval, packetReader, readDecoded } from './packet-times.ts';
import type { ProbedMaster } from './probe-master.ts';
import { toNumber } from './rational.ts';

/** Frames are stored out of order by up to 16 (H.264 and HEVC): what is read must reach past the frame looked for. */
export const reorderS = ({ facts }: Pick<ProbedMaster, 'facts'>): number =>
  Math.min(1.5, Math.max(0.4, 20 / toNumber(facts.video.frameRate)));

/** How far before a moment decoding begins, growing until a key frame is among it. */
const REACHES_S = [1, 4, 16, 64, 100_000];

const ascending = (ticks: Iterable<number>): number[] => [...new Set(ticks)].sort((a, b) => a - b);

/** Timecode zero on the master's clock: nothing before it is shown, whatever packets there are. */
export const firstTick = ({ originS, timeBase }: ProbedMaster): number => Math.round(originS / toNumber(timeBase));

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
  const reader = packetReader(loopback, master);
  const packets = await reader(first * tick - reorderS(master), toPts * tick + reorderS(master));
  return ascending(packets.flatMap(({ pts, isShown }) => (isShown && isWithin(pts) ? [pts] : [])));
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
  const tick = toNumber(master.timeBase);
  // The time stamps of AVI are those of decoding, and frames come out later by the decoder's delay.
  const untilS = toS + reorderS(master);
  let times: number[] = [];
  for (const reachS of REACHES_S) {
    const from = fromS - reachS;
    const { frames } = await readDecoded(loopback, master, interval(from, untilS));
    times = ascending(frames.flatMap(({ best_effort_timestamp: pts }) => (pts === undefined ? [] : [pts])));
    if ((times[0] ?? Number.POSITIVE_INFINITY) * tick <= fromS || from < master.originS) break;
  }
  return times.filter((pts) => pts >= firstTick(master));
}
