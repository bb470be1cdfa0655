import { describe, expect, it } from 'vitest';
import { type PlayedPart, PlayedParts, type PlayerSample } from './played-parts.ts';

/** Samples four times a second of a film that plays from a moment on. */
function play(fromS: number, lastsS: number, atMs: number, speed = 1): PlayerSample[] {
  return Array.from({ length: lastsS * 4 + 1 }, (_, index) => ({
    ...{ filmS: fromS + (index / 4) * speed, atMs: atMs + index * 250, speed, isWatched: true },
  }));
}

function partsOf(samples: readonly PlayerSample[]): [number, number][] {
  const told: PlayedPart[] = [];
  const parts = new PlayedParts((part) => told.push(part));
  for (const sample of samples) parts.add(sample);
  parts.end();
  return told.map(({ from_s, to_s }) => [from_s, to_s]);
}
const unwatched = (samples: PlayerSample[]) => samples.map((sample) => ({ ...sample, isWatched: false }));

describe('parts that were played', () => {
  it('are one while the film goes on, at any speed', () => {
    expect(partsOf(play(2, 3, 1000))).toEqual([[2, 5]]);
    expect(partsOf(play(2, 3, 1000, 2))).toEqual([[2, 8]]);
    expect(partsOf(play(2, 3, 1000, 0.25))).toEqual([[2, 2.75]]);
  });

  it('end where somebody jumps, ahead or back, and nothing of the jump counts', () => {
    expect(partsOf([...play(0, 2, 0), ...play(7, 1, 2250)])).toEqual([
      [0, 2],
      [7, 8],
    ]);
    expect(partsOf([...play(0, 2, 0), ...play(0, 2, 2250)])).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  it('have nothing in them of what played while nobody could see it', () => {
    expect(partsOf([...play(0, 2, 0), ...unwatched(play(2, 3, 2000)), ...play(5, 1, 5000)])).toEqual([
      [0, 2],
      [5, 6],
    ]);
    expect(partsOf(unwatched(play(0, 5, 0)))).toEqual([]);
    // A pause: time goes on, and the film does not.
    expect(partsOf([...play(0, 1, 0), { filmS: 1, atMs: 90_000, speed: 1, isWatched: true }])).toEqual([[0, 1]]);
  });

  it('are told every ten seconds, and together they are what was played', () => {
    const parts = partsOf(play(0, 25, 0));
    expect(parts).toEqual([
      [0, 10],
      [10, 20],
      [20, 25],
    ]);
  });

  it('of no length are none', () => {
    expect(partsOf(play(3, 0, 0))).toEqual([]);
    expect(partsOf([])).toEqual([]);
  });
});
