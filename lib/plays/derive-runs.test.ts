import { describe, expect, it } from 'vitest';
import { deriveRuns } from './derive-runs.ts';
import { blankPlay } from './play.ts';

const at = (clock_s: number, video_s: number, period = 1) => ({
  ...blankPlay({ line: 1, source_id: `${period}:${video_s}`, part: String(period), name: 'pass' }),
  ...{ period, clock_s, video_s },
});

describe('runs of the clock', () => {
  it('begin where the file’s time has gone on and the clock has not', () => {
    const plays = [at(0, 0), at(30.2, 30.3), at(40, 40), at(40, 75), at(52, 87.1), at(0, 0, 2)];
    expect(deriveRuns(plays.toReversed())).toEqual([
      { period: 1, clock_s: 0, video_s: 0 },
      { period: 1, clock_s: 40, video_s: 75 },
      { period: 2, clock_s: 0, video_s: 0 },
    ]);
  });

  it('are not begun by a play that is written down with a later clock', () => {
    expect(deriveRuns([at(0, 0), at(14, 10), at(20, 20)])).toEqual([{ period: 1, clock_s: 0, video_s: 0 }]);
  });

  it('are nothing without both times', () => {
    expect(
      deriveRuns([
        { ...at(1, 1), video_s: null },
        { ...at(1, 1), kind: 'shift' as const },
      ]),
    ).toEqual([]);
  });
});
