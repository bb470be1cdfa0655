import { withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { median, timed } from './bench-report.ts';
import { BENCH_CLIPS, seedBenchClips } from './seed-clips.ts';

const CALLS = 40;

/** Lists of 24 and of 100 clips with every asset signed, beside a call that does nothing but the routing. */
export async function benchList(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  return withBenchPortal(async ({ portal, db, headers }) => {
    await seedBenchClips(db);
    const time = async (name: string, path: string): Promise<number> => {
      say(`list: ${name}`);
      const call = async () => {
        const response = await fetch(`${portal.url}/api/v2${path}`, { headers, signal });
        if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
        await response.arrayBuffer();
      };
      await call();
      const seconds: number[] = [];
      for (let n = 0; n < CALLS; n++) seconds.push(await timed(call));
      return median(seconds) * 1000;
    };
    const baseline = 'a clip that is alone';
    return {
      title: `Lists over ${BENCH_CLIPS} clips, one client (median of ${CALLS})`,
      figures: [
        { what: baseline, value: await time(baseline, '/clips/bench-1'), unit: 'ms' },
        { what: '24 with assets', value: await time('24', '/clips?limit=24'), unit: 'ms', against: baseline },
        { what: '100 with assets', value: await time('100', '/clips?limit=100'), unit: 'ms', against: baseline },
        { what: 'facets', value: await time('facets', '/clips/facets'), unit: 'ms', against: baseline },
        { what: 'stats', value: await time('stats', '/clips/stats/overview'), unit: 'ms', against: baseline },
      ],
    };
  });
}
