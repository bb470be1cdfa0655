import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DiskFixture, diskFixture, LAKE, MEDIA } from '#lib/storage/disk/store-fixture.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { createCdnSigner } from './cdn-signature.ts';
import { createDelivery } from './delivery.ts';

const USER: UserContext = { userId: 'user-1', role: 'coach', name: 'C', teamAccess: ['MTL'], preferences: {} };
const URI = `gs://${MEDIA}/MTL/2025-2026/20031/clip-1/clip.mp4`;
const TEN = new Date('2026-01-01T10:00:00Z');
const PERIOD = { ttlMs: 3_600_000, windowMs: 900_000 };

let disk: DiskFixture;
beforeAll(async () => {
  disk = await diskFixture();
});
afterAll(() => disk.close());

function delivering() {
  const clock = { now: TEN };
  const sign = vi.spyOn(disk.store, 'signGetUrl');
  const options = {
    store: disk.store,
    buckets: { lake: LAKE, media: MEDIA },
    baseUrl: 'https://p.example',
    secret: 's',
  };
  return { delivery: createDelivery({ ...options, ...PERIOD, now: () => clock.now }), sign, clock };
}

describe('signObject', () => {
  it('gives one URL, byte for byte, through a window and asks the store once for it', async () => {
    const { delivery, sign, clock } = delivering();
    const first = await delivery.signObject(URI, { generation: '7' });
    clock.now = new Date(TEN.getTime() + PERIOD.windowMs - 1);
    const many = await Promise.all(Array.from({ length: 50 }, () => delivery.signObject(URI, { generation: '7' })));
    for (const again of many) expect(again).toEqual(first);
    expect(sign).toHaveBeenCalledTimes(1);
    clock.now = new Date(TEN.getTime() + PERIOD.windowMs);
    expect((await delivery.signObject(URI, { generation: '7' })).url).not.toBe(first.url);
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it('asks once for each of more objects than any page shows', async () => {
    const { delivery, sign } = delivering();
    const objects = Array.from({ length: 20_000 }, (_, n) => URI.replace('clip-1', `clip-${n}`));
    for (const uri of [...objects, ...objects]) await delivery.signObject(uri);
    expect(sign).toHaveBeenCalledTimes(objects.length);
  });

  it('asks once also when all ask at the same moment', async () => {
    const { delivery, sign } = delivering();
    const all = await Promise.all(Array.from({ length: 100 }, () => delivery.signObject(URI)));
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    expect(sign).toHaveBeenCalledTimes(1);
  });

  it('gives the same URL on another machine', async () => {
    const [here, there] = await Promise.all([
      delivering().delivery.signObject(URI),
      delivering().delivery.signObject(URI),
    ]);
    expect(there).toEqual(here);
  });

  it('tells objects, generations and download names apart', async () => {
    const { delivery } = delivering();
    const other = `gs://${MEDIA}/MTL/2025-2026/20031/clip-1/thumb.jpg`;
    const all = await Promise.all([
      delivery.signObject(URI),
      delivery.signObject(other),
      delivery.signObject(URI, { generation: '1' }),
      delivery.signObject(URI, { generation: '2' }),
      delivery.signObject(URI, { downloadName: 'a.mp4' }),
    ]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(5);
  });

  it('says the moment at which the URL ends, and the store means the same', async () => {
    const { delivery } = delivering();
    const { url, expiresAt } = await delivery.signObject(URI);
    expect(expiresAt).toEqual(new Date('2026-01-01T11:00:00Z'));
    expect(new URL(url).searchParams.get('expires')).toBe(String(expiresAt.getTime() / 1000));
  });

  it('does not keep a signature that failed', async () => {
    const { delivery, sign } = delivering();
    sign.mockRejectedValueOnce(new StoreError('unavailable', 'IAM does not answer'));
    const both = await Promise.allSettled([delivery.signObject(URI), delivery.signObject(URI)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(delivery.signObject(URI)).resolves.toMatchObject({ url: expect.stringContaining('clip.mp4') });
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it.each([
    'gs://elsewhere/MTL/clip.mp4',
    `https://${MEDIA}/MTL/clip.mp4`,
    `gs://${MEDIA}/../${LAKE}/x`,
    `gs://${MEDIA}/a?b`,
    '',
  ])('signs nothing for %j', async (uri) => {
    const { delivery, sign } = delivering();
    await expect(delivery.signObject(uri)).rejects.toBeInstanceOf(StoreError);
    expect(sign).not.toHaveBeenCalled();
  });
});

describe('behind a CDN', () => {
  const FOLDER = 'https://media.example.com/MTL/2025-2026/20031/clip-1/';
  function behindCdn() {
    const clock = { now: TEN };
    const byStore = vi.spyOn(disk.store, 'signGetUrl');
    const signer = createCdnSigner({ name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' });
    const byCdn = vi.spyOn(signer, 'prefixQuery');
    const delivery = createDelivery({
      ...{ store: disk.store, buckets: { lake: LAKE, media: MEDIA }, baseUrl: 'https://p.example', secret: 's' },
      ...{ ...PERIOD, cdn: { origin: 'https://media.example.com', signer }, now: () => clock.now },
    });
    return { delivery, signer, byCdn, byStore, clock };
  }

  it('signs a clip’s folder once a window, whatever is asked of it', async () => {
    const { delivery, signer, byCdn, byStore, clock } = behindCdn();
    const uri = (name: string) => URI.replace('clip.mp4', name);
    const names = ['clip.mp4', '1080.m4s', '720.m4s', 'thumb.jpg', 'grid.jpg'];
    const all = await Promise.all([...names, ...names].map((name) => delivery.signObject(uri(name))));
    const expiresAt = new Date('2026-01-01T11:00:00Z');
    expect(byCdn).toHaveBeenCalledTimes(1);
    const query = signer.prefixQuery(FOLDER, expiresAt);
    expect(all).toEqual([...names, ...names].map((name) => ({ url: `${FOLDER}${name}?${query}`, expiresAt })));
    clock.now = new Date(TEN.getTime() + PERIOD.windowMs);
    expect((await delivery.signObject(URI)).url).not.toBe(all[0]?.url);
    expect(byStore).not.toHaveBeenCalled();
  });

  it('names the generation, so that a new cut is no old cache entry', async () => {
    const { delivery } = behindCdn();
    const { url } = await delivery.signObject(URI, { generation: '7' });
    expect(url).toMatch(/\/clip\.mp4\?generation=7&URLPrefix=/);
  });

  it('never signs more than one clip’s folder', async () => {
    const { delivery, byCdn, signer } = behindCdn();
    const exact = vi.spyOn(signer, 'signUrl');
    const keys = ['clip.mp4', 'MTL/clip.mp4', 'MTL/2025-2026/20031/clip.mp4', 'MTL/2025-2026/20031/c/deep/clip.mp4'];
    for (const key of [...keys, ...keys]) {
      const { url, expiresAt } = await delivery.signObject(`gs://${MEDIA}/${key}`, { generation: '7' });
      const { signUrl } = createCdnSigner({ name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' });
      expect(url).toBe(signUrl(`https://media.example.com/${key}?generation=7`, expiresAt));
    }
    expect([exact.mock.calls.length, byCdn.mock.calls.length]).toEqual([keys.length, 0]);
  });

  it('leaves masters, and downloads with a name, to the store', async () => {
    const { delivery, byCdn, byStore } = behindCdn();
    await delivery.signObject(`gs://${LAKE}/media/raw/MTL/2025-2026/20031/a.mp4`);
    await delivery.signObject(URI, { downloadName: 'a.mp4' });
    expect([byStore.mock.calls.length, byCdn.mock.calls.length]).toEqual([2, 0]);
  });

  it('signs nothing of another bucket', async () => {
    const { delivery, byCdn } = behindCdn();
    await expect(delivery.signObject('gs://elsewhere/MTL/clip.mp4')).rejects.toBeInstanceOf(StoreError);
    expect(byCdn).not.toHaveBeenCalled();
  });
});

describe('signClipFile', () => {
  it('is an absolute URL with a token of this clip, caller and window', () => {
    const { delivery, clock } = delivering();
    const { url, expiresAt } = delivery.signClipFile({ ...USER, apiKeyId: 'key-1' }, 'clip-1', 'playlist.m3u8');
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://p.example/api/v2/clips/clip-1/playlist.m3u8');
    expect(delivery.tokens.verify(searchParams.get('token') ?? '', 'clip-1', clock.now)).toEqual({
      kind: 'valid',
      grant: { film: 'clip-1', userId: 'user-1', apiKeyId: 'key-1', expiresAt },
    });
    clock.now = new Date(TEN.getTime() + PERIOD.windowMs - 1);
    expect(delivery.signClipFile({ ...USER, apiKeyId: 'key-1' }, 'clip-1', 'playlist.m3u8').url).toBe(url);
  });

  it('differs from caller to caller', () => {
    const { delivery } = delivering();
    const urls = ['user-1', 'user-2'].map((userId) => delivery.signClipFile({ ...USER, userId }, 'c', '720.m3u8').url);
    expect(new Set(urls).size).toBe(2);
  });
});
