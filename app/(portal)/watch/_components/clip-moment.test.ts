import { describe, expect, it } from 'vitest';
import { momentText, NO_MOMENT, readMoment, startOfMoment } from './clip-moment.ts';
import { NO_LOOP } from './loop-range.ts';

describe('readMoment', () => {
  it('reads a moment and the ends of a loop', () => {
    expect(readMoment({ t: '2.5', a: '1', b: '4.040' }, 8)).toEqual({ atS: 2.5, loop: { startS: 1, endS: 4.04 } });
    expect(readMoment({ a: '1' }, 8)).toEqual({ atS: null, loop: { startS: 1, endS: null } });
    expect(readMoment({ t: '8' }, 8).atS).toBe(8);
    expect(readMoment({}, 8)).toEqual(NO_MOMENT);
  });

  it.each(['', '-1', '1e3', '0x10', 'NaN', '1,5', '8.001', '9999999', ' 1', '1.'])('takes %j for nothing', (text) => {
    expect(readMoment({ t: text, a: text, b: text }, 8)).toEqual(NO_MOMENT);
  });

  it('takes a moment that is given twice, and a loop of no length, for nothing', () => {
    expect(readMoment({ t: ['1', '2'] }, 8)).toEqual(NO_MOMENT);
    expect(readMoment({ a: '3', b: '3' }, 8).loop).toEqual(NO_LOOP);
    expect(readMoment({ a: '4', b: '3' }, 8).loop).toEqual(NO_LOOP);
    expect(readMoment({ a: '8' }, 8).loop).toEqual(NO_LOOP);
    expect(readMoment({ b: '0' }, 8).loop).toEqual(NO_LOOP);
  });
});

describe('momentText', () => {
  it('comes back as it was written, and never in the frame before', () => {
    for (let frame = 0; frame < 300; frame++) {
      const atS = (frame * 1001) / 30_000;
      const read = readMoment(Object.fromEntries(new URLSearchParams(momentText({ atS, loop: NO_LOOP }))), 20).atS;
      expect(Math.floor(((read ?? -1) * 30_000) / 1001 + 1e-9), `frame ${frame}`).toBe(frame);
    }
  });

  it('leaves out what is not set', () => {
    expect(momentText({ atS: 1.5, loop: { startS: null, endS: 2 } })).toBe('t=1.5&b=2');
    expect(momentText(NO_MOMENT)).toBe('');
  });
});

describe('startOfMoment', () => {
  it('is the moment, else where the loop begins, else the clip’s beginning', () => {
    expect(startOfMoment({ atS: 3, loop: { startS: 1, endS: 2 } })).toBe(3);
    expect(startOfMoment({ atS: null, loop: { startS: 1, endS: 2 } })).toBe(1);
    expect(startOfMoment(NO_MOMENT)).toBe(0);
  });
});
