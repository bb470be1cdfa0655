import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { benchLists } from './delivery-lists.ts';
import { benchPlays } from './delivery-plays.ts';
import { benchSigners } from './delivery-signers.ts';

/** What delivery costs: a URL, a thousand lists, and a play. */
export async function benchDelivery(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport[]> {
  const signers = await benchSigners(say);
  return withBenchPortal(
    async (bench) => {
      // The plays come first: the rows that the lists are made of have no objects.
      const plays = await benchPlays(bench, say, signal);
      return [signers, await benchLists(bench.db, say, signal), ...plays];
    },
    { workers: 1 },
  );
}
