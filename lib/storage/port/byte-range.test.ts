import { describe, expect, it } from 'vitest';
import { judgeRange } from './byte-range.ts';

const part = (first: number, last: number) => ({ kind: 'part', first, last });

describe('judgeRange', () => {
  it.each([
    ['bytes=0-0', part(0, 0)],
    ['bytes=0-', part(0, 99)],
    ['bytes=99-', part(99, 99)],
    ['bytes=10-19', part(10, 19)],
    ['bytes=10-500', part(10, 99)],
    ['bytes=-1', part(99, 99)],
    ['bytes=-100', part(0, 99)],
    ['bytes=-500', part(0, 99)],
  ])('serves %s of 100 bytes', (header, expected) => {
    expect(judgeRange(header, 100)).toEqual(expected);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=5-4'])('cannot satisfy %s of 100 bytes', (header) => {
    expect(judgeRange(header, 100)).toEqual({ kind: 'unsatisfiable' });
  });

  it.each([null, '', 'bytes', 'bytes=', 'bytes=a-b', 'bytes=0-1,5-6', 'lines=0-5', 'lines=200-', 'bytes 0-5'])(
    'takes %j for no range at all',
    (header) => {
      expect(judgeRange(header, 100)).toEqual({ kind: 'whole' });
    },
  );

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('cannot satisfy %s of nothing', (header) => {
    expect(judgeRange(header, 0)).toEqual({ kind: 'unsatisfiable' });
  });
});
