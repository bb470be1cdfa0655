import { describe, expect, it } from 'vitest';
import type { MasterFacts, Rational } from '#lib/media/media-types.ts';
import type { FilmNote } from '#lib/media/reel-work.ts';
import { wrapped } from './cards.ts';
import { chooseFrame, fitted, placeNotes, samplesOf } from './film-plan.ts';
import { levelling, readLoudness } from './loudness.ts';

const RATE = { num: 25, den: 1 };
const found = (width: number, height: number, frameRate: Rational, lengthS: number) => {
  const colour = { matrix: 'bt709', primaries: 'bt709', dynamicRange: 'sdr', isFullRange: false } as const;
  const video: MasterFacts['video'] = {
    ...{ codec: 'h264', codedWidth: width, codedHeight: height, width, height, rotation: 0, colour, frameRate },
    ...{
      sampleAspectRatio: { num: 1, den: 1 },
      isVariableFrameRate: false,
      isInterlaced: false,
      pixelFormat: 'yuv420p',
    },
  };
  return {
    lengthS,
    facts: { container: 'mov', durationS: lengthS, cutOffAtS: null, video, audio: null, audioNote: null },
  };
};

describe('chooseFrame', () => {
  it('takes the largest picture, at most 1080, and the rate that most of the time has', () => {
    const items = [
      found(640, 360, RATE, 9),
      found(3840, 2160, { num: 30000, den: 1001 }, 5),
      found(1280, 720, RATE, 1),
    ];
    expect(chooseFrame(items)).toMatchObject({ rung: { width: 1920, height: 1080 }, rate: RATE });
  });

  it('takes the higher of two rates, and none above 60', () => {
    const items = [
      found(640, 360, RATE, 2),
      found(640, 360, { num: 50, den: 1 }, 2),
      found(640, 360, { num: 120, den: 1 }, 9),
    ];
    expect(chooseFrame(items).rate).toEqual({ num: 50, den: 1 });
  });
});

describe('fitted', () => {
  it('puts a picture into the middle of the frame, by even numbers', () => {
    expect(fitted({ width: 120, height: 120 }, { width: 320, height: 180 })).toEqual({
      x: 70,
      y: 0,
      width: 180,
      height: 180,
    });
    expect(fitted({ width: 333, height: 111 }, { width: 320, height: 180 })).toEqual({
      x: 0,
      y: 36,
      width: 320,
      height: 106,
    });
  });
});

describe('placeNotes', () => {
  const note = (atS: number, holdS: number): FilmNote => ({ atS, holdS, text: 'x', drawing: null });

  it('counts from the trim, and what was held before', () => {
    const notes = [note(3, 2), note(1.2, 1), note(0.5, 1), note(9, 1)];
    const placed = placeNotes(notes, { inS: 1, lengthS: 4, rate: RATE });
    expect(placed.map(({ at, held, count }) => [at, held, count])).toEqual([
      [5, 25, 26],
      [75, 50, 51],
    ]);
  });

  it('shows a note for a while for which nothing stands still', () => {
    expect(placeNotes([note(1, 0)], { inS: 0, lengthS: 4, rate: RATE })).toMatchObject([
      { at: 25, held: 0, count: 75 },
    ]);
  });
});

describe('samplesOf', () => {
  it('goes with the frames', () => {
    expect(samplesOf(30, { num: 30000, den: 1001 })).toBe(48048);
  });
});

describe('loudness', () => {
  const said = (lufs: string, peak: string) =>
    `[x] Summary:\n\n  Integrated loudness:\n    I:         ${lufs} LUFS\n    Threshold: -30 LUFS\n\n  True peak:\n    Peak:      ${peak} dBFS`;

  it('is raised or lowered to the target, and bent only where it would clip', () => {
    expect(levelling(readLoudness(said('-15.8', '-11.7')))).toEqual(['volume=-7.20dB:precision=float']);
    expect(levelling(readLoudness(said('-40.0', '-10.0')))).toEqual([
      'volume=17.00dB:precision=float',
      'alimiter=limit=0.8913:level=0:latency=1',
    ]);
  });

  it('leaves silence as it is', () => {
    for (const silence of [said('-70.0', '-inf'), said('-inf', '-inf'), said('-65.2', '-60.0'), '']) {
      expect(levelling(readLoudness(silence))).toEqual([]);
    }
  });
});

describe('wrapped', () => {
  it('breaks between words, and a long word anywhere; what is too long ends in dots', () => {
    const box = { size: 10, width: 60, lines: 3 };
    expect(wrapped('one two three', box)).toEqual(['one two', 'three']);
    expect(wrapped('a\n\nbcdefghijklmnop', box)).toEqual(['a', 'bcdefghijk', 'lmnop']);
    expect(wrapped('aaaaaaaaa bbbbbbbbb ccccccccc ddd', box)).toEqual(['aaaaaaaaa', 'bbbbbbbbb', 'ccccccccc…']);
    expect(wrapped('', box)).toEqual([]);
  });
});
