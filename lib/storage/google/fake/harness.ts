import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import type { GcsStoreOptions } from '#lib/storage/google/client.ts';
import { createGcsStore } from '#lib/storage/google/store.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import type { CorsRule } from './bucket-cors.ts';
import type { FakeGcs } from './server.ts';
import { startFakeGcs } from './server.ts';

export const LAKE = 'test-lake';
export const MEDIA = 'test-media';
export const HMAC_KEY = { accessId: 'GOOG1TESTACCESSID', secret: 'a secret of the tests, 40 characters lo' };
export const PORTAL = 'http://portal.test:3000';

const ACCOUNT = 'portal@project.iam.gserviceaccount.com';
const PAIR = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The account that the fake knows, with its private key. */
export const SERVICE_ACCOUNT = { email: ACCOUNT, privateKey: PAIR.privateKey };

export const PORTAL_CORS: CorsRule = {
  origin: [PORTAL],
  method: ['GET', 'HEAD', 'PUT'],
  responseHeader: ['Content-Type', 'Content-Range', 'Range', 'Location', 'ETag', 'Content-Length'],
  maxAgeSeconds: 600,
};

/** Credentials as they are after a key file was read. */
export function serviceAccount(email: string, privateKey: string): Storage['authClient'] {
  const { authClient } = new Storage({ projectId: 'project' });
  authClient.jsonContent = { type: 'service_account', client_email: email, private_key: privateKey };
  return authClient;
}

export interface GcsHarness {
  fake: FakeGcs;
  store: ObjectStore;
  /** Another store on the same fake. */
  storeWith(options: Partial<GcsStoreOptions>): ObjectStore;
  close(): Promise<void>;
}

/** The fake with two buckets, a service account and an HMAC key, and a store on it whose retries do not wait. */
export async function startGcsHarness(overrides: Partial<GcsStoreOptions> = {}): Promise<GcsHarness> {
  const fake = await startFakeGcs({
    buckets: { [LAKE]: [PORTAL_CORS], [MEDIA]: [PORTAL_CORS] },
    keys: {
      accounts: { [ACCOUNT]: createPublicKey(PAIR.publicKey) },
      hmacSecrets: { [HMAC_KEY.accessId]: HMAC_KEY.secret },
    },
  });
  const storeWith = (options: Partial<GcsStoreOptions>) =>
    createGcsStore({
      buckets: [LAKE, MEDIA],
      apiEndpoint: fake.origin,
      authClient: serviceAccount(SERVICE_ACCOUNT.email, SERVICE_ACCOUNT.privateKey),
      retry: { baseMs: 1, maxMs: 2 },
      ...overrides,
      ...options,
    });
  return { fake, store: storeWith({}), storeWith, close: () => fake.close() };
}
