import { MediaError, type TimeRange } from '#lib/media/media-types.ts';
import { readPackets, type TimedPacket } from '#lib/media/probe/packet-times.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { clockOf, type FrameClock, gapsBetween } from './clock.ts';
import { framesAround } from './times.ts';

/** Of a file up to this size every packet's time is read; a larger one is looked at here and there. */
const WHOLE_BYTES = 64 * 1024 ** 2;

/** And of so many frames: each is a line to read, while the process has others to answer. A half hour at 30 a second. */
const WHOLE_PACKETS = 60_000;

/** So many places of a large file: a gap that is longer than a sixteenth of it is found for certain. */
const PLACES = 16;

/** A clock that goes back by more than this was set anew; less is the order in which frames are stored. */
const MAX_BACK_S = 2;

/** The clock of MPEG systems has 33 bits (ISO/IEC 13818-1 §2.4.3.7): ffmpeg takes a step back for its turn. */
const TURN_S = 2 ** 33 / 90_000;

/** What the times of a master's frames say. */
interface MasterTimes {
  /** Where nothing was recorded, in seconds from timecode zero. */
  gaps: TimeRange[];
  /** How the frames follow each other in the longest run between gaps; null where not all of them were looked at. */
  clock: FrameClock | null;
}

/**
 * Looks for gaps: all of a small file, some places of a large one; what it misses, the cut that meets it finds.
 * Throws `clock_goes_back` when times are there twice, so that a timecode names two pictures.
 */
export async function readTimes(loopback: LoopbackSource, master: ProbedMaster): Promise<MasterTimes> {
  // The packets of AVI have no times that could jump.
  if (!master.hasPresentationTimes) return { gaps: [], clock: null };
  if (master.sizeBytes <= WHOLE_BYTES) {
    const { packets } = await readPackets(loopback, master, `%+#${WHOLE_PACKETS}`);
    if (packets.length < WHOLE_PACKETS) return timesOfAll(master, packets);
  }
  const gaps: TimeRange[] = [];
  for (let place = 1; place < PLACES; place++) {
    const atS = (master.facts.durationS * place) / PLACES;
    if (gaps.every(({ endS }) => endS < atS)) gaps.push(...(await gapAround(loopback, master, atS)));
  }
  return { gaps, clock: null };
}

const timesOf = ({ timeBase, facts }: ProbedMaster, ticks: readonly number[]) => ({
  ...{ ticks, timeBase, frameRate: facts.video.frameRate },
});

const ascending = (packets: readonly TimedPacket[]): number[] =>
  [...new Set(packets.flatMap(({ pts, isShown }) => (isShown ? [pts] : [])))].sort((a, b) => a - b);

const fromZero = ({ originS }: ProbedMaster, ranges: readonly TimeRange[]): TimeRange[] =>
  ranges.map(({ startS, endS }) => ({ startS: startS - originS, endS: endS - originS }));

function timesOfAll(master: ProbedMaster, packets: readonly TimedPacket[]): MasterTimes {
  requireOneWay(master, packets);
  const tickS = toNumber(master.timeBase);
  const ticks = ascending(packets).filter((tick) => tick * tickS >= master.originS - tickS);
  const gaps = gapsBetween(timesOf(master, ticks));
  return { gaps: fromZero(master, gaps), clock: longestClock(master, ticks, gaps) };
}

/** @throws MediaError `clock_goes_back` */
function requireOneWay({ timeBase, originS }: ProbedMaster, packets: readonly TimedPacket[]): void {
  const tickS = toNumber(timeBase);
  const shownS = packets.flatMap(({ pts, isShown }) => (isShown ? [pts * tickS] : []));
  let latestS = shownS[0] ?? 0;
  for (const atS of shownS) {
    const backS = atS - latestS > TURN_S / 2 ? latestS - (atS - TURN_S) : latestS - atS;
    if (backS > MAX_BACK_S) throw goesBack(backS, latestS - originS);
    latestS = Math.max(latestS, atS);
  }
}

const goesBack = (backS: number, atS: number) =>
  new MediaError(
    'clock_goes_back',
    `The clock of the file goes back by ${backS.toFixed(1)} s at ${atS.toFixed(1)} s, where two recordings were joined. Split it there and upload both, or export it again.`,
  );

/** The clock of the longest run between gaps. */
function longestClock(master: ProbedMaster, ticks: readonly number[], gaps: readonly TimeRange[]): FrameClock | null {
  // Of packets that are fields the rate is not that of the frames.
  if (!master.packetsAreFrames) return null;
  const tickS = toNumber(master.timeBase);
  const bounds = [...gaps.map(({ endS }) => endS - tickS / 2), Number.POSITIVE_INFINITY];
  const runs: number[][] = bounds.map(() => []);
  for (const tick of ticks) runs[bounds.findIndex((endS) => tick * tickS < endS)]?.push(tick);
  const longest = runs.reduce((most, run) => (run.length > most.length ? run : most), []);
  if (longest.length < 2) return null;
  return clockOf(timesOf(master, longest));
}

/** The rate that the frames have: a header knows the average at best, which gaps spoil. */
export function settleRate({ facts }: ProbedMaster, { gaps, clock }: MasterTimes): void {
  if (!clock) return;
  const frameRate = clock.isVariable ? facts.video.frameRate : clock.frameRate;
  facts.video = { ...facts.video, frameRate, isVariableFrameRate: clock.isVariable || gaps.length > 0 };
}

/** The gap that a moment lies in; none, when a picture is near. */
async function gapAround(loopback: LoopbackSource, master: ProbedMaster, atS: number): Promise<TimeRange[]> {
  const [before, behind] = await framesAround(loopback, master, master.originS + atS);
  if (before === undefined || behind === undefined) return [];
  return fromZero(master, gapsBetween(timesOf(master, [before, behind])));
}
