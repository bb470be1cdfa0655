import type { Rational, TimeRange } from '#lib/media/media-types.ts';
import { toNumber } from '#lib/media/probe/rational.ts';

/** How the frames of a range follow each other. */
export interface FrameClock {
  /** Of a constant clock the rate that every frame keeps; else the highest that a tenth of the frames have. */
  frameRate: Rational;
  isVariable: boolean;
}

/** Frame times of a range of a master, on its own clock. */
export interface FrameTimes {
  /** Ascending, each once. */
  ticks: readonly number[];
  /** Seconds of one tick. */
  timeBase: Rational;
  /** The master's rate by its header; its average where it varies. */
  frameRate: Rational;
}

/** The rates that cameras and broadcasts have. */
const USUAL_RATES: readonly Rational[] = [
  ...[24, 25, 30, 50, 60, 100, 120, 240].map((num) => ({ num, den: 1 })),
  ...[24_000, 30_000, 60_000, 120_000].map((num) => ({ num, den: 1001 })),
];

/** A rate this much off the average is not tried. */
const NEAR = 0.01;

/** Matroska, and what was streamed by RTMP, has its times rounded to this, whatever the clock's own ticks. */
const ROUNDED_TO_S = 0.001;

/** Sums of ticks are not exact in floating point. */
const EXACTLY_S = 1e-5;

/**
 * Whether frames keep one rate: each one's own time, not the average, is where the rate has it, but for the rounding of
 * the clock. The header's rate is tried first, then the usual ones near the average of the range.
 */
export function clockOf({ ticks, timeBase, frameRate }: FrameTimes): FrameClock {
  const tickS = toNumber(timeBase);
  const [first = 0] = ticks;
  const last = ticks.at(-1) ?? first;
  if (ticks.length < 2) return { frameRate, isVariable: false };
  const average = (ticks.length - 1) / ((last - first) * tickS);
  const near = USUAL_RATES.filter((rate) => Math.abs(toNumber(rate) / average - 1) < NEAR);
  // Where a tick is as long as a frame (AVI), nothing is rounded: a time that is a tick off is another frame's.
  const roundedS = (rate: Rational) => Math.min(Math.max(tickS, ROUNDED_TO_S), 0.5 / toNumber(rate)) + EXACTLY_S;
  const fits = (rate: Rational) =>
    ticks.every((tick, i) => Math.abs((tick - first) * tickS - i / toNumber(rate)) <= roundedS(rate));
  const constant = [frameRate, ...near].find(fits);
  if (constant) return { frameRate: constant, isVariable: false };
  const steps = stepsOf(ticks).sort((a, b) => a - b);
  const short = steps[Math.floor(steps.length / 10)] ?? 1;
  return { frameRate: { num: timeBase.den, den: timeBase.num * short }, isVariable: true };
}

const stepsOf = (ticks: readonly number[]): number[] => ticks.slice(1).map((tick, i) => tick - (ticks[i] ?? tick));

/** A picture that stays for longer than this, and than three frames, is held: something is missing behind it. */
const MAX_STAY_S = 0.2;
const MAX_STAY_FRAMES = 3;

/**
 * How long a frame usually stays, in seconds: by the range itself where it is shorter there, as a long hole spoils the
 * average of a header.
 */
function usualStayS({ ticks, timeBase, frameRate }: FrameTimes): number {
  const steps = stepsOf(ticks).sort((a, b) => a - b);
  const median = steps.length >= MAX_STAY_FRAMES ? steps[Math.floor(steps.length / 2)] : undefined;
  const byHeaderS = 1 / toNumber(frameRate);
  return median === undefined ? byHeaderS : Math.min(byHeaderS, median * toNumber(timeBase));
}

/** Whether a picture that stays for `stayS` is one that is held over a gap, where one usually stays for `usualS`. */
const isHeld = (stayS: number, usualS: number): boolean => stayS > Math.max(MAX_STAY_S, MAX_STAY_FRAMES * usualS);

/**
 * The gaps of a range, in seconds of the same clock: each begins where the picture before it would have ended, and
 * ends with the next.
 */
export function gapsBetween(times: FrameTimes): TimeRange[] {
  const { ticks, timeBase } = times;
  const tickS = toNumber(timeBase);
  const usualS = usualStayS(times);
  return ticks.flatMap((tick, i) => {
    const next = ticks[i + 1];
    if (next === undefined || !isHeld((next - tick) * tickS, usualS)) return [];
    return [{ startS: tick * tickS + usualS, endS: next * tickS }];
  });
}
