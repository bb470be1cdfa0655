/** The part of a clip that is played over and over; either end may be open. */
export interface LoopRange {
  startS: number | null;
  endS: number | null;
}

export const NO_LOOP: LoopRange = { startS: null, endS: null };

/** Sets one end. The other is dropped when the two would cross, so that the newest wish always holds. */
export function withLoopEnd(loop: LoopRange, end: 'start' | 'end', atS: number): LoopRange {
  if (end === 'start') return { startS: atS, endS: loop.endS !== null && loop.endS > atS ? loop.endS : null };
  return { startS: loop.startS !== null && loop.startS < atS ? loop.startS : null, endS: atS };
}

export const isLooping = (loop: LoopRange): boolean => loop.startS !== null || loop.endS !== null;

/** The range with its open ends filled in, kept within the clip. */
export function loopBounds(loop: LoopRange, durationS: number): { startS: number; endS: number } {
  return { startS: Math.min(loop.startS ?? 0, durationS), endS: Math.min(loop.endS ?? durationS, durationS) };
}

/** Where playback must jump to from here, or `null` to go on. A playhead set before the start may run into the loop. */
export function loopJump(loop: LoopRange, currentTimeS: number, durationS: number, ended: boolean): number | null {
  if (!isLooping(loop)) return null;
  const { startS, endS } = loopBounds(loop, durationS);
  return ended || currentTimeS >= endS ? startS : null;
}
