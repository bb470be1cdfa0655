import { describe, expect, it } from 'vitest';
import { fallingRung, startRung } from './start-rung.ts';

/** 360, 720 and 1080, as the worker cuts them. */
const LADDER = [700_000, 2_500_000, 5_000_000];

describe('startRung', () => {
  it('is what the screen asks for while nothing is known of the network', () => {
    expect(LADDER.map((_, rung) => startRung(LADDER, rung, null))).toEqual([0, 1, 2]);
  });

  it.each([
    [0, 0],
    [800_000, 0],
    [3_124_999, 0],
    [3_125_000, 1],
    [6_249_999, 1],
    [6_250_000, 2],
    [500_000_000, 2],
  ])('falls to what a network of %i bit/s carries: rendition %i', (bandwidthBps, rung) => {
    expect(startRung(LADDER, 2, bandwidthBps)).toBe(rung);
  });

  it('is never more than the screen asks for, and the only one there is', () => {
    expect(startRung(LADDER, 1, 500_000_000)).toBe(1);
    expect(startRung([9_000_000], 0, 1)).toBe(0);
  });
});

describe('fallingRung', () => {
  /** 2 s of the 1080 rendition. */
  const download = (loadedBytes: number, elapsedMs: number) => ({
    ...{ loadedBytes, elapsedMs, expectedBytes: 1_250_000, durationS: 2 },
  });

  it('goes on while the rest comes in time, and before there is anything to judge', () => {
    expect(fallingRung(LADDER, 2, download(10_000, 900))).toBeNull();
    expect(fallingRung(LADDER, 2, download(500_000, 1000))).toBeNull();
    expect(fallingRung(LADDER, 2, download(0, 2900))).toBeNull();
  });

  it('falls as far as the network makes it', () => {
    // 3.2 Mbit/s carry 720; 0.8 Mbit/s carry 360.
    expect(fallingRung(LADDER, 2, download(400_000, 1000))).toBe(1);
    expect(fallingRung(LADDER, 2, download(100_000, 1000))).toBe(0);
    expect(fallingRung(LADDER, 2, download(0, 3000))).toBe(0);
  });

  it('has nowhere to fall from the smallest', () => {
    expect(fallingRung(LADDER, 0, download(0, 60_000))).toBeNull();
  });
});
