import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UserContext } from '#lib/auth/user-context.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import type { Database } from '#lib/db/prisma-client.ts';
import { createDelivery } from '#lib/delivery/delivery.ts';
import { createLogger } from '#lib/logger.ts';
import { createDiskStore } from '#lib/storage/disk/store.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import type { BenchReport, Figure } from './bench-report.ts';
import { BENCH_FILTER, seedBenchClips } from './seed-clips.ts';

const BUCKETS = { lake: 'heartbeat-474020-lake', media: 'heartbeat-media' };
const CALLS = 1000;
const LIMIT = 100;
/** As many callers ask at the same moment. */
const CLIENTS = 4;

const ADMIN: UserContext = { userId: randomUUID(), role: 'admin', name: 'Bench', teamAccess: ['ALL'], preferences: {} };

/** A disk store that says how often it was asked for a signature. */
function countingStore(): { store: ObjectStore; asked: () => number } {
  let asked = 0;
  const disk = createDiskStore({
    ...{ root: path.join(tmpdir(), 'heartbeat-bench-unused'), buckets: [BUCKETS.lake, BUCKETS.media] },
    ...{ publicBaseUrl: 'https://portal.example', secret: randomBytes(32).toString('hex') },
  });
  const signGetUrl: ObjectStore['signGetUrl'] = (...args) => {
    asked += 1;
    return disk.signGetUrl(...args);
  };
  return { store: { ...disk, signGetUrl }, asked: () => asked };
}

/** 1,000 lists of 100 clips over so many pages, in one window. */
async function measure(db: Database, pages: number, signal: AbortSignal): Promise<Figure[]> {
  const { store, asked } = countingStore();
  const at = new Date();
  const delivery = createDelivery({
    ...{ store, buckets: BUCKETS, baseUrl: 'https://portal.example', secret: 's' },
    ...{ ttlMs: 3_600_000, windowMs: 900_000, now: () => at },
  });
  const deps = { db, delivery, logger: createLogger('silent', 'bench'), cursorSecret: 's' };
  const objects = new Set<string>();
  let urls = 0;
  let next = 0;
  const call = async () => {
    while (next < CALLS) {
      signal.throwIfAborted();
      const offset = (next++ % pages) * LIMIT;
      const query = listClipsQuerySchema.parse({ ...BENCH_FILTER, limit: String(LIMIT), offset: String(offset) });
      const { clips } = await listClips(deps, ADMIN, query);
      for (const { assets } of clips) for (const { gcs_uri } of assets) objects.add(gcs_uri);
      urls += clips.reduce((sum, { assets }) => sum + assets.length, 0);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, call));
  const over = pages === 1 ? 'the same 100 clips' : `${pages} pages of 100`;
  return [
    { what: `${over}: URLs handed out`, value: urls, unit: '' },
    { what: `${over}: objects`, value: objects.size, unit: '' },
    { what: `${over}: signatures made`, value: asked(), unit: '', atMost: objects.size },
  ];
}

/** How many signatures 1,000 list calls of 100 clips make, by the use-case on the real database. */
export async function benchLists(db: Database, say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  await seedBenchClips(db);
  const figures: Figure[] = [];
  for (const pages of [1, 40]) {
    say(`lists: ${CALLS} calls over ${pages} pages`);
    figures.push(...(await measure(db, pages, signal)));
  }
  return { title: `Signatures of ${CALLS} list calls of ${LIMIT} clips, within a window`, figures };
}
