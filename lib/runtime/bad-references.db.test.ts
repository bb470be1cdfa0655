import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { createClip } from '#lib/clips/create-clip.ts';
import { downloadClip } from '#lib/clips/download-clip.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { createDelivery } from '#lib/delivery/delivery.ts';
import { publishClip } from '#lib/media/publish/publish-clip.ts';
import { quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { removeObjects } from '#lib/media/publish/remove-objects.ts';
import { type GcsHarness, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { type ObjectRef, StoreError } from '#lib/storage/port/object-store.ts';
import { BUCKETS, caller, clipRow, faultOf, type PortalFixture, portalFixture } from './portal-fixture.ts';

const GAME = 'media/raw/MTL/2025-2026/20031';
const GOOD = `gs://${BUCKETS.lake}/${GAME}/p1.mp4`;
/** What is no object of the two buckets, however much it looks like one. */
const BAD_URIS = [
  'gs://elsewhere/media/raw/MTL/2025-2026/20031/p1.mp4',
  `gs://${BUCKETS.lake}@evil.example/${GAME}/p1.mp4`,
  `gs://user:pass@${BUCKETS.lake}/${GAME}/p1.mp4`,
  `gs://${BUCKETS.lake}:443/${GAME}/p1.mp4`,
  `http://${BUCKETS.lake}/${GAME}/p1.mp4`,
  `http://storage.googleapis.com/${BUCKETS.lake}/${GAME}/p1.mp4`,
  `https://storage.googleapis.com/${BUCKETS.lake}/${GAME}/p1.mp4`,
  `GS://${BUCKETS.lake}/${GAME}/p1.mp4`,
  `gs://${BUCKETS.lake}/media%2Fraw%2FMTL/2025-2026/20031/p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}%2fp1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}/%2e%2e/p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}/../p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}/./p1.mp4`,
  `gs://${BUCKETS.lake}/../${BUCKETS.media}/p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}//p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}\\p1.mp4`,
  `gs://${BUCKETS.lake}/${GAME}/p1.mp4?generation=1`,
  `gs://${BUCKETS.lake}/${GAME}/p1.mp4#x`,
  `gs://${BUCKETS.lake}/${GAME}/p1.mp4\n`,
  `gs://${BUCKETS.lake}/`,
  `gs://${BUCKETS.lake}`,
];

let portal: PortalFixture;
let google: GcsHarness;
const admin = caller('admin');
beforeAll(async () => {
  [portal, google] = await Promise.all([portalFixture(), startGcsHarness()]);
});
afterAll(() => Promise.all([portal.close(), google.close()]));
beforeEach(async () => {
  await portal.db.clip.deleteMany();
  google.fake.requestLines.length = 0;
});

/** Everything as it is in use, but on Google, which counts what it is asked. */
const onGoogle = () => ({
  ...portal.deps,
  store: google.store,
  delivery: createDelivery({
    ...{ store: google.store, buckets: BUCKETS, baseUrl: 'http://localhost:3000', secret: 's' },
    ...{ ttlMs: 3_600_000, windowMs: 900_000, now: () => new Date() },
  }),
});
const requests = () => google.fake.requestLines.length;

const newClip = (source_gcs_uri: string) =>
  createClipSchema.parse({
    ...{ clip_id: 'c', source_gcs_uri, start_timecode_s: 0, end_timecode_s: 2, team_code: 'MTL' },
    ...{ season: '2025-2026', game_id: '20031', player_id: '1', event_type: 'shot' },
  });
const work = () =>
  publishClip(
    { ...onGoogle(), clips: createClipWork(portal.db), cutClip: quickCut('A') },
    { clipId: 'c', signal: new AbortController().signal, isLastAttempt: true },
  );

describe.each(BAD_URIS)('%j is refused before any request', (uri) => {
  it('as the source of a new clip, and by the worker when it stands in a row', async () => {
    expect(await faultOf(createClip(onGoogle(), admin, newClip(uri)))).toMatchObject({ code: 'bad_source' });
    await portal.db.clip.create({
      data: clipRow({ clipId: 'c', sourceGcsUri: uri, processingStatus: 'pending' }),
    });
    await work();
    expect(await portal.db.clip.findUnique({ where: { clipId: 'c' } })).toMatchObject({
      processingStatus: 'failed',
    });
    expect(requests()).toBe(0);
  });

  it('as an asset: it is not signed, not shown, not downloaded and not deleted', async () => {
    await portal.db.clip.create({
      data: { ...clipRow({ clipId: 'c' }), assets: { create: { assetType: 'mp4', gcsUri: uri } } },
    });
    const deps = onGoogle();
    await expect(deps.delivery.signObject(uri)).rejects.toBeInstanceOf(StoreError);
    expect((await getClip(deps, admin, 'c')).assets).toEqual([]);
    expect(await faultOf(downloadClip(deps, admin, 'c'))).toMatchObject({ status: 422 });
    await removeObjects(deps, [{ gcsUri: uri, generation: null }]);
    expect(requests()).toBe(0);
  });
});

describe.each<[string, ObjectRef]>([
  ['another bucket', { bucket: 'elsewhere', key: 'a.mp4' }],
  ['another host', { bucket: `${BUCKETS.lake}@evil.example`, key: 'a.mp4' }],
  ['dot segments', { bucket: BUCKETS.lake, key: 'a/../b.mp4' }],
  ['an encoded slash', { bucket: BUCKETS.lake, key: 'a%2Fb.mp4' }],
])('a reference to %s', (_what, ref) => {
  it.each<[string, () => Promise<unknown>]>([
    ['stat', () => google.store.stat(ref)],
    ['read', () => google.store.read(ref)],
    ['write', () => google.store.write(ref, Buffer.from('x'), { contentType: 'video/mp4' })],
    ['delete', () => google.store.delete(ref)],
    ['signGetUrl', () => google.store.signGetUrl(ref, { signedAt: new Date(0), expiresAt: new Date(1000) })],
    ['startUpload', () => google.store.startUpload(ref, { contentType: 'video/mp4', sizeBytes: 1 })],
  ])('is refused by %s before any request', async (_operation, run) => {
    await expect(run()).rejects.toMatchObject({ code: expect.stringMatching(/^(bad_key|foreign_bucket)$/) });
    expect(requests()).toBe(0);
  });
});

it('counts: a good source is looked for', async () => {
  expect(await faultOf(createClip(onGoogle(), admin, newClip(GOOD)))).toMatchObject({ code: 'unknown_master' });
  expect(requests()).toBe(1);
});
