import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, Route } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { diskFile, sha256, sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';

const GAME = 'resume';
/** The browser sends 8 MiB at a time. */
const CHUNK = 8 * 1024 * 1024;

test.afterEach(async () => {
  const admin = apiOf(accountOf('admin'));
  for (const { id } of await sql('SELECT id FROM media.masters WHERE game_id = $1', [GAME])) {
    expect((await admin.delete(`/masters/${id}?permanent=true`)).status).toBe(204);
  }
});

/** A master of three chunks: the library's, with a large empty box behind it (`free`, ISO/IEC 14496-12 §8.1.2). */
async function makeLargeMaster(source: string, file: string): Promise<Buffer> {
  const box = Buffer.alloc(2 * CHUNK);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  const bytes = Buffer.concat([await readFile(source), box]);
  await writeFile(file, bytes);
  return bytes;
}

/** Holds back every PUT from this byte on, until it is let go; tells what was sent in between. */
async function holdFrom(page: Page, firstHeld: number) {
  const sent: string[] = [];
  const held: Route[] = [];
  let isHolding = true;
  await page.route('**/api/objects/**', (route) => {
    const range = route.request().headers()['content-range'] ?? '';
    if (route.request().method() !== 'PUT') return route.continue();
    const first = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? -1);
    if (isHolding && first >= firstHeld) {
      held.push(route);
      return undefined;
    }
    sent.push(range);
    return route.continue();
  });
  const letGo = async () => {
    isHolding = false;
    for (const route of held) await route.abort('aborted').catch(() => {});
  };
  return { sent, held, letGo };
}

async function begin(page: Page, file: string) {
  await page.goto('/admin/upload');
  await (await hydrated(page.locator('input[type=file]').first())).setInputFiles(file);
  const row = page.getByRole('listitem').filter({ hasText: path.basename(file) });
  await row.getByLabel('Game').fill(GAME);
  await row.getByLabel('Team').fill('MTL');
  await row.getByLabel('Season').fill('2025-2026');
  await page.getByRole('button', { name: 'Start 1 upload' }).click();
  return row;
}

async function expectStored(name: string, bytes: Buffer): Promise<void> {
  const [master] = await sql('SELECT lake_uri, status FROM media.masters WHERE filename = $1', [name]);
  expect(master?.status).toBe('ready');
  expect(sha256(await readFile(diskFile(String(master?.lake_uri))))).toBe(sha256(bytes));
}

test('pause stops sending, resume goes on where the store stands', async ({ openAs, portal }) => {
  const file = path.join(portal.dataDir, 'pause.mp4');
  const bytes = await makeLargeMaster(portal.masterFiles.mtl, file);
  const page = await openAs(accountOf('admin'));
  const { sent, held, letGo } = await holdFrom(page, CHUNK);
  const row = await begin(page, file);
  await expect.poll(() => held.length).toBe(1);
  await expect(row.getByRole('progressbar', { name: 'Upload of pause.mp4' })).toBeVisible();
  await expect(row).toContainText(/ of .*MB/);
  await row.getByRole('button', { name: 'Pause pause.mp4' }).click();
  await expect(row).toHaveAttribute('data-phase', 'paused');
  await letGo();
  const sentBefore = sent.length;
  await row.getByRole('button', { name: 'Resume pause.mp4' }).click();
  await expect(row).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  // The first chunk was not sent again.
  const again = sent.slice(sentBefore).filter((range) => /^bytes \d+-/.test(range));
  expect(again[0]).toMatch(new RegExp(`^bytes ${CHUNK}-`));
  await expectStored('pause.mp4', bytes);
});

test('closing the tab and coming back goes on where the store stands', async ({ openAs, portal }) => {
  const file = path.join(portal.dataDir, 'closed.mp4');
  const bytes = await makeLargeMaster(portal.masterFiles.mtl, file);
  const page = await openAs(accountOf('admin'));
  const { held } = await holdFrom(page, CHUNK);
  await begin(page, file);
  await expect.poll(() => held.length).toBe(1);
  await page.close();

  const back = await page.context().newPage();
  const { sent } = await holdFrom(back, Number.MAX_SAFE_INTEGER);
  await back.goto('/admin/upload');
  const row = back.getByRole('listitem').filter({ hasText: 'closed.mp4' });
  await expect(row).toHaveAttribute('data-phase', 'file_needed');
  await expect(row).toContainText('Unfinished');
  await (await hydrated(row.locator('input[type=file]'))).setInputFiles(file);
  await expect(row).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  // A closing tab may still get a part of its second chunk out: what counts is that nothing stored is sent again.
  const first = sent.map((range) => /^bytes (\d+)-/.exec(range)?.[1]).find((start) => start !== undefined);
  expect(Number(first)).toBeGreaterThanOrEqual(CHUNK);
  await expectStored('closed.mp4', bytes);
});

test('a PUT that gets no answer is noticed, told and made again', async ({ openAs, portal }) => {
  const file = path.join(portal.dataDir, 'stalled.mp4');
  const bytes = await makeLargeMaster(portal.masterFiles.mtl, file);
  const page = await openAs(accountOf('admin'));
  await page.clock.install();
  const { sent, held, letGo } = await holdFrom(page, CHUNK);
  const row = await begin(page, file);
  // It is given up a minute after its last byte, and so is the one after it.
  for (const count of [1, 2]) {
    await expect.poll(() => held.length).toBe(count);
    await expect(row.getByText('The store does not answer.')).toHaveCount(count - 1);
    if (count === 1) await page.clock.fastForward(60_000);
  }
  await letGo();
  await expect(row).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  await expect(row.getByText('The store does not answer.')).toBeHidden();
  expect(sent.filter((range) => range.startsWith('bytes 0-'))).toHaveLength(1);
  await expectStored('stalled.mp4', bytes);
});

test('a file that is no video, or is there already, is refused when it is chosen', async ({ openAs, portal }) => {
  const page = await openAs(accountOf('admin'));
  const { sent } = await holdFrom(page, Number.MAX_SAFE_INTEGER);
  const fake = path.join(portal.dataDir, 'notes.mp4');
  await writeFile(fake, 'these are notes\n'.repeat(100));
  await page.goto('/admin/upload');
  await (await hydrated(page.locator('input[type=file]').first())).setInputFiles(fake);
  await expect(page.getByRole('alert').filter({ hasText: 'not those of a video' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Start/ })).toBeHidden();
  await page.locator('input[type=file]').first().setInputFiles(portal.masterFiles.mtl);
  const taken = page.getByRole('alert').filter({ hasText: 'There is a master at this place already.' });
  await expect(taken).toBeVisible();
  await expect(taken.getByRole('link', { name: 'Open the master' })).toHaveAttribute(
    'href',
    `/admin/masters/${portal.masters.mtl}`,
  );
  await expect(page.getByRole('button', { name: /^Start/ })).toBeHidden();
  // Under another name it may go out: that it has the same size is said all the same.
  const row = page.getByRole('listitem').filter({ has: taken });
  await row.getByLabel('File name').fill('another-name.mp4');
  await expect(page.getByRole('alert').filter({ hasText: 'of exactly this size' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start 1 upload' })).toBeVisible();
  expect(sent).toEqual([]);
});
