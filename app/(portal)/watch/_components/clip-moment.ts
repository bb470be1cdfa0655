import { type LoopRange, NO_LOOP } from './loop-range.ts';

/** A place in a clip that an address names: a moment and the ends of a loop, in seconds from the clip's first frame. */
export interface ClipMoment {
  atS: number | null;
  loop: LoopRange;
}

export const NO_MOMENT: ClipMoment = { atS: null, loop: NO_LOOP };

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const SECONDS = /^\d{1,6}(?:\.\d{1,6})?$/;

/**
 * Reads `t`, `a` and `b` of an address. What is no number of seconds, or lies beyond the clip, counts as not given; so
 * do the ends of a loop that would cross.
 */
export function readMoment(params: Params, durationS: number): ClipMoment {
  const read = (name: 't' | 'a' | 'b'): number | null => {
    const text = params[name];
    const seconds = typeof text === 'string' && SECONDS.test(text) ? Number(text) : null;
    return seconds !== null && seconds <= durationS ? seconds : null;
  };
  const loop = { startS: read('a'), endS: read('b') };
  const isCrossed = loop.startS !== null && loop.endS !== null && loop.startS >= loop.endS;
  return { atS: read('t'), loop: isCrossed || loop.startS === durationS || loop.endS === 0 ? NO_LOOP : loop };
}

/** Where playing starts: at the moment, else at the loop's beginning. */
export const startOfMoment = ({ atS, loop }: ClipMoment): number => atS ?? loop.startS ?? 0;

/**
 * Writes a moment as an address's query, without `?`. Rounded up to the millisecond: rounded down, a frame's first
 * moment would lie in the frame before.
 */
export function momentText({ atS, loop }: ClipMoment): string {
  const params = new URLSearchParams();
  const write = (name: string, seconds: number | null) => {
    if (seconds !== null) params.set(name, String(Math.ceil(seconds * 1000 - 1e-6) / 1000));
  };
  write('t', atS);
  write('a', loop.startS);
  write('b', loop.endS);
  return params.toString();
}
