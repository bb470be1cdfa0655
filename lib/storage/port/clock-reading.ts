/** How far this machine's clock is from another's. */
export interface ClockReading {
  /** Positive: this machine is ahead. */
  aheadMs: number;
  /** The answer's way, and what the other side rounds to. */
  uncertaintyMs: number;
}

/**
 * Beyond this a clock is wrong rather than late: machines that keep time by NTP are within a second. A URL that is
 * signed ahead of Google's clock is not valid yet, one that is signed behind it loses as much of its lifetime, and
 * playback tokens and queue heartbeats are judged by other machines' clocks.
 */
const MAX_OFF_MS = 60_000;

/** Whether the clocks are further apart than the reading can be mistaken by. */
export const isFarOff = ({ aheadMs, uncertaintyMs }: ClockReading): boolean =>
  Math.abs(aheadMs) - uncertaintyMs > MAX_OFF_MS;

/**
 * Reads another clock.
 * @param ask what it says, in ms since 1970.
 * @param roundedToMs what it is cut off to: half of it is what it lacks on average.
 * @param nowMs this machine's clock.
 */
export async function readClock(
  ask: () => Promise<number>,
  roundedToMs = 0,
  nowMs: () => number = Date.now,
): Promise<ClockReading> {
  const askedAt = nowMs();
  const started = performance.now();
  const theirs = await ask();
  const halfMs = (performance.now() - started) / 2;
  return { aheadMs: askedAt + halfMs - (theirs + roundedToMs / 2), uncertaintyMs: halfMs + roundedToMs / 2 };
}
