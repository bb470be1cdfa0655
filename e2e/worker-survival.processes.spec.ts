import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, toolsOf } from '#lib/media/tools/pids-fixture.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import { accountOf } from './support/accounts.ts';
import { type Api, apiOf, untilReady } from './support/api.ts';
import { until } from './support/conditions.ts';
import type { ClipShape } from './support/contract-shapes.ts';
import { hashObjects, sql } from './support/database.ts';
import { type RunningPortal, readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { startAnotherWorker } from './support/processes.ts';

const SEASON = '2013-2014';
const root = (): Api => apiOf(accountOf('admin'));

const cut = (clip_id: string, master_id: string, range: [number, number]) => ({
  clip_id,
  master_id,
  start_timecode_s: range[0],
  end_timecode_s: range[1],
  team_code: 'MTL',
  season: SEASON,
  game_id: 'worker',
  player_id: '9000001',
  event_type: 'shift',
});

/** One set of assets: each kind once, and in the clip's folder just the registered objects, of the registered size. */
async function expectPublishedOnce(clip: ClipShape): Promise<void> {
  const rows = await sql(
    `SELECT asset_type, gcs_uri, file_size_bytes::int AS size FROM media.clip_assets a JOIN media.clips c ON c.id = a.clip_id
     WHERE c.clip_id = $1 ORDER BY gcs_uri`,
    [clip.clip_id],
  );
  const folder = `heartbeat-media/MTL/${SEASON}/worker/${clip.clip_id}`;
  const names = rows.map(({ gcs_uri }) => String(gcs_uri).replace(`gs://${folder}/`, ''));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['clip.mp4', 'playlist.m3u8', '360.m4s', 'thumb.jpg', 'grid.jpg', 'grid.vtt']),
  );
  expect([...(await hashObjects(folder)).keys()].sort()).toEqual(names.sort());
  const bytes = await Promise.all(
    clip.assets
      .filter(({ signed_url }) => signed_url.includes('/api/objects/'))
      .map(async ({ signed_url, file_size_bytes }) => [
        (await (await fetch(signed_url)).arrayBuffer()).byteLength,
        file_size_bytes,
      ]),
  );
  for (const [actual, registered] of bytes) expect(actual).toBe(registered);
}

/** When a process wrote a line to its log; `null`: not yet. */
async function loggedAtMs(dataDir: string, name: string, message: string): Promise<number | null> {
  const log = await readFile(path.join(dataDir, 'logs', `${name}.log`), 'utf8').catch(() => '');
  const line = log.split('\n').find((text) => text.includes(`"msg":"${message}"`));
  return line === undefined ? null : new Date(JSON.parse(line).time).getTime();
}

test.afterAll(async () => {
  for (const { clip_id } of await sql('SELECT clip_id FROM media.clips WHERE season = $1 AND deleted_at IS NULL', [
    SEASON,
  ])) {
    expect((await root().delete(`/clips/${clip_id}`)).status).toBe(204);
  }
});

test('two workers share a batch, and nothing is published twice', async ({ portal }) => {
  const second = await startAnotherWorker('worker-second');
  try {
    const ids = Array.from({ length: 6 }, (_, index) => `shared-${index}`);
    const clips = ids.map((id, index) => cut(id, portal.masters.mtl, [index, index + 1]));
    expect((await root().post('/clips/batch', { clips })).json).toMatchObject({ created: 6, failed: 0 });
    for (const id of ids) await expectPublishedOnce(await untilReady(root(), id));
  } finally {
    await second.stop();
  }
});

test('kill -9 in the middle of a cut: another worker finishes it, once', async ({ portal }) => {
  test.setTimeout(180_000);
  // The run's own worker stays out of the way while a worker of this test takes the job and dies with it.
  process.kill(portal.workerPid, 'SIGSTOP');
  const victim = await startAnotherWorker('worker-victim');
  try {
    const created = await root().post('/clips', cut('survivor', portal.masters.mtl, [0, 8]));
    expect(created.status, created.text).toBe(201);
    await until(
      async () => {
        const { json } = await root().get('/clips/survivor');
        expect(json.processing_status, 'the cut must not end before the kill').not.toBe('ready');
        return json.processing_status === 'processing' && Number(json.progress) > 0;
      },
      { what: 'the cut to be under way', everyMs: 20 },
    );
    process.kill(victim.pid, 'SIGKILL');
    await victim.ended;
  } finally {
    process.kill(portal.workerPid, 'SIGCONT');
    await victim.stop();
  }
  const killedAt = Date.now();
  const clip = await untilReady(root(), 'survivor', 120_000);
  expect((Date.now() - killedAt) / 1000).toBeLessThan(90);
  await expectPublishedOnce(clip);
  expect(clip.duration_s).toBe(8);
});

/** Lets a worker of its own do `work` and die of kill -9 while the run's worker is stopped; that one goes on afterwards. */
async function killWorkerIn(
  portal: RunningPortal,
  name: string,
  work: (victim: ManagedProcess) => Promise<void>,
): Promise<void> {
  process.kill(portal.workerPid, 'SIGSTOP');
  const victim = await startAnotherWorker(name);
  try {
    await work(victim);
    victim.kill();
    await victim.ended;
    // The queue finds it dead at its next look. That it does so after half a minute of silence is told above.
    await sql("UPDATE media_jobs.job SET heartbeat_seconds = 1 WHERE name = 'encode' AND state = 'active'");
  } finally {
    process.kill(portal.workerPid, 'SIGCONT');
    await victim.stop();
  }
}

