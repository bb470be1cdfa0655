import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '#lib/db/local-postgres.ts';
import { accountOf } from './support/accounts.ts';
import { announce, apiOf } from './support/api.ts';
import { startBalancer } from './support/balancer.ts';
import { until } from './support/conditions.ts';
import { diskFile, sha256 } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';

const ADMIN = accountOf('admin', 'MTL');
const bearer = () => ({ Authorization: `Bearer ${readPortalState().apiKeys[ADMIN.email] ?? ''}` });
/** Longer than the balancer takes to look twice, its looks answered by a busy machine. */
const GRACE_S = 8;

const startWeb = (port: number) => startSecondWeb({ PORT: String(port), SHUTDOWN_GRACE_S: String(GRACE_S) });

test('webs that are restarted in turn under load lose no request', async () => {
  test.setTimeout(240_000);
  const ports = [await freePort(), await freePort()];
  const webs = await Promise.all(ports.map(startWeb));
  const balancer = await startBalancer(webs.map(({ url }) => url));
  const statuses = new Map<number, number>();
  let isOver = false;
  const ask = async (target: string) => {
    const { status } = await fetch(balancer.url + target, { headers: bearer() }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer;
      },
      () => ({ status: 0 }),
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  const load = ['/api/v2/clips?limit=20', '/api/v2/clips/lib-mtl-1', '/signin', '/favicon.svg'].map(async (target) => {
    while (!isOver) await ask(target);
  });
  try {
    for (const [index, port] of ports.entries()) {
      await webs[index]?.process.stop();
      const restarted = await startWeb(port);
      webs[index] = restarted;
      await until(() => balancer.isWell(restarted.url), { what: 'the balancer finds the web again' });
    }
  } finally {
    isOver = true;
    await Promise.all(load);
    await balancer.close();
    await Promise.all(webs.map(({ process }) => process.stop()));
  }
  expect(balancer.faults).toEqual([]);
  expect([...statuses.keys()]).toEqual([200]);
  expect(statuses.get(200)).toBeGreaterThan(200);
});

test('a web that is stopped says so, ends its streams with a retry, and takes an upload to its end', async ({
  portal,
}) => {
  const web = await startWeb(await freePort());
  const started = await apiOf(ADMIN).post(
    '/masters',
    announce({ team_code: 'MTL', season: '2014-2015', game_id: 'restart' }, `${randomUUID()}.mp4`, 4_000_000),
  );
  const bytes = new Uint8Array(4_000_000).fill(7);
  const upload = new URL(started.json.upload.url);
  const half = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, 2_000_000));
      half.resolve();
      await goOn.promise;
      controller.enqueue(bytes.subarray(2_000_000));
      controller.close();
    },
  });
  const headers = { 'Content-Range': 'bytes 0-3999999/4000000' };
  const sending = fetch(web.url + upload.pathname + upload.search, {
    method: 'PUT',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
  const events = await fetch(`${web.url}/api/v2/events`, { headers: bearer() });
  await half.promise;
  const stopping = web.process.stop();
  await expect
    .poll(async () => {
      const health = await fetch(`${web.url}/api/v2/clips/health`).catch(() => null);
      return health && [health.status, (await health.json()).status];
    })
    .toEqual([503, 'draining']);
  // While the balancer turns away, everything is still taken.
  expect((await fetch(`${web.url}/api/v2/clips?limit=1`, { headers: bearer() })).status).toBe(200);
  expect((await events.text()).match(/^retry: \d+$/gm)).toHaveLength(2);
  goOn.resolve();
  expect((await sending).status).toBe(200);
  await stopping;
  expect(sha256(await readFile(diskFile(started.json.master.lake_uri)))).toBe(sha256(bytes));
  const log = await readFile(path.join(portal.dataDir, 'logs', `web-${new URL(web.url).port}.log`), 'utf8');
  expect(log).toContain('"msg":"web stopped"');
  expect((await apiOf(ADMIN).delete(`/masters/${started.json.master.id}`)).status).toBe(204);
});

test('an idle web is gone in a moment', async () => {
  const web = await startSecondWeb({});
  const events = await fetch(`${web.url}/api/v2/events`, { headers: bearer() });
  const startMs = performance.now();
  await web.process.stop();
  expect(performance.now() - startMs).toBeLessThan(10_000);
  await events.text();
});
