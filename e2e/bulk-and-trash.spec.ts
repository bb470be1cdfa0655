import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { removeClipRows, seedClipRows, sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { axeOf } from './support/sound-screen.ts';

const SEASON = '2010-2011';
const COUNT = 70;
const ADMIN = accountOf('admin', 'MTL');
const COACH = accountOf('coach', 'MTL');

// Not after a test: its page is open then, and would ask for clips that have just gone.
test.beforeEach(async () => {
  await removeClipRows(SEASON);
  await seedClipRows(
    Array.from({ length: COUNT }, (_, index) => ({
      clip_id: `bulk-${index}`,
      team_code: 'MTL',
      player_id: `${7000 + index}`,
      season: SEASON,
    })),
  );
});
test.afterAll(() => removeClipRows(SEASON));

/** The box of the clip that stands at a place, newest first. */
const box = (page: Page, place: number) =>
  page.getByRole('checkbox', { name: new RegExp(`^Select .*, ${7000 + COUNT - place}$`) });
const bar = (page: Page) => page.getByRole('region', { name: 'Selected clips' });
const count = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: new RegExp(`^${text}$`) })).toBeAttached();
const tagged = async (tag: string) =>
  (await sql('SELECT FROM media.clip_tags t JOIN media.clips c ON c.id = t.clip_id WHERE t.tag = $1', [tag])).length;
const trashed = async () =>
  (await sql('SELECT FROM media.clips WHERE season = $1 AND deleted_at IS NOT NULL', [SEASON])).length;

async function tag(page: Page, action: 'Tag' | 'Untag', text: string): Promise<void> {
  await bar(page).getByRole('button', { name: action, exact: true }).click();
  await page
    .getByRole('textbox', { name: 'Tag' })
    .or(page.getByRole('combobox', { name: 'Tag' }))
    .fill(text);
  await page.getByRole('button', { name: 'Continue' }).click();
}

for (const view of ['grid', 'table'] as const) {
  test(`a range of clips is tagged and untagged by mouse and keyboard, as ${view}`, async ({ openAs }) => {
    const page = await openAs(COACH, view === 'grid' ? { width: 390, height: 844 } : {});
    await page.goto(`/clips?season=${SEASON}${view === 'table' ? '&view=table' : ''}`);
    await (await hydrated(box(page, 1))).click();
    await box(page, 4).click({ modifiers: ['Shift'] });
    await count(page, '4 clips selected');
    await box(page, 2).focus();
    await page.keyboard.press('Space');
    await count(page, '3 clips selected');
    await expect(bar(page)).toBeInViewport({ ratio: 1 });
    await expect(bar(page).getByRole('button', { name: 'Delete' })).toHaveCount(0);
    const faults = await axeOf(page).include('main').analyze();
    expect(faults.violations.map(({ id }) => id)).toEqual([]);

    await tag(page, 'Tag', 'bulk-tag');
    await expect(page.getByRole('alertdialog')).toContainText('“bulk-tag” is added to 3 clips of 3.');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tag' }).click();
    await expect(page.getByText('3 clips tagged “bulk-tag”.')).toBeVisible();
    expect(await tagged('bulk-tag')).toBe(3);
    await expect(bar(page)).toHaveCount(0);

    await box(page, 1).click();
    await box(page, 2).click();
    await tag(page, 'Untag', 'bulk-tag');
    await expect(page.getByRole('alertdialog')).toContainText('“bulk-tag” is taken off 1 clip of 2.');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Untag' }).click();
    await expect(page.getByText('“bulk-tag” taken off 1 clip.')).toBeVisible();
    expect(await tagged('bulk-tag')).toBe(2);
  });
}

