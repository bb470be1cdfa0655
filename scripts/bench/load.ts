import type { BenchReport } from './bench-report.ts';
import { loadLists } from './load/load-lists.ts';
import { loadMixed } from './load/load-mixed.ts';
import { type LoadPortal, withLoadPortal } from './load/load-portal.ts';
import { loadStreams } from './load/load-streams.ts';
import { loadUploads } from './load/load-uploads.ts';

/** Each part with the seconds that it goes on for; uploads end by themselves. */
const PARTS: Record<string, { seconds: number; run(load: LoadPortal, seconds: number): Promise<BenchReport> }> = {
  lists: { seconds: 60, run: loadLists },
  streams: { seconds: 30, run: loadStreams },
  uploads: { seconds: 0, run: loadUploads },
  mixed: { seconds: 300, run: loadMixed },
};
export const LOAD_PARTS = Object.keys(PARTS);

export interface LoadOptions {
  /** Of each part, in place of its own; for short runs. */
  seconds?: number | undefined;
  /** All of them when none is named. */
  parts?: readonly string[] | undefined;
  /** Where the web writes a CPU profile of each part. */
  profile?: string | undefined;
}

/** The web under load: how long its event loop stands still, what it keeps in memory, and what it refuses. */
export async function benchLoad(
  say: (line: string) => void,
  signal: AbortSignal,
  { seconds, parts = LOAD_PARTS, profile }: LoadOptions,
): Promise<BenchReport[]> {
  const reports: BenchReport[] = [];
  for (const [name, part] of Object.entries(PARTS).filter(([name]) => parts.includes(name))) {
    say(`load: ${name}`);
    reports.push(
      await withLoadPortal({ signal, profileDir: profile }, (load) => part.run(load, seconds ?? part.seconds)),
    );
  }
  return reports;
}
