import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createCdnSigner } from '#lib/delivery/cdn-signature.ts';
import { createDelivery, type DeliveryOptions } from '#lib/delivery/delivery.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import {
  BUCKETS,
  caller,
  clipRow,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { type DiskFixture, diskFixture } from '#lib/storage/disk/store-fixture.ts';
import { type GcsHarness, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { downloadClip } from './download-clip.ts';

const KEY = 'MTL/2025-2026/20031/c/clip.mp4';
const BYTES = Buffer.from('the clip');
const NAME = '2025-10-11 MTL-CHI P2 12m34s Zone entry Élie Béliveau.mp4';
const DISPOSITION =
  'attachment; filename="2025-10-11 MTL-CHI P2 12m34s Zone entry Elie Beliveau.mp4"; ' +
  `filename*=UTF-8''${encodeURIComponent(NAME)}`;

let portal: PortalFixture;
let disk: DiskFixture;
let google: GcsHarness;
const coach: UserContext = caller('coach', { teamAccess: ['MTL'] });

beforeAll(async () => {
  [portal, disk, google] = await Promise.all([portalFixture(), diskFixture(), startGcsHarness()]);
  const facts = { playerName: 'Élie Béliveau', playerId: '7', opponentCode: 'CHI', period: 2, eventType: 'zoneEntry' };
  const cut = { gameDate: new Date('2025-10-11'), startTimecodeS: 754, endTimecodeS: 760, durationS: 6 };
  await portal.db.clip.createMany({
    data: [
      clipRow({ clipId: 'c', ...facts, ...cut }),
      clipRow({ clipId: 'busy', processingStatus: 'processing' }),
      clipRow({ clipId: 'bare' }),
      clipRow({ clipId: 'adopted' }),
    ],
  });
});
afterAll(() => Promise.all([portal.close(), disk.close(), google.close()]));

/** Registers one MP4 of a clip, in place of what it had. */
async function register(clipId: string, gcsUri: string, generation: string | null): Promise<void> {
  const { id } = await portal.db.clip.findUniqueOrThrow({ where: { clipId } });
  await portal.db.clipAsset.deleteMany({ where: { clipId: id } });
  await portal.db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri, generation } });
}

const on = (store: ObjectStore, cdn?: DeliveryOptions['cdn']) => ({
  ...portal.deps,
  delivery: createDelivery({
    ...{ store, buckets: BUCKETS, baseUrl: 'http://localhost:3000', secret: 's', cdn },
    ...{ ttlMs: 3_600_000, windowMs: 900_000, now: () => new Date() },
  }),
});

describe.each<[string, () => ObjectStore]>([
  ['disk', () => disk.store],
  ['Google', () => google.store],
])('a download from %s', (_name, storeOf) => {
  beforeEach(async () => {
    await storeOf().delete({ bucket: BUCKETS.media, key: KEY });
    const { generation } = await storeOf().write({ bucket: BUCKETS.media, key: KEY }, BYTES, {
      contentType: 'video/mp4',
    });
    await register('c', `gs://${BUCKETS.media}/${KEY}`, generation);
  });

  it('has a readable name, and the bytes of the registered generation', async () => {
    const { url } = await downloadClip(on(storeOf()), coach, 'c');
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, DISPOSITION]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
    await storeOf().write({ bucket: BUCKETS.media, key: KEY }, Buffer.from('other'), { contentType: 'video/mp4' });
    expect((await fetch(url)).status).toBe(404);
  });

  it('goes past the CDN, which could not name it', async () => {
    const signer = createCdnSigner({ name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' });
    const { url } = await downloadClip(on(storeOf(), { origin: 'https://media.example.com', signer }), coach, 'c');
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, DISPOSITION]);
  });

  it('of a master has the master’s own file name', async () => {
    const row = masterRow({ filename: 'p1-20251011-MTLvsCHI.mp4' });
    const ref = { bucket: BUCKETS.lake, key: row.lakeUri.slice(`gs://${BUCKETS.lake}/`.length) };
    const { generation } = await storeOf().write(ref, BYTES, { contentType: 'video/mp4' });
    await portal.db.master.deleteMany();
    await portal.db.master.create({ data: { ...row, generation } });
    const { signed_url } = await getMaster(on(storeOf()), caller('admin'), row.id);
    const response = await fetch(signed_url ?? '');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=p1-20251011-MTLvsCHI.mp4');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
  });
});

describe('no download', () => {
  const download = (user: UserContext, clipId: string) => downloadClip(on(disk.store), user, clipId);

  it.each(['busy', 'bare', 'nothing'])('of a clip that is %s', async (clipId) => {
    expect(await faultOf(download(coach, clipId))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('of a clip out of reach; a player gets his own', async () => {
    await register('c', `gs://${BUCKETS.media}/${KEY}`, null);
    const others = [caller('coach', { teamAccess: ['TOR'] }), caller('player', { playerId: '8' })];
    for (const user of others) expect(await faultOf(download(user, 'c'))).toMatchObject({ status: 404 });
    expect((await download(caller('player', { playerId: '7' }), 'c')).url).toContain('/clip.mp4?');
  });

  it.each(['gs://elsewhere/clip.mp4', 'gs://test-media@evil/clip.mp4', 'https://evil.example/clip.mp4'])(
    'of an adopted row that points to %s',
    async (gcsUri) => {
      await register('adopted', gcsUri, null);
      expect(await faultOf(download(coach, 'adopted'))).toMatchObject({ status: 422, code: 'foreign_object' });
    },
  );
});
