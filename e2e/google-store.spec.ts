import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { type GcsHarness, LAKE, PORTAL_CORS, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { serveUploaderPage } from './support/module-server.ts';

const MIB = 1024 * 1024;
const SIZE = 5 * MIB + 77;
const REF = { bucket: LAKE, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
/** What the portal's page uploads with. */
const MODULES = ['/lib/storage/upload/resumable-client.ts', '/app/_client/xhr-upload-transport.ts'];

let google: GcsHarness;
let site: Awaited<ReturnType<typeof serveUploaderPage>>;
let elsewhere: typeof site;

test.beforeEach(async () => {
  [google, site, elsewhere] = await Promise.all([startGcsHarness(), serveUploaderPage(), serveUploaderPage()]);
  const bucket = google.fake.state.buckets.get(LAKE);
  if (bucket) bucket.cors = [{ ...PORTAL_CORS, origin: [site.origin] }];
});
test.afterEach(() => Promise.all([google.close(), site.close(), elsewhere.close()]));

/** Runs in the page: makes a file, sends it, and says its SHA-256 or the error's name. */
async function uploadInPage({ url, size, modules }: { url: string; size: number; modules: readonly string[] }) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, size)));
  const [{ uploadResumable }, { xhrTransport }] = await Promise.all(modules.map((module) => import(module)));
  const retry = { attempts: 3, baseMs: 1, maxMs: 2 };
  try {
    const file = new File([bytes], 'p1.mp4');
    await uploadResumable({ url, file, chunkBytes: 1_048_576, transport: xhrTransport, retry });
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

test('a page of another origin uploads, through a dropped connection and a short commit', async ({ page }) => {
  const { url } = await google.store.startUpload(REF, {
    contentType: 'video/mp4',
    sizeBytes: SIZE,
    origin: site.origin,
  });
  const puts = () => google.fake.requestLines.filter((line) => line.startsWith('PUT ')).length;
  // The first PUT asks where the session stands; the fourth carries the third chunk.
  google.fake.faults.add({ on: { test: () => puts() === 4 }, fault: { kind: 'reset', afterBytes: 100_000 } });
  google.fake.faults.add({ on: { test: () => puts() === 6 }, fault: { kind: 'commit-at-most', bytes: 262_144 } });
  await page.goto(site.origin);
  const { sha256 } = await page.evaluate(uploadInPage, { url, size: SIZE, modules: MODULES });
  const stored = google.fake.state.buckets.get(LAKE)?.objects.get(REF.key);
  expect(sha256).toBe(
    createHash('sha256')
      .update(stored?.bytes ?? '')
      .digest('hex'),
  );
  expect(google.fake.requestLines.some((line) => line.startsWith('OPTIONS '))).toBe(true);
  // Seven without faults: a question, and six chunks.
  expect(puts()).toBeGreaterThan(7);
});

test('a page that the bucket or the session does not know uploads nothing', async ({ page }) => {
  const { url } = await google.store.startUpload(REF, { contentType: 'video/mp4', sizeBytes: 10, origin: site.origin });
  await page.goto(elsewhere.origin);
  const answer = await page.evaluate(uploadInPage, { url, size: 10, modules: MODULES });
  expect(answer).toEqual({ error: 'gave_up' });
  expect(google.fake.state.buckets.get(LAKE)?.objects.size).toBe(0);
});

test('a page reads ranges of a signed URL, and another origin does not', async ({ page }) => {
  await google.store.write(REF, Buffer.from('0123456789'), { contentType: 'video/mp4' });
  const signedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const url = await google.store.signGetUrl(REF, { signedAt, expiresAt: new Date(signedAt.getTime() + 600_000) });
  const read = (target: string) =>
    page.evaluate(async (address) => {
      const response = await fetch(address, { headers: { Range: 'bytes=2-4' } }).catch(() => null);
      return response && `${response.status} ${await response.text()}`;
    }, target);
  await page.goto(site.origin);
  expect(await read(url)).toBe('206 234');
  await page.goto(elsewhere.origin);
  expect(await read(url)).toBeNull();
});
