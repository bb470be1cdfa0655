import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that falls the same way for the same seed. */
export interface Dice {
  /** A whole number from one to the other, both included. */
  between(from: number, to: number): number;
  /** Yes, in so many of a hundred cases. */
  isLucky(percent: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function diceOf(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const between = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    between,
    isLucky: (percent) => between(1, 100) <= percent,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
  };
}
