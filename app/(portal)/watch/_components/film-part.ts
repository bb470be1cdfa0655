/** The part of what a browser plays that is the film: a clip, of the segments that it touches. */
export interface FilmPart {
  /** Where the film begins on the browser's own clock, in seconds. */
  beginsS: number;
  /** How long the film lasts; `null` where it goes on to the end of what the browser plays, which may come later. */
  lastsS: number | null;
}

/** Timecodes are rounded to the millisecond: a frame this close counts as reached, as in a cut (`lib/media/frames`). */
export const REACHED_S = 0.001;

const within = (atS: number, { lastsS }: FilmPart): number =>
  Math.min(Math.max(0, atS), lastsS ?? Number.POSITIVE_INFINITY);

/** The film's own time of a moment on the browser's clock. What lies outside of it is its first or last moment. */
export const filmTimeOf = (nativeS: number, part: FilmPart | null): number =>
  part ? within(nativeS - part.beginsS, part) : nativeS;

/**
 * Where a moment of the film lies on the browser's clock: within the frame that is on screen then. The end itself lies in
 * the last frame: what the source has behind it is not of the film.
 */
export const nativeTimeOf = (filmS: number, part: FilmPart | null): number =>
  part ? part.beginsS + Math.max(0, Math.min(filmS, lastMomentOf(part))) + REACHED_S : filmS;

const lastMomentOf = ({ lastsS }: FilmPart): number =>
  lastsS === null ? Number.POSITIVE_INFINITY : lastsS - 2 * REACHED_S;

/** Sound is stored with pictures that are shown at most so much later: those that lean on each other are stored out of order. */
const SOUND_LEADS_S = 0.5;

/** A moment from which on what is shown at `nativeS` is loaded, whatever a segment is said to begin with. */
export const earlierBy = (nativeS: number): number => Math.max(0, nativeS - SOUND_LEADS_S);

/** Pictures lean on others that are shown at most so much later: twelve frames of 25 a second. */
const LEANS_ON_S = 0.5;

/**
 * Where the browser is to stop taking frames in. With the first one behind that, it leaves out whatever is stored after it
 * up to the next key frame (Media Source Extensions §3.5.11): so the film's last frames need some beyond its end.
 */
export const takenUntil = ({ beginsS, lastsS }: FilmPart): number =>
  lastsS === null ? Number.POSITIVE_INFINITY : beginsS + lastsS + LEANS_ON_S;

/** Ranges of the browser's clock as ranges of the film; those that lie outside of it are left out. */
export function filmRangesOf(ranges: TimeRanges, part: FilmPart | null): TimeRanges {
  if (!part) return ranges;
  const inside = Array.from({ length: ranges.length }, (_, at) => ({
    startS: filmTimeOf(ranges.start(at), part),
    endS: filmTimeOf(ranges.end(at), part),
  })).filter(({ startS, endS }) => endS > startS);
  const rangeAt = (at: number) => {
    const range = inside[at];
    if (!range) throw new DOMException('There is no such range.', 'IndexSizeError');
    return range;
  };
  return { length: inside.length, start: (at) => rangeAt(at).startS, end: (at) => rangeAt(at).endS };
}
