import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { type GcsHarness, MEDIA, SERVICE_ACCOUNT, startGcsHarness } from './fake/harness.ts';
import { type FakeIam, startFakeIam } from './fake/iam.ts';
import { createGcsStore } from './store.ts';

const REF = { bucket: MEDIA, key: 'MTL/2025-2026/20031/c/clip.mp4' };
const SUBJECT_TOKEN = 'a token of the club’s own identity provider';

let google: GcsHarness;
let iam: FakeIam;
let home: string;
beforeEach(async () => {
  google = await startGcsHarness();
  iam = await startFakeIam({ account: SERVICE_ACCOUNT, subjectToken: SUBJECT_TOKEN });
  home = await mkdtemp(path.join(tmpdir(), 'gcs-credentials-'));
  // Nothing of the developer's own: credentials come from where each test puts them.
  vi.stubEnv('HOME', home);
  vi.stubEnv('GCE_METADATA_HOST', iam.host);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
  vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'project');
  await google.store.write(REF, Buffer.from('the clip'), { contentType: 'video/mp4' });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([google.close(), iam.close(), rm(home, { recursive: true })]);
});

/** The store as the portal opens it: nothing but endpoints is given, credentials are found by the client library. */
const openStore = (): ObjectStore =>
  createGcsStore({
    ...{ buckets: [MEDIA], apiEndpoint: google.fake.origin, iamEndpoint: iam.origin },
    retry: { baseMs: 1, maxMs: 2 },
  });

async function useFile(name: string, content: unknown): Promise<void> {
  const file = path.join(home, name);
  await writeFile(file, JSON.stringify(content));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
}

function sign(store: ObjectStore, lifetimeS = 60): Promise<string> {
  const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  return store.signGetUrl(REF, { signedAt, expiresAt: new Date(signedAt.getTime() + lifetimeS * 1000) });
}

async function expectAccepted(url: string): Promise<void> {
  expect(new URL(url).searchParams.get('X-Goog-Credential')).toMatch(new RegExp(`^${SERVICE_ACCOUNT.email}/`));
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([200, 'the clip']);
  const last = url.at(-1) === '0' ? '1' : '0';
  expect((await fetch(url.slice(0, -1) + last)).status).toBe(403);
}

const asked = (what: RegExp) => iam.requestLines.filter((line) => what.test(line)).length;

it('a key file signs by itself, and nobody is asked', async () => {
  const { email, privateKey } = SERVICE_ACCOUNT;
  await useFile('key.json', { type: 'service_account', client_email: email, private_key: privateKey });
  await expectAccepted(await sign(openStore()));
  expect(iam.requestLines).toEqual([]);
});

describe('without a key file', () => {
  it('the machine’s account has IAM sign, by the metadata server’s token', async () => {
    const store = openStore();
    await expectAccepted(await sign(store));
    await expectAccepted(await sign(store, 61));
    expect(asked(/\/default\/token$/)).toBe(1);
    expect(asked(/\/default\/email$/)).toBeGreaterThan(0);
    expect(asked(/^POST .*:signBlob$/)).toBe(2);
  });

  it('a federated workload has it signed, by impersonating the account', async () => {
    await writeFile(path.join(home, 'subject-token'), SUBJECT_TOKEN);
    await useFile('workload.json', {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/club/providers/club',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${iam.origin}/v1/token`,
      service_account_impersonation_url: `${iam.origin}/v1/projects/-/serviceAccounts/${SERVICE_ACCOUNT.email}:generateAccessToken`,
      credential_source: { file: path.join(home, 'subject-token') },
    });
    await expectAccepted(await sign(openStore()));
    expect([asked(/\/v1\/token$/), asked(/:generateAccessToken$/), asked(/:signBlob$/)]).toEqual([1, 1, 1]);
  });

  it('a busy IAM is asked again', async () => {
    iam.signBlobFaults.push(503, 429);
    await expectAccepted(await sign(openStore()));
    expect(asked(/:signBlob$/)).toBe(3);
  });

  it('an account that may not sign is told so at once', async () => {
    iam.signBlobFaults.push(403);
    await expect(sign(openStore())).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringMatching(/^No URL could be signed: /),
    });
    expect(asked(/:signBlob$/)).toBe(1);
  });
});