test('a tag is put in the place of another, where that stands', async ({ openAs }) => {
  const page = await openAs(COACH, { width: 390, height: 844 });
  const tagIt = (clipId: string, text: string) =>
    sql(
      `INSERT INTO media.clip_tags (clip_id, tag, tag_type) SELECT id, $2, 'manual' FROM media.clips WHERE clip_id = $1`,
      [clipId, text],
    );
  await tagIt('bulk-69', 'old word');
  await tagIt('bulk-67', 'old word');
  await tagIt('bulk-60', 'old word');
  await page.goto(`/clips?season=${SEASON}`);
  await (await hydrated(box(page, 1))).click();
  await box(page, 4).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
  await bar(page).getByRole('button', { name: 'Retag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace a tag' });
  await dialog.getByLabel('Tag', { exact: true }).fill('old word');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('New tag')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('New tag').fill('new word');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('“old word” becomes “new word” on 2 clips of 4.');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retag' }).click();
  await expect(page.getByText('“old word” became “new word” on 2 clips.')).toBeVisible();
  expect([await tagged('old word'), await tagged('new word')]).toEqual([1, 2]);
});

test('a change whose answer is lost is asked for again, and done once', async ({ openAs, guard }) => {
  guard.allow(/ERR_FAILED|ERR_CONNECTION/);
  const page = await openAs(COACH);
  const keys: (string | undefined)[] = [];
  await page.route('**/api/v2/clips/bulk', async (route) => {
    const { dry_run } = route.request().postDataJSON() as { dry_run: boolean };
    if (dry_run) return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    const answer = await route.fetch();
    // The first time the change is made, and nobody hears of it.
    return keys.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer });
  });
  await page.goto(`/clips?season=${SEASON}`);
  await (await hydrated(box(page, 1))).click();
  for (const text of ['once', 'twice']) {
    await tag(page, 'Tag', text);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tag' }).click();
    // The first request changed the clip: the answer is still the one of the change, not of a second one.
    await expect(page.getByText(`1 clip tagged “${text}”.`)).toBeVisible();
    await box(page, 1).click();
  }
  expect(keys).toHaveLength(3);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}\.0$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
  const written = await sql("SELECT FROM media.audit_log WHERE action = 'tag.add' AND after->'tags' ? 'once'");
  expect(written).toHaveLength(1);
});

test('all of a filter are deleted, and found in the trash; a few are deleted and had back by Undo', async ({
  openAs,
}) => {
  const page = await openAs(ADMIN);
  await page.goto(`/clips?season=${SEASON}`);
  await (await hydrated(box(page, 1))).click();
  await box(page, 3).click();
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('2 clips go into the trash.');
  expect(await trashed()).toBe(0);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await count(page, `${COUNT - 2} clips`);
  expect(await trashed()).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await count(page, `${COUNT} clips`);
  expect(await trashed()).toBe(0);

  await box(page, 1).click();
  await bar(page)
    .getByRole('button', { name: `Select all ${COUNT}` })
    .click();
  await count(page, `All ${COUNT} clips of this list selected`);
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(`${COUNT} clips go into the trash.`);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No clip matches')).toBeVisible();
  expect(await trashed()).toBe(COUNT);

  // Undo takes back this deletion, and not what somebody else had put into the trash.
  await sql("UPDATE media.clips SET deleted_by = NULL WHERE clip_id = 'bulk-5'");
  await page
    .getByRole('listitem')
    .filter({ hasText: `${COUNT} clips deleted.` })
    .getByRole('button', { name: 'Undo' })
    .click();
  await count(page, `${COUNT - 1} clips`);
  expect(await trashed()).toBe(1);
  await expect(page.getByText(`${COUNT - 1} clips restored.`)).toBeVisible();

  await (await hydrated(box(page, 1))).click();
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await count(page, `${COUNT - 2} clips`);
  await page.goto('/admin/trash');
  const row = page.getByRole('row').filter({ hasText: 'bulk-69' });
  await expect(row).toContainText('29 days');
  await (await hydrated(row.getByRole('button', { name: /^Restore/ }))).click();
  await expect(page.getByText('Clip restored.')).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(await trashed()).toBe(1);

  // Many at once.
  await sql("UPDATE media.clips SET deleted_at = now() WHERE clip_id IN ('bulk-10', 'bulk-11', 'bulk-12')");
  await page.reload();
  await (await hydrated(page.getByRole('row').filter({ hasText: 'bulk-12' }).getByRole('checkbox'))).click();
  await page
    .getByRole('row')
    .filter({ hasText: 'bulk-10' })
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await bar(page).getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('3 clips restored.')).toBeVisible();
  expect(await trashed()).toBe(1);
});

