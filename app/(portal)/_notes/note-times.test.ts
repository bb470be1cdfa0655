import { describe, expect, it } from 'vitest';
import { reachedNotes, SEEN_S, seenNotes } from './note-times.ts';

const note = (at_s: number, hold_s = 3, reply_to: string | null = null) => ({ at_s, hold_s, reply_to });
const NOTES = [note(0), note(2), note(2.05), note(2.05, 0, 'answer'), note(2.5), note(4, 0)];
const times = (notes: readonly { at_s: number }[]) => notes.map(({ at_s }) => at_s);

describe('reachedNotes', () => {
  it.each([
    ['nothing on the way', 1, 1.5, []],
    ['the earliest, with those of the same moment', 1.9, 2.6, [2, 2.05]],
    ['what lies exactly where it comes to', 1.5, 2, [2]],
    ['not again what it has left', 2.05, 2.3, []],
    ['nothing that holds nothing', 3.9, 4.1, []],
    ['nothing over which it jumped', 0.5, 2.2, []],
    ['nothing on the way back', 2.2, 1.9, []],
    ['what lies at the very beginning', -0.001, 0.03, [0]],
  ])('finds %s', (_, fromS, toS, found) => {
    expect(times(reachedNotes(NOTES, fromS, toS))).toEqual(found);
  });
});

describe('seenNotes', () => {
  it('are those of a standing picture, and while it plays those that hold nothing', () => {
    expect(times(seenNotes(NOTES, 2, true))).toEqual([2, 2.05]);
    expect(times(seenNotes(NOTES, 2, false))).toEqual([]);
    expect(times(seenNotes(NOTES, 4 + SEEN_S - 0.1, false))).toEqual([4]);
    expect(times(seenNotes(NOTES, 4 + SEEN_S, false))).toEqual([]);
  });
});
