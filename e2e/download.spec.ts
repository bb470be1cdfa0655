import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { diskFile, sha256, sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';

const CLIP_NAME = '2025-10-11 MTL-CHI P1 00m00s Controlledentry Nick Durand.mp4';

/** A cut that is under way, and the clip's own. */
const CUT_MS = 90_000;

async function downloadBy(page: Page, click: () => Promise<unknown>, timeout = 20_000): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout }), click()]);
  return download;
}

const hashOf = async (file: string) => sha256(await readFile(file));

for (const role of ['coach', 'player'] as const) {
  test(`a ${role} saves a clip under a readable name, and the file is the clip`, async ({ openAs }) => {
    const page = await openAs(accountOf(role, 'MTL'));
    await page.goto('/clips/lib-mtl-1');
    const download = await downloadBy(page, () => page.getByRole('link', { name: 'Download' }).click());
    expect(download.suggestedFilename()).toBe(CLIP_NAME);
    const { json } = await apiOf(accountOf(role, 'MTL')).get('/clips/lib-mtl-1');
    const mp4 = json.assets.find(({ asset_type }: { asset_type: string }) => asset_type === 'mp4');
    expect(await hashOf(await download.path())).toBe(await hashOf(diskFile(mp4?.gcs_uri ?? '')));
    // The page is still the clip's.
    await expect(page).toHaveURL(/\/clips\/lib-mtl-1$/);
  });
}

test('the file of a clip that comes later is made at once when somebody asks for it, and handed over', async ({
  openAs,
  portal,
}) => {
  const coach = accountOf('coach', 'MTL');
  const clipOf = (clip_id: string, cut: 'now' | 'later') => ({
    ...{ clip_id, cut, master_id: portal.masters.mtl, start_timecode_s: 1, end_timecode_s: 6 },
    ...{ player_id: '8480018', team_code: 'MTL', season: '2025-2026', game_id: '20031', event_type: 'shot' },
  });
  const before = Array.from({ length: 5 }, (_, n) => clipOf(`before-${n}`, 'now'));
  const made = await apiOf(coach).post('/clips/batch', { clips: [...before, clipOf('asked-for', 'later')] });
  expect(made.json).toMatchObject({ created: 6 });
  const page = await openAs(coach);
  await page.goto('/clips/asked-for');
  const download = await downloadBy(page, () => page.getByRole('button', { name: 'Download' }).click(), CUT_MS);
  expect(download.suggestedFilename()).toMatch(/\.mp4$/);
  const { json } = await apiOf(coach).get('/clips/asked-for');
  expect(json.processing_status).toBe('ready');
  const { json: last } = await apiOf(coach).get('/clips/before-4');
  expect(last.processing_status).not.toBe('ready');
  await page.close();
  await sql('DELETE FROM media.clips WHERE clip_id = ANY($1)', [made.json.results.map(({ clip_id }) => clip_id)]);
});

test('a program follows the redirect, and the signed address repeats', async () => {
  const coach = apiOf(accountOf('coach', 'MTL'));
  const first = await coach.get('/clips/lib-mtl-1/download');
  const again = await coach.get('/clips/lib-mtl-1/download');
  expect([first.status, first.text, first.headers.get('cache-control')]).toEqual([302, '', 'private, no-store']);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  const answer = await fetch(first.headers.get('location') ?? '');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${CLIP_NAME}"`);
});

test('a master is saved under its own name, and still plays in its page', async ({ openAs, portal }) => {
  const page = await openAs(accountOf('admin'));
  const { json } = await apiOf(accountOf('admin')).get(`/masters/${portal.masters.mtl}`);
  await page.goto(`/admin/masters/${portal.masters.mtl}`);
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState))
    .toBeGreaterThanOrEqual(2);
  const download = await downloadBy(page, () =>
    page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      link.click();
    }, String(json.signed_url)),
  );
  expect(download.suggestedFilename()).toBe(String(json.filename));
  expect(await hashOf(await download.path())).toBe(await hashOf(portal.masterFiles.mtl));
});
