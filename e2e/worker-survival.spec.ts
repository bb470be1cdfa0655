import { accountOf } from './support/accounts.ts';
import { type Api, apiOf, untilReady } from './support/api.ts';
import { until } from './support/conditions.ts';
import type { ClipShape } from './support/contract-shapes.ts';
import { hashObjects, sql } from './support/database.ts';
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

test.afterAll(async () => {
  for (const { clip_id } of await sql('SELECT clip_id FROM media.clips WHERE season = $1', [SEASON])) {
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
