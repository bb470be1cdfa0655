import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { expectSound } from './support/sound-screen.ts';

// One after the other: the page shows the newest run, whoever's it is.
test.describe.configure({ mode: 'serial' });
const wipe = () => sql('DELETE FROM media.library_audits');
test.beforeEach(() => wipe());
test.afterAll(() => wipe());

const NONE = { clips: 0, assets: 0, masters: 0, media_objects: 0, lake_objects: 0, jobs: 0 };
const COMPARED = {
  ...{ rows_elsewhere: 0, rows_without_size: 0, rows_without_generation: 0 },
  ...{ rows_without_crc32c: 0, foreign_objects: 0, foreign_clips: 0 },
};
const CLEAN = {
  ...{ is_fixing: true, findings: {}, first: [], too_many_ownerless: false, uncompared: COMPARED },
  examined: { ...NONE, clips: 12, masters: 3, media_objects: 80, lake_objects: 4 },
};

/** A run as the worker leaves it. */
const addRun = (report: object, run: { finished?: boolean; error?: string; beatAgo?: string } = {}) =>
  sql(
    `INSERT INTO media.library_audits (origin, report, finished_at, error, beat_at)
     VALUES ('worker', $1, CASE WHEN $2 THEN now() END, $3, now() - $4::interval)`,
    [JSON.stringify(report), run.finished ?? true, run.error ?? null, run.beatAgo ?? '0 s'],
  );
const panel = (page: Page) => page.getByRole('region', { name: 'Audit of the library' });

test('the masters’ page says how the last audit went', async ({ openAs }) => {
  const page = await openAs(accountOf('admin'));
  const look = async () => {
    await page.goto('/admin/masters');
    return panel(page);
  };
  await expect(await look()).toContainText('The library has not been audited yet.');
  await addRun({}, { finished: false });
  await expect(await look()).toContainText('An audit is running, since');
  await addRun(CLEAN);
  await expect(await look()).toContainText('12 clips, 3 masters and 84 objects, nothing wrong.');
  await addRun({}, { error: 'the disk is gone' });
  await expect(await look()).toContainText(/nothing wrong\. The audit of .* could not look at everything/);
  await addRun({}, { finished: false, beatAgo: '1 h' });
  await expect(await look()).toContainText(/nothing wrong\. The audit of .* was broken off\./);
  await expectSound(page, 'a clean audit');
});

test('what is wrong is listed, with what to do, in both languages', async ({ openAs }) => {
  const where = 'gs://heartbeat-media/MTL/2025-2026/20031/gone/clip.mp4';
  await addRun({
    ...CLEAN,
    findings: { object_missing: { found: 2, fixed: 0 }, clip_without_job: { found: 3, fixed: 3 } },
    first: [{ kind: 'object_missing', where, owner: 'gone', is_fixed: false }],
  });
  const page = await openAs(accountOf('admin'));
  await page.goto('/admin/masters');
  await expect(panel(page)).toContainText('2 things are wrong in the library');
  await expect(panel(page)).toContainText('2 objects are missing. Restore them from the backup');
  await expect(panel(page)).toContainText('3 things were mended.');
  await expect(panel(page).getByText(where)).toBeHidden();
  await panel(page).getByText('The first of them').click();
  await expect(panel(page).getByText(`${where}, of gone`)).toBeVisible();
  await expectSound(page, 'findings');
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

  const french = await openAs(accountOf('admin'), { locale: 'fr-CA' });
  await french.goto('/admin/masters');
  await expect(french.getByRole('region', { name: 'Vérification de la médiathèque' })).toContainText(
    '2 anomalies dans la médiathèque',
  );
});

test('findings of all teams are not for an admin of one', async ({ openAs }) => {
  await addRun(CLEAN);
  const page = await openAs(accountOf('admin', 'MTL'));
  await page.goto('/admin/masters');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(panel(page)).toBeHidden();
});

test('the worker audits by its queue', async ({ openAs }) => {
  await sql(`INSERT INTO media_jobs.job (name, data) VALUES ('audit-library', '{}')`);
  const finished = () => sql('SELECT error FROM media.library_audits WHERE finished_at IS NOT NULL');
  await expect.poll(finished, { timeout: 60_000 }).toEqual([{ error: null }]);
  const page = await openAs(accountOf('admin'));
  await page.goto('/admin/masters');
  await expect(panel(page)).toContainText('Audited ');
});
