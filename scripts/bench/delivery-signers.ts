import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Storage } from '@google-cloud/storage';
import { createCdnSigner } from '#lib/delivery/cdn-signature.ts';
import { createDelivery, type Delivery } from '#lib/delivery/delivery.ts';
import type { Cdn } from '#lib/delivery/object-signers.ts';
import { windowAt } from '#lib/delivery/signing-window.ts';
import { createDiskStore } from '#lib/storage/disk/store.ts';
import { createGcsStore } from '#lib/storage/google/store.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { type BenchReport, type Figure, median } from './bench-report.ts';

const BUCKETS = { lake: 'bench-lake', media: 'bench-media' };
const PERIOD = { ttlMs: 3_600_000, windowMs: 900_000 };
const ROUNDS = 7;
/** A warm URL costs a look-up. */
const WARM_AT_MOST_US = 10;
const CDN_ORIGIN = 'https://media.example.com';

/** Objects of as many clips; of none, when they lie beside the folders that clips have. */
const urisOf = (count: number, inClipFolders = true): string[] =>
  Array.from(
    { length: count },
    (_, n) => `gs://${BUCKETS.media}/MTL/2025-2026/20031/${inClipFolders ? `clip-${n}/720.m4s` : `${n}.m4s`}`,
  );

/** Microseconds that each of `items` takes, one after the other. */
async function microseconds<T>(items: readonly T[], sign: (item: T) => unknown): Promise<number> {
  const startedMs = performance.now();
  for (const item of items) await sign(item);
  return ((performance.now() - startedMs) * 1000) / items.length;
}

interface Subject {
  name: string;
  uris: string[];
  delivery(): Delivery;
}

/** Cold: objects that were never signed before. Warm: the same ones again, within the window. */
async function measure({ name, uris, delivery }: Subject, against: string): Promise<Figure[]> {
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const signing = delivery();
    const sign = (uri: string) => signing.signObject(uri, { generation: '1769904000000001' });
    cold.push(await microseconds(uris, sign));
    warm.push(await microseconds(uris, sign));
  }
  return [
    { what: `${name}, cold`, value: median(cold), unit: 'µs', against },
    { what: `${name}, warm`, value: median(warm), unit: 'µs', against, atMost: WARM_AT_MOST_US },
  ];
}

const deliveryOn = (store: ObjectStore, at: Date, cdn?: Cdn): Delivery =>
  createDelivery({
    store,
    buckets: BUCKETS,
    baseUrl: 'https://portal.example',
    secret: 's',
    ...PERIOD,
    cdn,
    now: () => at,
  });

/** The client library with a key of its own, as it is after a key file was read. */
function openLibrary(): Storage {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const library = new Storage({ projectId: 'bench' });
  const account = { client_email: 'bench@project.iam.gserviceaccount.com', private_key: privateKey };
  library.authClient.jsonContent = { type: 'service_account', ...account };
  return library;
}

/** The median of some rounds over the same items, which are signed afresh each time. */
async function medianOf<T>(items: readonly T[], sign: (item: T) => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await microseconds(items, sign));
  return median(rounds);
}

function subjectsOf(library: Storage, cdn: Cdn, at: Date): Subject[] {
  const buckets = [BUCKETS.lake, BUCKETS.media];
  const secret = randomBytes(32).toString('hex');
  const root = path.join(tmpdir(), 'heartbeat-bench-unused');
  const disk = createDiskStore({ root, buckets, publicBaseUrl: 'https://portal.example', secret });
  const rsa = createGcsStore({ buckets, authClient: library.authClient });
  const hmac = createGcsStore({ buckets, hmacKey: { accessId: 'GOOG1BENCH', secret } });
  return [
    { name: 'GCS V4 by RSA', uris: urisOf(400), delivery: () => deliveryOn(rsa, at) },
    { name: 'GCS V4 by HMAC', uris: urisOf(4000), delivery: () => deliveryOn(hmac, at) },
    { name: 'disk, HMAC', uris: urisOf(4000), delivery: () => deliveryOn(disk, at) },
    { name: 'Cloud CDN, exact URL', uris: urisOf(4000, false), delivery: () => deliveryOn(disk, at, cdn) },
    { name: 'Cloud CDN, URLPrefix', uris: urisOf(4000), delivery: () => deliveryOn(disk, at, cdn) },
  ];
}

/** What one URL costs by each signer, beside the client library's own `getSignedUrl`. Asks no network. */
export async function benchSigners(say: (line: string) => void): Promise<BenchReport> {
  const library = openLibrary();
  const at = new Date();
  const { signedAt, expiresAt } = windowAt(at, PERIOD);
  const signer = createCdnSigner({ name: 'bench-key', secret: randomBytes(16).toString('base64url') });

  const baseline = 'client library, V4 by RSA';
  say(`signing: ${baseline}`);
  const theirs = (uri: string) =>
    library
      .bucket(BUCKETS.media)
      .file(uri.slice(`gs://${BUCKETS.media}/`.length))
      .getSignedUrl({ version: 'v4', action: 'read', accessibleAt: signedAt, expires: expiresAt });
  const figures: Figure[] = [{ what: baseline, value: await medianOf(urisOf(200), theirs), unit: 'µs' }];

  for (const subject of subjectsOf(library, { origin: CDN_ORIGIN, signer }, at)) {
    say(`signing: ${subject.name}`);
    figures.push(...(await measure(subject, baseline)));
  }
  const prefixes = urisOf(4000).map((_, n) => `${CDN_ORIGIN}/MTL/2025-2026/20031/clip-${n}/`);
  const value = await medianOf(prefixes, (prefix) => signer.cookie(prefix, expiresAt));
  figures.push({ what: 'Cloud CDN, cookie', value, unit: 'µs', against: baseline });
  return { title: `Signing one URL (median of ${ROUNDS} rounds)`, figures };
}
