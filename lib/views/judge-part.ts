import { LATEST_DAYS, LONGEST_S, type Refusal } from './view-schemas.ts';

/** How far a clock may be off, in ms, before what it says is called the future. */
const SLACK_MS = 2000;
const DAY_MS = 24 * 3_600_000;
/** Less is nobody's watching, but a rounding. */
const SHORTEST_S = 0.02;

interface Part {
  from_s: number;
  to_s: number;
  at: string;
}

/** A part as it is counted. */
export interface JudgedPart {
  fromS: number;
  toS: number;
  /** By the player's clock, in ms. */
  atMs: number;
  /** By the portal's. */
  endedAtMs: number;
}

/**
 * What counts of a part that a player tells: never more than the clip, the past, and what one tells at a time.
 * @param lastsS how long the clip lasts.
 * @param clock the player's clock when it sent this, and the portal's when it came, in ms.
 */
export function judgePart(
  { from_s, to_s, at }: Part,
  lastsS: number,
  { sentAtMs, nowMs }: { sentAtMs: number; nowMs: number },
): JudgedPart | Refusal {
  if (from_s < 0 || from_s >= lastsS) return 'beyond';
  const toS = Math.min(to_s, lastsS);
  if (!(toS - from_s >= SHORTEST_S)) return 'empty';
  if (toS - from_s > LONGEST_S) return 'too_long';
  const atMs = Date.parse(at);
  const ageMs = sentAtMs - atMs;
  if (ageMs < -SLACK_MS) return 'future';
  if (ageMs > LATEST_DAYS * DAY_MS) return 'too_old';
  return { fromS: from_s, toS, atMs, endedAtMs: Math.min(nowMs, nowMs - ageMs) };
}
