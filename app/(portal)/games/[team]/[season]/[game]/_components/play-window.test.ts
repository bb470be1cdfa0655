import { describe, expect, it } from 'vitest';
import { playOf } from './play-fixture.ts';
import { windowOf } from './play-window.ts';

describe('the window of a play', () => {
  it('is as its kind has it', () => {
    expect(windowOf(playOf({ name: 'goal' }), {})).toEqual({ leadS: 10, lastsS: 0, lagS: 6 });
    expect(windowOf(playOf({ name: 'pass' }), {})).toEqual({ leadS: 3, lastsS: 0, lagS: 5 });
    expect(windowOf(null, {})).toEqual({ leadS: 3, lastsS: 0, lagS: 5 });
  });

  it('is what is asked for, on either side', () => {
    expect(windowOf(playOf({ name: 'goal' }), { lag_s: 1 })).toEqual({ leadS: 10, lastsS: 0, lagS: 1 });
    expect(windowOf(playOf({ name: 'goal' }), { lead_s: 0, lag_s: 1 })).toEqual({ leadS: 0, lastsS: 0, lagS: 1 });
    expect(windowOf(null, { lead_s: 7 })).toEqual({ leadS: 7, lastsS: 0, lagS: 5 });
  });

  it('is all of a shift, and nothing beside it', () => {
    const shift = playOf({ kind: 'shift', name: 'shift', clock_s: 20, end_clock_s: 62.5 });
    expect(windowOf(shift, { lead_s: 4 })).toEqual({ leadS: 0, lastsS: 42.5, lagS: 0 });
    expect(windowOf(playOf({ kind: 'shift', clock_s: 20 }), {})).toEqual({ leadS: 0, lastsS: 0, lagS: 0 });
  });
});
