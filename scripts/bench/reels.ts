import path from 'node:path';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { ask, askJson, type GameRun } from './game-asks.ts';
import { loadInTurn } from './load-in-turn.ts';
import { computedS } from './process-facts.ts';
import { measureGaps } from './reels-gaps.ts';
import { seedReels } from './seed-reels.ts';
import { makePeriod, PLACE, withLake } from './slices-lake.ts';

const ITEMS = 50;
const CLIP_S = 4;
/** Where playing leaves an item, in seconds of its clip. */
const OUT_S = 1.5;
const PAGE_MOST_TIMES = 2;
const SMALL = 10;
const LARGE = 10_000;
const LIST_MOST_MS = 50;
const EVERY_MS = 200;

/** Clips of one film, each in another place, that are played from it. */
async function makeClips(run: GameRun): Promise<string[]> {
  const clips = Array.from({ length: ITEMS }, (_, n) => ({
    ...{ ...PLACE, player_id: '8480018', event_type: 'shot' },
    source_gcs_uri: `gs://heartbeat-474020-lake/media/raw/${PLACE.team_code}/${PLACE.season}/${PLACE.game_id}/p1.mp4`,
    ...{ start_timecode_s: 1 + n, end_timecode_s: 1 + n + CLIP_S },
  }));
  const { results } = await askJson<{ results: { clip: { clip_id: string } | null }[] }>(run, '/clips/batch', {
    method: 'POST',
    body: JSON.stringify({ clips }),
  });
  return results.flatMap(({ clip }) => clip?.clip_id ?? []);
}

/** A reel of all of them, each left after a moment. */
async function makeReel(run: GameRun, clipIds: readonly string[]): Promise<string> {
  const post = <T>(at: string, body: object) => askJson<T>(run, at, { method: 'POST', body: JSON.stringify(body) });
  const { id } = await post<{ id: string }>('/reels', { team_code: PLACE.team_code, title: 'Bench' });
  const { items } = await post<{ items: { id: string }[] }>(`/reels/${id}/items`, { clip_ids: clipIds });
  await ask(run, `/reels/${id}/items`, {
    method: 'PUT',
    body: JSON.stringify({ items: items.map((item) => ({ id: item.id, in_s: null, out_s: OUT_S, note: null })) }),
    headers: { 'if-match': '*' },
  });
  return id;
}

async function prepare({ bench, say, signal }: GameRun, masterId: string): Promise<void> {
  const worker = await bench.portal.startWorker();
  try {
    for (;;) {
      const row = await bench.db.masterPreparation.findUnique({ where: { masterId } });
      if ((row?.playableToS ?? 0) > ITEMS + CLIP_S) return;
      signal.throwIfAborted();
      say('waiting until the film can be watched');
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  } finally {
    await worker.stop();
  }
}

const subject = (run: GameRun, at: string) => ({
  call: () => ask(run, at),
  computedS: () => computedS(run.bench.portal.web.pid),
});

/** A reel of 50 items beside a list of 50 clips. */
async function measureReel(run: GameRun, reelId: string): Promise<BenchReport> {
  run.say('reading the reel');
  const [list, reel] = await loadInTurn([subject(run, `/clips?limit=${ITEMS}`), subject(run, `/reels/${reelId}`)], 1);
  const base = list?.p50Ms ?? Number.NaN;
  const against = `a list of ${ITEMS} clips: p50`;
  return {
    title: `A reel of ${ITEMS} items, one client`,
    figures: [
      { what: against, value: base, unit: 'ms' },
      { what: 'the reel: p50', value: reel?.p50Ms ?? Number.NaN, unit: 'ms', against, atMost: base * PAGE_MOST_TIMES },
    ],
  };
}

/** The list of reels as there are more of them. */
async function measureLists(run: GameRun): Promise<BenchReport> {
  const figures: BenchReport['figures'] = [];
  let there = 0;
  for (const size of [SMALL, LARGE]) {
    run.say(`${size} reels`);
    await seedReels(run.bench, there + 1, size);
    there = size;
    const calls = [
      { what: 'the list', at: '/reels?limit=50' },
      { what: 'its words', at: '/reels?limit=50&q=reel+7' },
    ];
    for (const { what, at } of calls) {
      const [measured] = await loadInTurn([subject(run, at)], 1);
      const against = `${what}, ${SMALL} reels: p50`;
      figures.push({
        ...{ what: `${what}, ${size} reels: p50`, value: measured?.p50Ms ?? Number.NaN, unit: 'ms' },
        ...(size === SMALL ? {} : { against, atMost: LIST_MOST_MS }),
      });
    }
  }
  return { title: 'The list of reels, one client', figures };
}

/** Reels: how fast one is read, how long the picture stands still between two items, and what many of them cost. */
export async function benchReels(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport[]> {
  return withBenchPortal(async (bench: BenchPortal) => {
    const run: GameRun = { bench, say, signal };
    const file = await makePeriod(path.join(bench.dataDir, 'p1.mp4'), 1, signal);
    return withLake(bench, file, run, async (ingest) => {
      await prepare(run, await ingest('p1.mp4', { period: 1 }));
      const reelId = await makeReel(run, await makeClips(run));
      return [await measureReel(run, reelId), await measureGaps(run, reelId), await measureLists(run)];
    });
  });
}
