import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { createApiKey } from '#lib/users/create-api-key.ts';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import type { BenchReport } from './bench-report.ts';
import { seedBenchClips } from './seed-clips.ts';

const VIEWERS = 500;
const CLIPS = 1000;
const BEACONS_PER_SECOND = 1000;
const P99_AT_MOST_MS = 50;
const SECONDS = 30;
const WARM_UP_SECONDS = 5;
/** So much of a clip does each beacon tell: a viewer has a minute's worth of them a minute. */
const PART_S = 0.2;

/** Somebody who watches: their key, their player, and up to when they have told. */
interface Viewer {
  key: string;
  session: string;
  atMs: number;
}

async function makeViewers({ db }: BenchPortal): Promise<Viewer[]> {
  const ids = Array.from({ length: VIEWERS }, () => randomUUID());
  const data = ids.map((id) => ({ id, email: `${id}@bench.local`, name: id, role: 'scout', teamAccess: ['ALL'] }));
  await db.user.createMany({ data });
  const deps = { db, now: () => new Date() };
  const viewers: Viewer[] = [];
  for (const { email } of data) {
    const { key } = await createApiKey(deps, { email, name: 'bench' });
    viewers.push({ key, session: randomUUID(), atMs: Date.now() - 3_600_000 });
  }
  return viewers;
}

function nextBeacon(viewer: Viewer, number: number) {
  viewer.atMs += PART_S * 1000;
  const at = new Date(viewer.atMs).toISOString();
  const from_s = (number % 30) * PART_S;
  const part = { clip_id: `bench-${(number % CLIPS) + 1}`, from_s, to_s: from_s + PART_S, at, session: viewer.session };
  return JSON.stringify({ views: [part], sent_at: new Date().toISOString() });
}

/** Sends beacons at one pace, whatever the portal takes, and counts what it says that it took. */
async function send({ portal, headers }: BenchPortal, viewers: readonly Viewer[], seconds: number, rate?: number) {
  let number = 0;
  let accepted = 0;
  let refused = 0;
  const result = await autocannon({
    ...{ url: `${portal.url}/api/v2/views`, connections: 64, duration: seconds, timeout: 60 },
    ...(rate ? { overallRate: rate } : {}),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const viewer = viewers[number % viewers.length];
          number += 1;
          if (!viewer) return request;
          const authorization = `Bearer ${viewer.key}`;
          return { ...request, headers: { ...headers, authorization }, body: nextBeacon(viewer, number) };
        },
        onResponse: (status, body) => {
          const answer = status === 200 ? (JSON.parse(body) as { accepted: number; refused: unknown[] }) : null;
          accepted += answer?.accepted ?? 0;
          refused += answer?.refused.length ?? 0;
        },
      },
    ],
  });
  const { latency, errors, timeouts, non2xx, duration } = result;
  return {
    perSecond: result.requests.total / duration,
    latency,
    faults: errors + timeouts + non2xx,
    accepted,
    refused,
  };
}

/** Beacons of many viewers at one pace: how long each waits until it lies in the database, and whether all of it does. */
export async function benchViews(
  say: (line: string) => void,
  signal: AbortSignal,
  { seconds = SECONDS }: { seconds?: number | undefined } = {},
): Promise<BenchReport> {
  return withBenchPortal(async (bench) => {
    await seedBenchClips(bench.db, 1, CLIPS);
    const viewers = await makeViewers(bench);
    say('views: warming up');
    const first = await send(bench, viewers, WARM_UP_SECONDS, BEACONS_PER_SECOND / 4);
    signal.throwIfAborted();
    say(`views: ${BEACONS_PER_SECOND} beacons a second`);
    const paced = await send(bench, viewers, seconds, BEACONS_PER_SECOND);
    signal.throwIfAborted();
    say('views: as many as it takes');
    const most = await send(bench, viewers, Math.min(seconds, 10));
    const kept = await bench.db.view.count();
    const told = first.accepted + paced.accepted + most.accepted;
    return {
      title: `Beacons of ${VIEWERS} viewers, ${CLIPS} clips`,
      figures: [
        { what: 'paced: beacons', value: paced.perSecond, unit: '/s', atLeast: BEACONS_PER_SECOND * 0.98 },
        { what: 'paced: p50', value: paced.latency.p50, unit: 'ms' },
        { what: 'paced: p99', value: paced.latency.p99, unit: 'ms', atMost: P99_AT_MOST_MS },
        { what: 'paced: slowest', value: paced.latency.max, unit: 'ms' },
        { what: 'paced: faults', value: paced.faults, unit: 'answers', atMost: 0 },
        { what: 'paced: refused', value: paced.refused, unit: 'parts' },
        { what: 'as many as it takes', value: most.perSecond, unit: '/s' },
        { what: 'as many as it takes: p99', value: most.latency.p99, unit: 'ms' },
        { what: 'acknowledged and not there', value: told - kept, unit: 'parts', atMost: 0 },
      ],
    };
  });
}
