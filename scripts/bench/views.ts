import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { createApiKey } from '#lib/users/create-api-key.ts';
import { type BenchPortal, withBenchPortal } from './bench-portal.ts';
import { type BenchReport, median, percentile } from './bench-report.ts';
import { seedBenchClips } from './seed-clips.ts';
import { sendPaced } from './send-paced.ts';

const VIEWERS = 500;
const CLIPS = 1000;
const BEACONS_PER_SECOND = 1000;
const P99_AT_MOST_MS = 50;
const CONNECTIONS = 64;
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

interface Outcome {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  faults: number;
  accepted: number;
  refused: number;
}

/** Makes the requests of viewers in turn, and counts what the portal says that it took. */
function beacons({ headers }: BenchPortal, viewers: readonly Viewer[]) {
  let number = 0;
  const told = { accepted: 0, refused: 0 };
  return {
    told,
    next: () => {
      const viewer = viewers[number % viewers.length];
      if (!viewer) throw new Error('Nobody watches.');
      number += 1;
      return { headers: { ...headers, authorization: `Bearer ${viewer.key}` }, body: nextBeacon(viewer, number) };
    },
    heard: (status: number, body: string) => {
      const answer = status === 200 ? (JSON.parse(body) as { accepted: number; refused: unknown[] }) : null;
      told.accepted += answer?.accepted ?? 0;
      told.refused += answer?.refused.length ?? 0;
    },
  };
}

const urlOf = ({ portal }: BenchPortal) => `${portal.url}/api/v2/views`;

async function sendAtPace(
  bench: BenchPortal,
  viewers: readonly Viewer[],
  perSecond: number,
  seconds: number,
): Promise<Outcome> {
  const { next, heard, told } = beacons(bench, viewers);
  const startMs = performance.now();
  const answers = await sendPaced({ url: urlOf(bench), connections: CONNECTIONS, perSecond, seconds, next });
  const tookS = (performance.now() - startMs) / 1000;
  for (const { status, body } of answers) heard(status, body);
  const waits = answers.map(({ waitedMs }) => waitedMs);
  return {
    ...told,
    ...{ perSecond: answers.length / tookS, p50Ms: median(waits), p99Ms: percentile(waits, 99) },
    ...{ slowestMs: percentile(waits, 100), faults: answers.filter(({ status }) => status !== 200).length },
  };
}

/** Each connection sends its next beacon as soon as the one before is answered. */
async function sendAll(bench: BenchPortal, viewers: readonly Viewer[], seconds: number): Promise<Outcome> {
  const { next, heard, told } = beacons(bench, viewers);
  const { latency, errors, timeouts, non2xx, duration, requests } = await autocannon({
    ...{ url: urlOf(bench), connections: CONNECTIONS, duration: seconds, timeout: 60 },
    requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...next() }), onResponse: heard }],
  });
  return {
    ...told,
    ...{ perSecond: requests.total / duration, p50Ms: latency.p50, p99Ms: latency.p99, slowestMs: latency.max },
    faults: errors + timeouts + non2xx,
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
    const first = await sendAtPace(bench, viewers, BEACONS_PER_SECOND / 4, WARM_UP_SECONDS);
    signal.throwIfAborted();
    say(`views: ${BEACONS_PER_SECOND} beacons a second`);
    const paced = await sendAtPace(bench, viewers, BEACONS_PER_SECOND, seconds);
    signal.throwIfAborted();
    say('views: as many as it takes');
    const most = await sendAll(bench, viewers, Math.min(seconds, 10));
    const kept = await bench.db.view.count();
    const told = first.accepted + paced.accepted + most.accepted;
    return {
      title: `Beacons of ${VIEWERS} viewers, ${CLIPS} clips`,
      figures: [
        { what: 'paced: beacons', value: paced.perSecond, unit: '/s', atLeast: BEACONS_PER_SECOND * 0.98 },
        { what: 'paced: p50', value: paced.p50Ms, unit: 'ms' },
        { what: 'paced: p99', value: paced.p99Ms, unit: 'ms', atMost: P99_AT_MOST_MS },
        { what: 'paced: slowest', value: paced.slowestMs, unit: 'ms' },
        { what: 'paced: faults', value: paced.faults, unit: 'answers', atMost: 0 },
        { what: 'paced: refused', value: paced.refused, unit: 'parts' },
        { what: 'as many as it takes', value: most.perSecond, unit: '/s' },
        { what: 'as many as it takes: p99', value: most.p99Ms, unit: 'ms' },
        { what: 'acknowledged and not there', value: told - kept, unit: 'parts', atMost: 0 },
      ],
    };
  });
}
