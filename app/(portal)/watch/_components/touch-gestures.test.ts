import { describe, expect, it } from 'vitest';
import { gestureOf, isDoubleTap, type Stroke } from './touch-gestures.ts';

const stroke = (fromX: number, acrossPx: number, downPx: number, lastedMs: number): Stroke => ({
  ...{ startX: fromX, startY: 100, endX: fromX + acrossPx, endY: 100 + downPx },
  ...{ startMs: 1000, endMs: 1000 + lastedMs, left: 10, width: 360 },
});

describe('gestureOf', () => {
  it('tells on which side of the picture a tap was', () => {
    expect(gestureOf(stroke(30, 3, -4, 80))).toEqual({ kind: 'tap', side: 'left' });
    expect(gestureOf(stroke(190, 0, 0, 80))).toEqual({ kind: 'tap', side: 'middle' });
    expect(gestureOf(stroke(340, 0, 0, 80))).toEqual({ kind: 'tap', side: 'right' });
  });

  it('takes a finger to the left as the next clip, to the right as the one before', () => {
    expect(gestureOf(stroke(300, -120, 20, 200))).toEqual({ kind: 'swipe', to: 'next' });
    expect(gestureOf(stroke(60, 120, -30, 200))).toEqual({ kind: 'swipe', to: 'previous' });
  });

  it.each([
    ['up and down', stroke(200, 4, -160, 200)],
    ['aslant', stroke(200, 100, 80, 200)],
    ['too short', stroke(200, 40, 0, 200)],
    ['too slow', stroke(300, -200, 0, 1200)],
    ['a long press', stroke(200, 0, 0, 700)],
  ])('makes nothing of what is %s', (_what, odd) => {
    expect(gestureOf(odd)).toBeNull();
  });
});

describe('isDoubleTap', () => {
  it('needs two taps on one side, soon after one another', () => {
    const first = { side: 'left', endMs: 1000 } as const;
    expect(isDoubleTap(first, { side: 'left', endMs: 1250 })).toBe(true);
    expect(isDoubleTap(first, { side: 'right', endMs: 1250 })).toBe(false);
    expect(isDoubleTap(first, { side: 'left', endMs: 1500 })).toBe(false);
    expect(isDoubleTap(null, { side: 'left', endMs: 1250 })).toBe(false);
  });
});
