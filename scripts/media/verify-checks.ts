import { text } from 'node:stream/consumers';
import pg from 'pg';
import { countWrongSums } from '#lib/clips/clip-counts-repo.ts';
import type { Env } from '#lib/config/env.ts';
import { diagnoseSchema } from '#lib/db/diagnose-schema.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import type { Cdn } from '#lib/delivery/object-signers.ts';
import { readQueueReport } from '#lib/jobs/queue-report.ts';
import { checkFfmpeg } from '#lib/media/tools/check-ffmpeg.ts';
import { bucketsOf, cdnOf, openGcsSettings, openStore } from '#lib/runtime/portal.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { secondsInWords } from '#scripts/cli/transfer-words.ts';
import { reachStore } from './session-url.ts';
import { checkClock } from './verify-clock.ts';
import { googleChecks } from './verify-google.ts';
import { checkObjects } from './verify-objects.ts';
import { PROBE, probeLifetime, withProbe } from './verify-probe.ts';

/** One line of `media:verify`. `run` answers what was found, or throws what is wrong. */
export interface Check {
  name: string;
  run(signal: AbortSignal): Promise<string>;
}

async function checkDatabase(env: Env): Promise<string> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return `PostgreSQL ${rows[0]?.server_version ?? ''}`.trim();
  } finally {
    await client.end();
  }
}

async function checkSchema(env: Env): Promise<string> {
  const { missing, unknown, broken, stale } = await diagnoseSchema(env.DATABASE_URL);
  if (broken.length > 0) throw new CommandFailed(`broken off or changed: ${broken.join(', ')}`);
  if (missing.length > 0) throw new CommandFailed(`not applied: ${missing.join(', ')}; run npm run db:migrate`);
  if (unknown.length > 0) throw new CommandFailed(`newer than this program: ${unknown.join(', ')}; update the program`);
  if (stale.length > 0) throw new CommandFailed(`functions of before: ${stale.join(', ')}; run npm run db:migrate`);
  return 'every migration and function is applied';
}

/** Facets and statistics go by them; lists do not. */
async function checkCounts(env: Env): Promise<string> {
  const db = openDatabase(env.DATABASE_URL, { maxConnections: 1, name: 'heartbeat-command' });
  try {
    const wrong = await countWrongSums(db);
    if (wrong === 0) return 'the sums that facets and statistics go by are right';
    throw new CommandFailed(
      `${wrong} sums are not what is there: rows were written past the triggers; a worker mends them at night, npm run media:audit -- --fix at once`,
    );
  } finally {
    await db.$disconnect();
  }
}

/** Both buckets answer (`store.check`), and the media bucket keeps what it is given. */
async function checkMediaBucket(store: ObjectStore, buckets: Buckets): Promise<string> {
  await withProbe(store, buckets, async (ref) => {
    const read = await text(await store.read(ref));
    if (read !== PROBE) throw new CommandFailed('what was read is not what was written');
  });
  return `gs://${buckets.media} writes, reads and deletes`;
}

async function checkSigning(env: Env, signal: AbortSignal): Promise<string> {
  const { store, diskStore } = openStore(env);
  return withProbe(store, bucketsOf(env), async (ref) => {
    await using reachable = await reachStore(diskStore);
    const url = reachable.urlFor(await store.signGetUrl(ref, probeLifetime()));
    const good = await fetch(url, { signal });
    if (good.status !== 200 || (await good.text()) !== PROBE) {
      throw new CommandFailed(`a signed URL answered ${good.status} instead of the object`);
    }
    const { origin, pathname } = new URL(url);
    const bare = await fetch(origin + pathname, { signal });
    await bare.body?.cancel();
    if (bare.ok) throw new CommandFailed('the object is served without a signature: the bucket is public');
    return 'a signed URL opens its object, an unsigned one does not';
  });
}

async function checkQueue(env: Env): Promise<string> {
  const db = openDatabase(env.DATABASE_URL, { maxConnections: 1, name: 'heartbeat-command' });
  try {
    const { waiting, active, oldestWaitingS, workers } = await readQueueReport(db);
    const line =
      waiting === 0 ? 'nobody waits' : `${waiting} waiting, the oldest for ${secondsInWords(oldestWaitingS ?? 0)}`;
    if (workers === 0 && waiting > 0)
      throw new CommandFailed(`${line}, and no worker is running; start one with npm run worker`);
    return `${line}, ${active} being cut, ${workers === 0 ? 'no worker is' : `${workers} worker${workers > 1 ? 's' : ''}`} running`;
  } finally {
    await db.$disconnect();
  }
}

async function ffmpegLine(signal: AbortSignal): Promise<string> {
  const { version, gaps } = await checkFfmpeg(signal);
  return [`version ${version}`, ...gaps].join('. ');
}

/**
 * Everything that the portal stands on, in the order in which faults follow from one another. With Google's store also
 * how its buckets are set, and the CDN where one is configured.
 */
export function checksOf(env: Env, { cdn }: { cdn: Cdn | undefined } = { cdn: cdnOf(env) }): Check[] {
  const { store } = openStore(env);
  const google = openGcsSettings(env);
  const buckets = bucketsOf(env);
  return [
    { name: 'database', run: () => checkDatabase(env) },
    { name: 'schema', run: () => checkSchema(env) },
    { name: 'lake', run: async () => store.check().then(() => `gs://${buckets.lake} answers`) },
    { name: 'media', run: () => checkMediaBucket(store, buckets) },
    { name: 'signing', run: (signal) => checkSigning(env, signal) },
    { name: 'clock', run: () => checkClock(env, google) },
    ...(google ? googleChecks(env, { google, store, buckets, cdn }) : []),
    { name: 'counts', run: () => checkCounts(env) },
    { name: 'objects', run: (signal) => checkObjects(env, store, buckets, signal) },
    { name: 'queue', run: () => checkQueue(env) },
    { name: 'ffmpeg', run: (signal) => ffmpegLine(signal) },
  ];
}
