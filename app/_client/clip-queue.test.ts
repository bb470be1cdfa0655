import { describe, expect, it } from 'vitest';
import { inListOrder, placeInQueue, queuedHref, queueNamed } from './clip-queue.ts';

const QUEUE = { name: 'q1', clipIds: ['a', 'b', 'c'] };

describe('a queue of picked clips', () => {
  it('has its own neighbours, place and length', () => {
    expect(placeInQueue(QUEUE, 'a')).toEqual({ previous: null, next: 'b', position: 1, total: 3 });
    expect(placeInQueue(QUEUE, 'b')).toEqual({ previous: 'a', next: 'c', position: 2, total: 3 });
    expect(placeInQueue(QUEUE, 'c')).toEqual({ previous: 'b', next: null, position: 3, total: 3 });
    expect(placeInQueue(QUEUE, 'x')).toBeNull();
  });

  it('is played in the order of the list, whatever was ticked first', () => {
    expect(inListOrder(new Set(['c', 'a']), ['a', 'b', 'c'])).toEqual(['a', 'c']);
    expect(inListOrder(new Set(['z', 'c', 'a']), ['a', 'b', 'c'])).toEqual(['a', 'c', 'z']);
  });

  it('is named in the address beside the list', () => {
    const query = { filters: { period: ['1'] }, sort: '-created_at' } as const;
    expect(queuedHref('a', query, 'q1')).toBe('/clips/a?period=1&queue=q1');
    expect(queuedHref('a', { filters: {}, sort: '-created_at' }, 'q1')).toBe('/clips/a?queue=q1');
    expect(queuedHref('a', query, null)).toBe('/clips/a?period=1');
  });

  it('is there only under its own name, and only when it can be read', () => {
    expect(queueNamed('q1', JSON.stringify(QUEUE))).toEqual(QUEUE);
    expect(queueNamed('q2', JSON.stringify(QUEUE))).toBeNull();
    for (const stored of [null, '', '{', '{"name":"q1"}', '{"name":"q1","clipIds":[1]}', 'null']) {
      expect(queueNamed('q1', stored), String(stored)).toBeNull();
    }
  });
});