test('masters stand by game, failed uploads aside; one goes into the trash by its menu, and comes back', async ({
  openAs,
}) => {
  const master = (filename: string, period: number, status = 'ready') =>
    sql(
      `INSERT INTO media.masters (id, lake_uri, status, team_code, season, game_id, period, filename, content_type, size_bytes)
       SELECT gen_random_uuid(), (SELECT min(lake_uri) FROM media.masters) || '.' || $1, $3, 'MTL', $4, 'grouped', $2, $1, 'video/mp4', 1000`,
      [filename, period, status, SEASON],
    );
  await master('p2-20101011-MTLvsCHI.mp4', 2);
  await master('p1-20101011-MTLvsCHI.mp4', 1);
  await master('broken.mp4', 3, 'failed');
  try {
    const page = await openAs(ADMIN);
    await page.goto(`/admin/masters?season=${SEASON}`);
    const rows = page.getByRole('region', { name: 'Masters' }).getByRole('row');
    await expect(rows).toHaveText([/Period/, /MTL vs CHI.*Oct 11, 2010.*grouped/, /p1-2010/, /p2-2010/]);
    await expect(page.getByRole('region', { name: 'Failed uploads' }).last()).toContainText('broken.mp4');
    const menu = page.getByRole('button', { name: 'Actions for p1-20101011-MTLvsCHI.mp4' });
    const remove = async () => {
      await (await hydrated(menu)).click();
      await page.getByRole('menuitem', { name: 'Delete master' }).click();
    };
    await remove();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(menu).toBeFocused();
    await remove();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete master' }).click();
    await expect(rows).toHaveCount(3);
    await page.goto('/admin/trash/masters');
    const trashedRow = page.getByRole('row').filter({ hasText: 'p1-20101011' });
    await (await hydrated(trashedRow.getByRole('button', { name: /^Restore/ }))).click();
    await expect(page.getByText('Master restored.')).toBeVisible();
    await expect(trashedRow).toHaveCount(0);
    await page.goto(`/admin/masters?season=${SEASON}`);
    await expect(rows).toHaveCount(4);
  } finally {
    await sql("DELETE FROM media.masters WHERE game_id = 'grouped'");
  }
});

test('one clip is deleted on its page, and had back by Undo from the list', async ({ openAs }) => {
  const page = await openAs(ADMIN);
  await page.goto('/clips/bulk-5');
  await (await hydrated(page.getByRole('button', { name: 'Actions', exact: true }))).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete clip' }).click();
  await expect(page).toHaveURL(/\/clips(\?|$)/);
  expect(await trashed()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Clip restored.')).toBeVisible();
  expect(await trashed()).toBe(0);
});

test('who edits a clip that somebody else has changed is told so, and loses nothing', async ({ openAs, guard }) => {
  guard.allow(/412/);
  const page = await openAs(COACH);
  await page.goto('/clips/bulk-7');
  await (await hydrated(page.getByRole('button', { name: 'Actions', exact: true }))).click();
  await page.getByRole('menuitem', { name: /Edit/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Player name' }).fill('Typed Here');
  await sql(`UPDATE media.clips SET player_name = 'Set There', period = 3 WHERE clip_id = 'bulk-7'`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert').first()).toContainText('Someone else changed this clip');
  await expect(dialog).toContainText('Someone else set this to “Set There”.');
  await expect(dialog.getByRole('textbox', { name: 'Player name' })).toHaveValue('Typed Here');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Facts saved.')).toBeVisible();
  const rows = await sql(`SELECT player_name, period FROM media.clips WHERE clip_id = 'bulk-7'`);
  expect(rows).toEqual([{ player_name: 'Typed Here', period: 3 }]);
});

test('those who may change nothing have nothing to tick, and no trash', async ({ openAs, guard }) => {
  guard.allow(/403 \(Forbidden\).*\/admin\/trash/);
  const page = await openAs(accountOf('scout', 'MTL'));
  await page.goto(`/clips?season=${SEASON}`);
  await count(page, `${COUNT} clips`);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.goto('/admin/trash');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Trash');
});
