import { describe, expect, it } from 'vitest';
import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';
import { inverseOf, type ReelChange, withChange } from './reel-changes.ts';

const item = (id: string): ReelItemJson => ({ id, clip_id: id, in_s: null, out_s: null, note: null, clip: null });
const reel = ['a', 'b', 'c', 'd'].map(item);
const ids = (items: readonly ReelItemJson[]) => items.map(({ id }) => id).join('');

describe('a change of a reel', () => {
  it.each<[ReelChange, string]>([
    [{ kind: 'move', id: 'a', before: 'c' }, 'bacd'],
    [{ kind: 'move', id: 'd', before: 'a' }, 'dabc'],
    [{ kind: 'move', id: 'b', before: null }, 'acdb'],
    [{ kind: 'remove', id: 'c' }, 'abd'],
  ])('%o', (change, order) => {
    expect(ids(withChange(reel, change))).toBe(order);
  });

  it('is made again on what others have changed since, and takes nothing of theirs', () => {
    const theirs = ['d', 'n', 'c', 'b', 'a'].map(item);
    expect(ids(withChange(theirs, { kind: 'move', id: 'a', before: 'c' }))).toBe('dnacb');
    expect(ids(withChange(theirs, { kind: 'remove', id: 'b' }))).toBe('dnca');
  });

  it('goes to the end where what it was to stand before is gone, and is nothing where it is gone itself', () => {
    const left = ['a', 'b'].map(item);
    expect(ids(withChange(left, { kind: 'move', id: 'a', before: 'c' }))).toBe('ba');
    expect(withChange(left, { kind: 'edit', id: 'c', facts: { note: 'Look' } })).toEqual(left);
  });

  it('is taken back by its inverse', () => {
    const changes: ReelChange[] = [
      { kind: 'move', id: 'a', before: null },
      { kind: 'move', id: 'd', before: 'b' },
      { kind: 'edit', id: 'b', facts: { in_s: 1, note: 'Look' } },
    ];
    for (const change of changes) {
      const back = inverseOf(reel, change);
      expect(back && withChange(withChange(reel, change), back)).toEqual(reel);
    }
    expect(inverseOf(reel, { kind: 'remove', id: 'a' })).toBeNull();
  });
});