/** The first tool of a worker that `fits`; it is stopped where it is, so that it cannot end by itself. */
async function stopTool(worker: ManagedProcess, fits: (args: string) => boolean): Promise<number> {
  return until(
    async () => {
      for (const pid of await toolsOf(worker.pid)) {
        const args = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
        if (!args || !fits(args)) continue;
        process.kill(pid, 'SIGSTOP');
        return pid;
      }
      return null;
    },
    { what: `a tool of ${worker.name}`, everyMs: 2 },
  );
}

/** The run's workers have a place for them of their own: another portal's come and go beside it. */
const workRoot = () => readPortalState().env.TMPDIR ?? '';
const workFolders = async () => (await readdir(workRoot())).filter((name) => name.startsWith('heartbeat-work-'));

for (const [phase, fits] of [
  ['looks at the master', (args: string) => args.includes('ffprobe')],
  ['encodes', (args: string) => args.includes('filter_complex')],
] as const) {
  test(`kill -9 of a worker that ${phase} leaves no tool and no work folder`, async ({ portal }) => {
    test.setTimeout(180_000);
    const id = `killed-${phase.replaceAll(' ', '-')}`;
    const before = new Set(await workFolders());
    let left: string[] = [];
    await killWorkerIn(portal, id, async (victim) => {
      expect((await root().post('/clips', cut(id, portal.masters.mtl, [0, 4]))).status).toBe(201);
      const tool = await stopTool(victim, fits);
      left = (await workFolders()).filter((name) => !before.has(name));
      // The cut's, and for as long as it takes to make, the picture's.
      expect(left).not.toHaveLength(0);
      victim.kill();
      const gone = async () => !(await isRunning(tool));
      await until(gone, { what: 'the tool to end with its worker', timeoutMs: 5000, everyMs: 20 });
    });
    const swept = () => left.every((name) => !existsSync(path.join(workRoot(), name)));
    await until(swept, { what: 'the work folder to be swept', timeoutMs: 60_000 });
    await expectPublishedOnce(await untilReady(root(), id, 120_000));
  });
}

test('kill -9 of a worker that writes: the objects go when the clip is deleted', async ({ portal }) => {
  test.setTimeout(180_000);
  const folder = `MTL/${SEASON}/worker/killed-writing`;
  const { dataDir } = readPortalState();
  // Somebody else holds the last object's key, so that the worker gets no further.
  const key = createHash('sha256').update(`heartbeat-media/${folder}/grid.vtt`).digest('hex');
  const lock = path.join(dataDir, 'objects', '.locks', `${key}.lock`);
  const written = () => readdir(path.join(dataDir, 'objects', 'heartbeat-media', folder)).catch((): string[] => []);
  await mkdir(lock, { recursive: true });
  const holding = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), 1000);
  try {
    await killWorkerIn(portal, 'killed-writing', async () => {
      expect((await root().post('/clips', cut('killed-writing', portal.masters.mtl, [0, 2]))).status).toBe(201);
      const isWriting = async () => (await written()).includes('grid.jpg');
      await until(isWriting, { what: 'objects of the clip', everyMs: 20 });
    });
  } finally {
    clearInterval(holding);
    await rm(lock, { recursive: true, force: true });
  }
  expect(await written()).toContain('clip.mp4');
  expect((await root().delete('/clips/killed-writing')).status).toBe(204);
  await until(async () => (await written()).length === 0, { what: 'the objects to go', timeoutMs: 120_000 });
});

test('a clip that is deleted while it is cut: its ffmpeg ends within seconds', async ({ portal }) => {
  test.setTimeout(120_000);
  expect((await root().post('/clips', cut('deleted-in-cut', portal.masters.mtl, [0, 8]))).status).toBe(201);
  const worker = { pid: portal.workerPid, name: 'the worker' } as ManagedProcess;
  const tool = await stopTool(worker, (args) => args.includes('filter_complex'));
  expect((await root().delete('/clips/deleted-in-cut')).status).toBe(204);
  const gone = async () => !(await isRunning(tool));
  await until(gone, { what: 'the ffmpeg of a deleted clip to end', timeoutMs: 15_000, everyMs: 50 });
});

test('a worker that is told to stop hands its cut back within seconds, and another one finishes it', async ({
  portal,
}) => {
  test.setTimeout(120_000);
  process.kill(portal.workerPid, 'SIGSTOP');
  const leaving = await startAnotherWorker('worker-leaving');
  try {
    expect((await root().post('/clips', cut('handed-back', portal.masters.mtl, [0, 8]))).status).toBe(201);
    // The cut cannot end by itself before the worker is told.
    const tool = await stopTool(leaving, (args) => args.includes('filter_complex'));
    process.kill(leaving.pid, 'SIGTERM');
    const toldAtMs = await until(() => loggedAtMs(portal.dataDir, 'worker-leaving', 'worker stopping'), {
      what: 'the worker to hear of it',
      everyMs: 10,
    });
    process.kill(tool, 'SIGCONT');
    await leaving.ended;
    const [back] = await sql(`SELECT c.processing_status AS status, j.state, j.retry_count AS retries,
        (extract(epoch FROM c.updated_at AT TIME ZONE 'UTC') * 1000)::float8 AS at_ms
      FROM media.clips c JOIN media_jobs.job j ON j.data ->> 'clipId' = c.clip_id AND j.name = 'encode'
      WHERE c.clip_id = 'handed-back'`);
    expect(back).toMatchObject({ status: 'pending', state: 'retry' });
    // By the clocks of the log and of the database: how long this test took to look says nothing.
    expect(Number(back?.at_ms) - toldAtMs).toBeLessThan(5000);
    expect(await toolsOf(leaving.pid)).toEqual([]);
  } finally {
    process.kill(portal.workerPid, 'SIGCONT');
    await leaving.stop();
  }
  await expectPublishedOnce(await untilReady(root(), 'handed-back'));
});
