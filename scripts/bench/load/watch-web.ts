import { readFile } from 'node:fs/promises';
import { median } from '#scripts/bench/bench-report.ts';
import { computedS, residentMib } from '#scripts/bench/process-facts.ts';
import type { ProbeLine } from './loop-probe.ts';

const SAMPLE_EVERY_MS = 200;

/** What the web was like between two moments. */
export interface WebState {
  /** The longest that its event loop stood still. */
  worstStallMs: number;
  /** The most that its thread computed in one go. */
  worstBusyMs: number;
  worstGcMs: number;
  peakMib: number;
  medianMib: number;
  heapPeakMib: number;
}

export interface WebWatch extends Disposable {
  /** What was seen between two moments of `Date.now()`. */
  between(fromMs: number, toMs: number): Promise<WebState>;
  residentMib(): Promise<number>;
  /** What the web computed so far, seconds. */
  computedS(): Promise<number>;
}

/** Watches one web process from outside (resident memory) and by what its probe writes down (the event loop). */
export function watchWeb(pid: number, probeFile: string): WebWatch {
  const samples: { atMs: number; mib: number }[] = [];
  const timer = setInterval(async () => {
    const mib = await residentMib(pid).catch(() => Number.NaN);
    if (!Number.isNaN(mib)) samples.push({ atMs: Date.now(), mib });
  }, SAMPLE_EVERY_MS);
  const most = (values: number[]) => values.reduce((top, value) => Math.max(top, value), 0);

  return {
    async between(fromMs, toMs) {
      const text = await readFile(probeFile, 'utf8');
      const lines = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as ProbeLine] : []));
      const within = <T extends { atMs: number }>(all: T[]) => all.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
      const resident = within(samples).map(({ mib }) => mib);
      const told = within(lines);
      if (told.length === 0) throw new Error('The probe inside the web told nothing.');
      return {
        worstStallMs: most(told.map(({ stallMs }) => stallMs)),
        worstBusyMs: most(told.map(({ busyMs }) => busyMs)),
        worstGcMs: most(told.map(({ gcMs }) => gcMs)),
        heapPeakMib: most(told.map(({ heapMib }) => heapMib)),
        peakMib: most(resident),
        medianMib: median(resident),
      };
    },
    residentMib: () => residentMib(pid),
    computedS: () => computedS(pid),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
