import { describe, expect, it } from 'vitest';
import { frameRateOf } from '#app/_client/timecode.ts';
import { type Marks, marked, NO_MARKS } from './mark.ts';

const FILM = { duration_s: 400, gaps: [{ start_s: 100, end_s: 110 }] };
const rate = frameRateOf(30);
const press = (marks: Marks, kind: 'in' | 'out' | 'around', atS: number) => marked(marks, kind, atS, FILM, rate);

describe('marking', () => {
  it('takes the frames that are on screen, both of them', () => {
    const { marks } = press(NO_MARKS, 'in', 301 / 30);
    expect(marks.inS).toBe(10.033);
    expect(press(marks, 'out', 450 / 30)).toEqual({
      marks: NO_MARKS,
      range: { startS: 10.033, endS: 15.033 },
      fault: null,
    });
    // One frame is a clip.
    expect(press(marks, 'out', 301 / 30).range).toEqual({ startS: 10.033, endS: 10.067 });
  });

  it('takes the usual lead and lag round a moment, within the film, and leaves a beginning alone', () => {
    const begun = { inS: 2 };
    expect(press(begun, 'around', 20)).toEqual({ marks: begun, range: { startS: 17, endS: 25 }, fault: null });
    expect(press(NO_MARKS, 'around', 1).range).toEqual({ startS: 0, endS: 6 });
    expect(press(NO_MARKS, 'around', 398).range).toEqual({ startS: 395, endS: 400 });
  });

  it('takes the lead and lag of a button, within the film', () => {
    const around = (atS: number) => marked(NO_MARKS, 'around', atS, FILM, rate, { leadS: 10, lagS: 0.5 }).range;
    expect(around(20)).toEqual({ startS: 10, endS: 20.5 });
    expect(around(4)).toEqual({ startS: 0, endS: 4.5 });
    expect(around(399.9)).toEqual({ startS: 389.9, endS: 400 });
  });

  it('says what is wrong, and keeps what was marked', () => {
    const begun = { inS: 50 };
    expect(press(NO_MARKS, 'out', 10)).toEqual({ marks: NO_MARKS, range: null, fault: 'no_in' });
    expect(press(begun, 'out', 40)).toEqual({ marks: begun, range: null, fault: 'end_before_start' });
    expect(press(begun, 'out', 351)).toEqual({ marks: begun, range: null, fault: 'too_long' });
    expect(press({ inS: 101 }, 'out', 105).fault).toBe('in_gap');
    expect(press(NO_MARKS, 'around', 401).fault).toBe('beyond_film');
    expect(press({ inS: 390 }, 'out', 399.99).range).toEqual({ startS: 390, endS: 400 });
  });
});
