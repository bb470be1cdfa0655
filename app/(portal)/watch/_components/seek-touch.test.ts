import { describe, expect, it } from 'vitest';
import { partAlong } from './seek-touch-client.tsx';

describe('partAlong', () => {
  it('goes from the bar’s first pixel to its last, and no further', () => {
    const bar = { left: 20, width: 220 };
    expect([0, 20, 30, 130, 230, 240, 400].map((x) => partAlong(x, bar, 10))).toEqual([0, 0, 0, 0.5, 1, 1, 1]);
  });
});
