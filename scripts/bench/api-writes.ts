import { randomUUID } from 'node:crypto';
import type { BenchPortal } from './bench-portal.ts';
import { type Figure, median, timed } from './bench-report.ts';
import { startSecondWeb } from './second-web.ts';

const BULK_CLIPS = 1000;
const BULK_ROUNDS = 9;
const BULK_AT_MOST_MS = 150;
const STARTS = 5;
const FIRST_AT_MOST_MS = 250;

const BULK = `one tag for ${BULK_CLIPS} clips`;

/** A new tag for a thousand clips, by their ids; the webs in turn. */
export async function measureBulk(
  { headers }: BenchPortal,
  [now, before]: readonly { url: string }[],
  signal: AbortSignal,
): Promise<Figure[]> {
  const clip_ids = Array.from({ length: BULK_CLIPS }, (_, n) => `bench-${n + 1}`);
  let brokenOff = 0;
  const tag = (url: string) =>
    timed(async () => {
      const body = JSON.stringify({ action: 'add_tags', tags: [randomUUID()], clip_ids });
      const response = await fetch(`${url}/api/v2/clips/bulk`, { method: 'POST', headers, body, signal });
      const text = await response.text();
      // What takes longer than a web waits for is a figure, not a fault of the run.
      if (response.status === 503) brokenOff += 1;
      else if (response.status !== 200) throw new Error(`The bulk answered ${response.status}: ${text}`);
    });
  const seconds = { now: [] as number[], before: [] as number[] };
  for (let n = 0; n < BULK_ROUNDS; n++) {
    if (now) seconds.now.push(await tag(now.url));
    if (before) seconds.before.push(await tag(before.url));
  }
  const own = { what: BULK, value: median(seconds.now) * 1000, unit: 'ms', atMost: BULK_AT_MOST_MS };
  const earlier = { what: `${BULK}, before`, value: median(seconds.before) * 1000, unit: 'ms' };
  const broken = brokenOff > 0 ? [{ what: `${BULK}: broken off`, value: brokenOff, unit: 'calls' }] : [];
  return [...(before ? [{ ...own, against: earlier.what }, earlier] : [own]), ...broken];
}

/** Starts a web again and again, and asks for a list the moment that it listens. */
export async function measureColdStart(
  bench: BenchPortal,
  against: string | undefined,
  signal: AbortSignal,
): Promise<Figure[]> {
  const { headers } = bench;
  const firstOf = async (folder?: string): Promise<number> => {
    const web = await startSecondWeb(bench, folder);
    try {
      return await timed(async () => {
        const response = await fetch(`${web.url}/api/v2/clips?limit=24`, { headers, signal });
        await response.text();
        if (response.status !== 200) throw new Error(`The first request answered ${response.status}`);
      });
    } finally {
      await web.process.stop();
    }
  };
  const seconds = { now: [] as number[], before: [] as number[] };
  for (let n = 0; n < STARTS; n++) {
    seconds.now.push(await firstOf());
    if (against) seconds.before.push(await firstOf(against));
  }
  const own = { what: 'list of 24', value: median(seconds.now) * 1000, unit: 'ms', atMost: FIRST_AT_MOST_MS };
  const earlier = { what: 'list of 24, before', value: median(seconds.before) * 1000, unit: 'ms' };
  return against ? [{ ...own, against: earlier.what }, earlier] : [own];
}
