import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAt, frameRateOf, secondsOfFrame } from '#app/_client/timecode.ts';
import { nextSpeed, SPEEDS, seekTarget, shownMoment, speedOf, stepTarget } from './frame-steps.ts';

const rates = fc.constantFrom(25, 29.97, 30, 50, 59.94, 60).map(frameRateOf);

describe('stepTarget', () => {
  it('steps exactly one frame from anywhere within a frame, both ways, at every rate', () => {
    fc.assert(
      fc.property(
        rates,
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 0.98, noNaN: true }),
        fc.constantFrom(1 as const, -1 as const),
        fc.boolean(),
        (rate, frame, part, direction, told) => {
          const playhead = {
            currentTimeS: secondsOfFrame(frame + part, rate),
            shownFrameS: told ? secondsOfFrame(frame, rate) : null,
            isSettled: told,
            durationS: 300,
          };
          fc.pre(secondsOfFrame(frame + 2, rate) < 300);
          expect(frameAt(stepTarget(playhead, direction, rate), rate)).toBe(frame + direction);
        },
      ),
    );
  });

  it('aims at the middle of the frame', () => {
    const target = stepTarget(
      { currentTimeS: 1, shownFrameS: null, isSettled: false, durationS: 10 },
      1,
      frameRateOf(25),
    );
    expect(target).toBeCloseTo(26.5 / 25, 9);
  });

  it('keeps the phase of a track whose frames do not start at zero', () => {
    const rate = frameRateOf(25);
    const target = stepTarget({ currentTimeS: 1.03, shownFrameS: 1.012, isSettled: true, durationS: 10 }, 1, rate);
    expect(target).toBeCloseTo(1.012 + 1.5 / 25, 9);
  });

  it('counts from the playhead when the shown frame is an old one', () => {
    const rate = frameRateOf(30);
    const target = stepTarget(
      { currentTimeS: 5 + 0.5 / 30, shownFrameS: 1, isSettled: false, durationS: 10 },
      -1,
      rate,
    );
    expect(frameAt(target, rate)).toBe(149);
  });

  it('goes on from the frame on screen when a paused player shows the one after its clock', () => {
    const rate = frameRateOf(30);
    const shown = { currentTimeS: 7.5257, shownFrameS: 226 / 30, isSettled: true, durationS: 12 };
    expect(frameAt(stepTarget(shown, 1, rate), rate)).toBe(227);
    expect(frameAt(stepTarget(shown, -1, rate), rate)).toBe(225);
  });

  it('two quick steps back go two frames as well', () => {
    const rate = frameRateOf(60);
    const first = stepTarget({ currentTimeS: 2, shownFrameS: 2, isSettled: true, durationS: 10 }, -1, rate);
    const second = stepTarget({ currentTimeS: first, shownFrameS: 2, isSettled: false, durationS: 10 }, -1, rate);
    expect(frameAt(second, rate)).toBe(118);
  });

  it('two quick steps go two frames although no picture has come in between', () => {
    const rate = frameRateOf(60);
    const first = stepTarget({ currentTimeS: 2, shownFrameS: 2, isSettled: true, durationS: 10 }, 1, rate);
    const second = stepTarget({ currentTimeS: first, shownFrameS: 2, isSettled: false, durationS: 10 }, 1, rate);
    expect(frameAt(second, rate)).toBe(122);
  });

  it('holds at the first and at the last frame', () => {
    const rate = frameRateOf(25);
    expect(
      frameAt(stepTarget({ currentTimeS: 0, shownFrameS: 0, isSettled: true, durationS: 4 }, -1, rate), rate),
    ).toBe(0);
    expect(
      frameAt(stepTarget({ currentTimeS: 3.98, shownFrameS: 3.96, isSettled: true, durationS: 4 }, 1, rate), rate),
    ).toBe(99);
    expect(
      frameAt(stepTarget({ currentTimeS: 4, shownFrameS: 3.96, isSettled: true, durationS: 4 }, 1, rate), rate),
    ).toBe(99);
  });
});

describe('seekTarget', () => {
  it('stays within the clip', () => {
    const rate = frameRateOf(25);
    expect(seekTarget(3, -5, 10, rate)).toBe(0);
    expect(seekTarget(3, 5, 10, rate)).toBe(8);
    expect(seekTarget(8, 5, 10, rate)).toBeCloseTo(9.98, 9);
    expect(seekTarget(8, 5, 10, null)).toBeLessThan(10);
  });
});

describe('nextSpeed', () => {
  it('walks the ladder up and down, and holds at its ends', () => {
    const up = SPEEDS.map((speed) => nextSpeed(speed, 1));
    expect(up).toEqual([0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2]);
    const down = SPEEDS.map((speed) => nextSpeed(speed, -1));
    expect(down).toEqual([0.1, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5]);
  });

  it('finds its way from a speed that is not on it', () => {
    expect(nextSpeed(1.1, 1)).toBe(1.25);
    expect(nextSpeed(1.1, -1)).toBe(1);
    expect(nextSpeed(4, -1)).toBe(2);
  });
});

describe('speedOf', () => {
  it('takes a speed of the ladder, and anything else for the usual one', () => {
    expect(SPEEDS.map((speed) => speedOf(String(speed)))).toEqual([...SPEEDS]);
    for (const odd of [null, '', '3', '-1', 'NaN', '1e0']) expect(speedOf(odd), String(odd)).toBe(1);
  });
});

describe('shownMoment', () => {
  it('is the first moment of the frame on screen', () => {
    const rate = frameRateOf(25);
    const playhead = { currentTimeS: 1.03, shownFrameS: 1, isSettled: true, durationS: 8 };
    expect(shownMoment(playhead, rate)).toBe(1);
    expect(shownMoment({ ...playhead, shownFrameS: null }, rate)).toBe(1);
    expect(shownMoment({ ...playhead, shownFrameS: null }, null)).toBe(1.03);
  });
});
