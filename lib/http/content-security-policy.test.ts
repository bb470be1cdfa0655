import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { storeSourcesOf } from '#lib/config/store-sources.ts';
import { pagePolicy } from './content-security-policy.ts';

const BASE = {
  DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/hb',
  NEXTAUTH_SECRET: 'sixteen letters!',
  NEXTAUTH_URL: 'https://clips.example/',
  MEDIA_LAKE_BUCKET: 'the-lake',
  MEDIA_GCS_BUCKET: 'the-media',
};
const CDN = { MEDIA_CDN_DOMAIN: 'Media.example', MEDIA_CDN_KEY_NAME: 'k', MEDIA_CDN_KEY: 'nZtRohdNF9m3cKM24IcK4w==' };

const policyOf = (extra: Record<string, string>, development = false): Record<string, string> => {
  const stores = storeSourcesOf(parseEnv({ ...BASE, ...extra }));
  const text = pagePolicy({ nonce: 'bm9uY2U=', stores, development });
  expect(text).not.toMatch(/[\r\n]|undefined|\*/);
  return Object.fromEntries(text.split('; ').map((part) => [part.split(' ')[0], part.slice(part.indexOf(' ') + 1)]));
};

describe('the policy of a page', () => {
  it('lets scripts run by their nonce alone', () => {
    const policy = policyOf({});
    expect(policy['script-src']).toBe("'nonce-bm9uY2U=' 'strict-dynamic'");
    expect(policy).toMatchObject({ 'default-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'" });
    expect(policyOf({}, true)['script-src']).toContain("'unsafe-eval'");
  });

  it('loads from the portal itself with the disk store', () => {
    expect(policyOf({})).toMatchObject({
      'img-src': "'self' data: https://clips.example",
      'media-src': "'self' blob: https://clips.example",
      'connect-src': "'self' https://clips.example",
    });
  });

  it('loads from the two buckets of Google, and uploads to the lake', () => {
    const read = 'https://storage.googleapis.com/the-lake/ https://storage.googleapis.com/the-media/';
    expect(policyOf({ MEDIA_STORE: 'gcs' })).toMatchObject({
      'img-src': `'self' data: ${read}`,
      'media-src': `'self' blob: ${read}`,
      'connect-src': `'self' ${read} https://storage.googleapis.com/upload/storage/v1/b/the-lake/`,
    });
  });

  it('loads from the CDN, or from another endpoint, where one is configured', () => {
    expect(policyOf({ MEDIA_STORE: 'gcs', ...CDN })['media-src']).toMatch(/ https:\/\/media\.example$/);
    const elsewhere = policyOf({ MEDIA_STORE: 'gcs', STORAGE_EMULATOR_HOST: 'http://127.0.0.1:4443' });
    expect(elsewhere['connect-src']).toContain('http://127.0.0.1:4443/the-media/');
    expect(elsewhere['connect-src']).not.toContain('googleapis');
  });
});
