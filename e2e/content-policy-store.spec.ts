import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '#lib/db/local-postgres.ts';
import {
  type GcsHarness,
  HMAC_KEY,
  LAKE,
  MEDIA,
  PORTAL_CORS,
  startGcsHarness,
} from '#lib/storage/google/fake/harness.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { startSecondWeb } from './support/processes.ts';

const FILE_NAME = 'p1-20141011-NHL-MTLvsCHI-20142015-20099.mp4';

let google: GcsHarness;
let web: { url: string; process: ManagedProcess };

test.beforeAll(async () => {
  const [port, harness] = await Promise.all([freePort(), startGcsHarness()]);
  const url = `http://127.0.0.1:${port}`;
  google = harness;
  // The uploader looks at Retry-After, which a browser shows of another origin only when it is exposed.
  const responseHeader = [...PORTAL_CORS.responseHeader, 'Retry-After'];
  for (const bucket of google.fake.state.buckets.values())
    bucket.cors = [{ ...PORTAL_CORS, origin: [url], responseHeader }];
  const env = {
    NEXTAUTH_URL: url,
    MEDIA_STORE: 'gcs',
    MEDIA_LAKE_BUCKET: LAKE,
    MEDIA_GCS_BUCKET: MEDIA,
    STORAGE_EMULATOR_HOST: google.fake.origin,
    MEDIA_GCS_HMAC_ACCESS_ID: HMAC_KEY.accessId,
    MEDIA_GCS_HMAC_SECRET: HMAC_KEY.secret,
  };
  web = await startSecondWeb({ ...env, PORT: String(port) });
});
test.afterAll(async () => {
  await web?.process.stop();
  await google?.close();
  await sql('DELETE FROM media.masters WHERE lake_uri LIKE $1', [`gs://${LAKE}/%`]);
});

test('the policy lets a page upload to, and play from, a store of another origin', async ({
  openAs,
  portal,
  guard,
}) => {
  guard.allow(/Content Security Policy|another-bucket/);
  const file = path.join(portal.dataDir, FILE_NAME);
  await copyFile(portal.masterFiles.mtl, file);
  const page = await openAs(null);
  await page.goto(`${web.url}/signin?callbackUrl=/admin/upload`);
  await (await hydrated(page.getByLabel('Email'))).fill(accountOf('admin', 'MTL').email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/admin\/upload/);
  await (await hydrated(page.locator('input[type=file]').first())).setInputFiles(file);
  await page.getByRole('button', { name: 'Start 1 upload' }).click();
  const row = page.getByRole('listitem').filter({ hasText: FILE_NAME });
  await expect(row).toHaveAttribute('data-phase', 'ready');
  await row.getByRole('link', { name: 'Open the master' }).click();
  const video = page.locator('video').first();
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => [element.readyState >= 2, element.error?.message]))
    .toEqual([true, undefined]);
  expect(await video.evaluate((element: HTMLVideoElement) => new URL(element.currentSrc).origin)).toBe(
    google.fake.origin,
  );
  // What the policy does not name stays out of reach: the same host, another bucket.
  const reach = (address: string) =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      address,
    );
  expect(await reach(`${google.fake.origin}/another-bucket/x`)).toBe('refused');
});
