import { type CutRange, type CutRangeFault, faultOfRange, LAG_S, LEAD_S, rangeAround } from '#app/_client/cut-range.ts';
import type { FrameRate } from '#app/_client/timecode.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';

/** What a key or a button marks: the frame on screen as the first, as the last, or the moment of an event. */
export type MarkKind = 'in' | 'out' | 'around';

/** What is marked so far. */
export interface Marks {
  /** Where the clip begins, in seconds of the film. */
  inS: number | null;
}

export const NO_MARKS: Marks = { inS: null };

export type MarkFault = CutRangeFault | 'no_in' | 'beyond_film';

interface Marked {
  marks: Marks;
  /** The clip that is marked now, if it is sound. */
  range: CutRange | null;
  fault: MarkFault | null;
}

/** How far a clip reaches round the moment of an event. */
interface Reach {
  leadS: number;
  lagS: number;
}
const USUAL_REACH: Reach = { leadS: LEAD_S, lagS: LAG_S };

/** Timecodes are kept to the millisecond. */
const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/**
 * Marks the frame on screen. A fault keeps what was marked before it, but for a beginning that no end fits any more.
 * @param atS the first moment of that frame.
 * @param rate of the film: the last frame belongs to the clip.
 * @param reach round the moment of an event.
 */
export function marked(
  marks: Marks,
  kind: MarkKind,
  atS: number,
  film: Pick<FilmJson, 'duration_s' | 'gaps'>,
  rate: FrameRate | null,
  { leadS, lagS }: Reach = USUAL_REACH,
): Marked {
  if (kind === 'in') return { marks: { inS: toMs(atS) }, range: null, fault: null };
  const { inS } = marks;
  if (kind === 'out' && inS === null) return { marks, range: null, fault: 'no_in' };
  const range = kind === 'around' ? rangeAround(atS, film.duration_s, leadS, lagS) : outAt(inS ?? 0, atS, film, rate);
  if (!range) return { marks, range: null, fault: 'beyond_film' };
  const sound = { startS: toMs(range.startS), endS: toMs(range.endS) };
  const fault = faultOfRange(sound, film);
  if (fault) return { marks, range: null, fault };
  return { marks: { inS: kind === 'out' ? null : inS }, range: sound, fault: null };
}

function outAt(
  inS: number,
  atS: number,
  { duration_s }: Pick<FilmJson, 'duration_s'>,
  rate: FrameRate | null,
): CutRange {
  const frameS = rate ? rate.den / rate.num : 0;
  const endS = atS + frameS;
  // The film's last frame ends with it, also where the two are rounded apart.
  return { startS: inS, endS: atS < inS ? atS : Math.min(endS, duration_s ?? endS) };
}
