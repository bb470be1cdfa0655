import type { Play } from './play.ts';

/** From when on the clock of a period ran: at `clock_s` the file's own time was `video_s`. */
export interface ClockRun {
  period: number;
  clock_s: number;
  video_s: number;
}

/** Both times are rounded to a frame or a tenth: less is no stoppage. */
const TOLERANCE_S = 0.5;

/**
 * The runs of the clock, by plays that have a time of the file's own beside it: within a run both go at one pace, and where
 * the file's time has gone on and the clock has not, another run begins (formats.md, chapters 1 and 3).
 */
export function deriveRuns(plays: readonly Play[]): ClockRun[] {
  const timed = plays.flatMap(({ kind, period, clock_s, video_s }) =>
    kind === 'event' && period !== null && clock_s !== null && video_s !== null ? { period, clock_s, video_s } : [],
  );
  const periods = Map.groupBy(
    timed.toSorted((a, b) => a.period - b.period),
    ({ period }) => period,
  );
  return [...periods.values()].flatMap((inPeriod) => {
    const runs: ClockRun[] = [];
    for (const at of inPeriod.toSorted((a, b) => a.video_s - b.video_s || a.clock_s - b.clock_s)) {
      const run = runs.at(-1);
      const stood_s = run ? at.video_s - run.video_s - (at.clock_s - run.clock_s) : Number.POSITIVE_INFINITY;
      // A clock that was set forth, or whose play is written down late, is no stoppage.
      if (stood_s > TOLERANCE_S) runs.push(at);
    }
    return runs;
  });
}
