import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CursorPosition, decodeCursor, encodeCursor } from './cursor.ts';

const SECRET = 'a secret';
const POSITION = { sort: '-created_at', value: '2025-10-11 19:00:00.123456', id: 42 };
const refused = (message: RegExp) =>
  expect.objectContaining({ status: 400, errors: [{ path: 'cursor', message: expect.stringMatching(message) }] });

describe('cursors', () => {
  it('come back as they were issued', () => {
    const position: fc.Arbitrary<CursorPosition> = fc.record({ sort: fc.string(), value: fc.string(), id: fc.nat() });
    fc.assert(
      fc.property(position, (given) => {
        const cursor = encodeCursor(SECRET, given);
        expect(cursor).toMatch(/^[A-Za-z0-9_.-]+$/);
        expect(decodeCursor(SECRET, cursor, given.sort)).toEqual(given);
      }),
    );
  });

  it('are refused under another sort order, by its name', () => {
    expect(() => decodeCursor(SECRET, encodeCursor(SECRET, POSITION), 'game_date')).toThrow(
      refused(/sorted by -created_at/),
    );
  });

  it('of another secret are refused', () => {
    expect(() => decodeCursor('another', encodeCursor(SECRET, POSITION), POSITION.sort)).toThrow(refused(/not issued/));
  });

  it('are refused with any one character changed, left out or added', () => {
    const cursor = encodeCursor(SECRET, POSITION);
    const at = fc.nat({ max: cursor.length });
    const character = fc.constantFrom('', ...'ABwz09-_.=+/! \u00e9');
    fc.assert(
      fc.property(at, fc.nat({ max: 1 }), character, (place, removed, added) => {
        const changed = cursor.slice(0, place) + added + cursor.slice(place + removed);
        fc.pre(changed !== cursor);
        expect(() => decodeCursor(SECRET, changed, POSITION.sort)).toThrow(refused(/not issued/));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', '.', '..', 'e30.', 'null', '\0', '../../etc/passwd'])('%j was never issued', (cursor) => {
    expect(() => decodeCursor(SECRET, cursor, POSITION.sort)).toThrow(refused(/not issued/));
  });
});
