import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Met, mergeByKey } from './merge-by-key.ts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
const keyed = (keys: readonly string[]) => keys.map((key) => ({ key }));
const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const key = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '/', 'A', '0'), maxLength: 4 });

async function all(left: readonly string[], right: readonly string[]) {
  const met: Met<{ key: string }, { key: string }>[] = [];
  for await (const one of mergeByKey(each(keyed(left)), each(keyed(right)))) met.push(one);
  return met;
}

it('brings together what has the same key, and misses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(key), fc.uniqueArray(key), async (left, right) => {
      const met = await all(left.toSorted(inOrder), right.toSorted(inOrder));
      expect(met.map((one) => one.key)).toEqual([...new Set([...left, ...right])].sort(inOrder));
      for (const one of met) {
        expect(one.lefts.length).toBe(left.filter((other) => other === one.key).length);
        expect(one.right !== null).toBe(right.includes(one.key));
      }
    }),
  );
});

it.each([
  [['b', 'a'], []],
  [[], ['b', 'a']],
  [[], ['a', 'a']],
])('refuses sides out of order: %j and %j', async (left, right) => {
  await expect(all(left, right)).rejects.toThrow('order of their keys');
});

it('closes both sides when nobody reads on', async () => {
  const closed: string[] = [];
  async function* endless(name: string) {
    try {
      for (let at = 0; ; at++) yield { key: String.fromCharCode(97 + at) };
    } finally {
      closed.push(name);
    }
  }
  for await (const _ of mergeByKey(endless('left'), endless('right'))) break;
  expect(closed.sort()).toEqual(['left', 'right']);
});
