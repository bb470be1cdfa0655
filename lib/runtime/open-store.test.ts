import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { type GcsHarness, HMAC_KEY, LAKE, MEDIA, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { cdnOf, openStore } from './portal.ts';

let harness: GcsHarness;
beforeAll(async () => {
  harness = await startGcsHarness();
});
afterAll(() => harness.close());

const env = (extra: Record<string, string> = {}) =>
  parseEnv({
    ...{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/hb', NEXTAUTH_SECRET: 'sixteen letters!' },
    ...{ MEDIA_LAKE_BUCKET: LAKE, MEDIA_GCS_BUCKET: MEDIA },
    ...extra,
  });
const ref = { bucket: MEDIA, key: 'MTL/2025-2026/20031/clip-1/thumb.jpg' };

it('opens the disk store, with its HTTP side, unless told otherwise', () => {
  const { store, diskStore } = openStore(env());
  expect(diskStore).not.toBeNull();
  expect(store).toBe(diskStore);
});

it('opens Google’s store where STORAGE_EMULATOR_HOST says, and signs with the HMAC key', async () => {
  vi.stubEnv('STORAGE_EMULATOR_HOST', harness.fake.origin);
  const key = { MEDIA_GCS_HMAC_ACCESS_ID: HMAC_KEY.accessId, MEDIA_GCS_HMAC_SECRET: HMAC_KEY.secret };
  const { store, diskStore } = openStore(env({ MEDIA_STORE: 'gcs', ...key }));
  vi.unstubAllEnvs();
  expect(diskStore).toBeNull();
  await store.check();
  await store.write(ref, Buffer.from('image'), { contentType: 'image/jpeg', ifGenerationMatch: '0' });
  expect((await store.stat(ref))?.contentType).toBe('image/jpeg');
  const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const url = await store.signGetUrl(ref, { signedAt, expiresAt: new Date(signedAt.getTime() + 60_000) });
  expect(new URL(url).searchParams.get('X-Goog-Algorithm')).toBe('GOOG4-HMAC-SHA256');
  const response = await fetch(url);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600']);
});

it('takes the CDN from the environment, or none', () => {
  expect(cdnOf(env())).toBeUndefined();
  const key = { MEDIA_CDN_KEY_NAME: 'my-key', MEDIA_CDN_KEY: 'nZtRohdNF9m3cKM24IcK4w==' };
  const cdn = cdnOf(env({ MEDIA_CDN_DOMAIN: 'Media.example.com', ...key }));
  expect(cdn?.origin).toBe('https://media.example.com');
  expect(cdn?.signer.prefixQuery('https://media.example.com/segments/', new Date(1_558_131_350_000))).toMatch(
    /&Signature=HWE5tBTZgnYVoZzVLG7BtRnOsgk=$/,
  );
});
