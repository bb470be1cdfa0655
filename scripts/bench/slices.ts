import path from 'node:path';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { measureCopies } from './slices-copies.ts';
import { measureLadder } from './slices-ladder.ts';
import { type Ingest, makePeriod, withLake } from './slices-lake.ts';
import { measureMarking, measurePosters } from './slices-marking.ts';

export interface SlicesOptions {
  /** Length of each master. */
  minutes?: number;
}

/** What a measurement has: a portal without a worker, and a way to put masters into its lake. */
export interface SlicesRun {
  bench: BenchPortal;
  /** A file of 1080p30 at 8 Mbit/s with sound. */
  period: string;
  ingest: Ingest;
  say(line: string): void;
  signal: AbortSignal;
}

const DEFAULT_MINUTES = 2;

/** Masters that are prepared, clips that are marked in them, and a ladder over two workers; the press of a key is in e2e. */
export function benchSlices(
  say: (line: string) => void,
  signal: AbortSignal,
  { minutes = DEFAULT_MINUTES }: SlicesOptions = {},
): Promise<BenchReport[]> {
  return withBenchPortal(async (bench) => {
    say('slices: making a master');
    const period = await makePeriod(path.join(bench.dataDir, 'period.mp4'), minutes, signal);
    return withLake(bench, period, { say: (line) => say(`slices: ${line}`), signal }, async (ingest) => {
      const run: SlicesRun = { bench, period, ingest, say: (line) => say(`slices: ${line}`), signal };
      const copies = await measureCopies(run, minutes);
      const marking = { title: 'Clips of a prepared master', figures: [] as BenchReport['figures'] };
      marking.figures.push(...(await measureMarking(run)), ...(await measurePosters(run)));
      return [copies, marking, await measureLadder(run, minutes)];
    });
  });
}
