import { describe, expect, it, vi } from 'vitest';
import { createGathering } from './gathering.ts';

const full = () => new Error('full');

/** Commits that wait until they are let go. */
function heldCommits() {
  const batches: number[][] = [];
  const holds: PromiseWithResolvers<void>[] = [];
  const commit = async (items: number[]) => {
    batches.push(items);
    const hold = Promise.withResolvers<void>();
    holds.push(hold);
    await hold.promise;
    return items.map((item) => item * 10);
  };
  const next = async () => {
    await vi.waitUntil(() => holds.length > 0);
    holds.shift()?.resolve();
  };
  return { batches, holds, commit, next };
}

describe('work that is shared', () => {
  it('take what gathered while the one before was under way, and answer each its own', async () => {
    const { batches, commit, next } = heldCommits();
    const group = createGathering({ work: commit, most: 100, room: 100, onFull: full });
    const first = group.add([1]);
    await Promise.resolve();
    await Promise.resolve();
    const others = [group.add([2, 3]), group.add([4])];
    await next();
    expect(await first).toEqual([10]);
    await next();
    expect(await Promise.all(others)).toEqual([[20, 30], [40]]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('are no larger than they may be', async () => {
    const batches: number[][] = [];
    const commit = async (items: number[]) => {
      batches.push(items);
      return items;
    };
    const group = createGathering({ work: commit, most: 3, room: 100, onFull: full });
    await Promise.all([group.add([1, 2]), group.add([3, 4]), group.add([5]), group.add([6, 7, 8, 9])]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
      [6, 7, 8, 9],
    ]);
  });

  it('that fail are told to all whose they were, and to nobody else', async () => {
    let isBroken = true;
    const commit = async (items: number[]) => {
      if (isBroken) throw new Error('broken');
      return items;
    };
    const group = createGathering({ work: commit, most: 10, room: 10, onFull: full });
    await expect(Promise.all([group.add([1]), group.add([2])])).rejects.toThrow('broken');
    isBroken = false;
    expect(await group.add([3])).toEqual([3]);
  });

  it('refuse what they have no room for, rather than forget it', async () => {
    const { commit, next } = heldCommits();
    const group = createGathering({ work: commit, most: 10, room: 2, onFull: full });
    const first = group.add([1, 2]);
    await expect(group.add([3])).rejects.toThrow('full');
    await next();
    expect(await first).toEqual([10, 20]);
    const second = group.add([4, 5]);
    await next();
    expect(await second).toEqual([40, 50]);
  });

  it('that hangs holds up nobody for longer than the patience', async () => {
    const { batches, holds, commit } = heldCommits();
    const group = createGathering({ work: commit, most: 10, room: 10, onFull: full, patienceMs: 1 });
    const hanging = group.add([1]);
    await vi.waitUntil(() => holds.length === 1);
    const others = [group.add([2]), group.add([3])];
    await vi.waitUntil(() => holds.length === 2);
    expect(batches).toEqual([[1], [2, 3]]);
    holds[1]?.resolve();
    expect(await Promise.all(others)).toEqual([[20], [30]]);
    holds[0]?.resolve();
    expect(await hanging).toEqual([10]);
  });
});
