import { describe, expect, it } from 'vitest';
import { isLooping, loopBounds, loopJump, NO_LOOP, withLoopEnd } from './loop-range.ts';

describe('the A-B loop', () => {
  it('is off until an end is set', () => {
    expect(isLooping(NO_LOOP)).toBe(false);
    expect(loopJump(NO_LOOP, 9.9, 10, true)).toBeNull();
  });

  it('jumps back to its start from its end', () => {
    const loop = withLoopEnd(withLoopEnd(NO_LOOP, 'start', 2), 'end', 5);
    expect(loop).toEqual({ startS: 2, endS: 5 });
    expect(loopJump(loop, 4.99, 10, false)).toBeNull();
    expect(loopJump(loop, 5, 10, false)).toBe(2);
    expect(loopJump(loop, 7, 10, false)).toBe(2);
    expect(loopJump(loop, 0.5, 10, false)).toBeNull();
  });

  it('runs from an only start to the end of the clip, and from the clip to an only end', () => {
    const fromTwo = withLoopEnd(NO_LOOP, 'start', 2);
    expect(loopBounds(fromTwo, 10)).toEqual({ startS: 2, endS: 10 });
    expect(loopJump(fromTwo, 9.98, 10, true)).toBe(2);
    const toFive = withLoopEnd(NO_LOOP, 'end', 5);
    expect(loopBounds(toFive, 10)).toEqual({ startS: 0, endS: 5 });
    expect(loopJump(toFive, 5.01, 10, false)).toBe(0);
  });

  it('drops the older end when the two cross or meet', () => {
    const loop = { startS: 2, endS: 5 };
    expect(withLoopEnd(loop, 'start', 5)).toEqual({ startS: 5, endS: null });
    expect(withLoopEnd(loop, 'start', 6)).toEqual({ startS: 6, endS: null });
    expect(withLoopEnd(loop, 'end', 1)).toEqual({ startS: null, endS: 1 });
  });
});
