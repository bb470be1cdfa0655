import { MAX_CLIP_DURATION_S } from '#lib/clips/clip-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

/** What coaches usually want to see round an event, in seconds. */
export const LEAD_S = 3;
export const LAG_S = 5;

export interface CutRange {
  startS: number;
  endS: number;
}

/** The range round an event with its lead and lag, kept within the master. `null` when the event lies past its end. */
export function rangeAround(
  eventS: number,
  masterDurationS: number | null,
  leadS = LEAD_S,
  lagS = LAG_S,
): CutRange | null {
  const lastS = masterDurationS ?? Number.POSITIVE_INFINITY;
  if (!(eventS >= 0) || eventS > lastS || leadS < 0 || lagS < 0) return null;
  const startS = Math.max(0, eventS - leadS);
  const endS = Math.min(lastS, eventS + lagS);
  return endS > startS ? { startS, endS } : null;
}

/** What is known of a master that a range has to fit. */
type CutMasterFacts = Pick<MasterJson, 'duration_s' | 'gaps'>;

export type CutRangeFault = 'end_before_start' | 'too_long' | 'beyond_master' | 'in_gap';

/** What is wrong with a range before it is sent; `null` when nothing is. The server decides in the end. */
export function faultOfRange({ startS, endS }: CutRange, master: CutMasterFacts): CutRangeFault | null {
  const { duration_s: masterDurationS, gaps } = master;
  if (endS <= startS) return 'end_before_start';
  if (endS - startS > MAX_CLIP_DURATION_S) return 'too_long';
  if (masterDurationS !== null && endS > masterDurationS) return 'beyond_master';
  if (gaps.some(({ start_s, end_s }) => startS >= start_s && endS <= end_s)) return 'in_gap';
  return null;
}

/** Whether a range touches a spot that cannot be decoded. The spots are known roughly: the cut is worth trying. */
export const touchesDamage = ({ startS, endS }: CutRange, damage: MasterJson['damage']): boolean =>
  damage.some(({ start_s, end_s }) => startS < end_s && endS > start_s);
