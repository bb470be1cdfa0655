import { expect, it } from 'vitest';
import { lastFrameAfter } from './film-end.ts';

it.each([25, 29.97, 50, 59.94])('the last frame of %d a second is the last one that begins before the end', (fps) => {
  const frameS = 1 / fps;
  for (const frames of [1, 2, 37, 100]) {
    const lastS = (frames - 1) * frameS;
    // Timecodes are rounded to the millisecond; the first frame may begin before the film.
    for (const endS of [frames * frameS, Math.round(frames * frameS * 1000) / 1000, lastS + frameS / 2]) {
      expect(lastFrameAfter(0, endS, frameS)).toBeCloseTo(lastS, 6);
      expect(lastFrameAfter(lastS, endS, frameS)).toBeCloseTo(lastS, 6);
    }
    expect(lastFrameAfter(-frameS / 3, frames * frameS, frameS)).toBeCloseTo(frames * frameS - frameS / 3, 6);
  }
});
