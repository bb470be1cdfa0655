import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { accountOf, type TestAccount } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { removeClipRows, seedClipRows, sql } from './support/database.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { expectSound } from './support/sound-screen.ts';
import { startWebhookReceiver, type WebhookReceiver } from './support/webhook-receiver.ts';

const SEASON = '2009-2010';
const COACH = accountOf('coach', 'MTL');

let receiver: WebhookReceiver;
// Not after each: then the pages of the test are open still, and look at them.
const wipe = async () => {
  await sql('DELETE FROM media.webhooks');
  await removeClipRows(SEASON);
};
test.beforeEach(async () => {
  await wipe();
  receiver = await startWebhookReceiver();
});
test.afterEach(() => receiver.close());
test.afterAll(wipe);

async function makeKey(account: TestAccount): Promise<{ id: string; name: string }> {
  const name = `bot ${randomUUID().slice(0, 6)}`;
  const { json } = await apiOf(account).post('/keys', { name, scope: 'read', expires_in_days: 1 });
  return { id: String((json as unknown as { id: string }).id), name };
}

/** A clip that becomes ready, as far as the database knows. */
async function cutClip(clipId: string): Promise<void> {
  const row = { clip_id: clipId, player_id: '9000001', team_code: 'MTL', season: SEASON };
  await seedClipRows([{ ...row, processing_status: 'processing' }]);
  await sql(`UPDATE media.clips SET processing_status = 'ready' WHERE clip_id = $1`, [clipId]);
}

const card = (page: Page) => page.getByRole('region', { name: /^https?:/ }).first();
const rows = (page: Page) => card(page).getByRole('row');
const form = (page: Page, name: string) => page.getByRole('dialog', { name });

/** Adds a webhook by the screen; its secret. */
async function add(page: Page, url: string): Promise<string> {
  await (await hydrated(page.getByRole('button', { name: 'Add a webhook' }))).click();
  await form(page, 'Add a webhook').getByLabel('Address').fill(url);
  await form(page, 'Add a webhook').getByRole('button', { name: 'Add', exact: true }).click();
  const secret = await form(page, 'The webhook’s secret').getByLabel('Secret').inputValue();
  return secret;
}

test('a coach adds a webhook, tries it, sees it fail and be switched off, mends it, and removes it', async ({
  openAs,
  guard,
}) => {
  guard.allow(/400 \(Bad Request\).*\/api\/v2\/webhooks/);
  const key = await makeKey(COACH);
  const page = await openAs(COACH);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/account');
  await page.getByRole('link', { name: `Webhooks of ${key.name}` }).click();
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible();

  await (await hydrated(page.getByRole('button', { name: 'Add a webhook' }))).click();
  const dialog = form(page, 'Add a webhook');
  for (const [url, fault] of [
    ['https://10.0.0.5/hook', /^This address is private/],
    ['http://example.com/hook', 'This must be https.'],
    ['bot', /no http\(s\) address/],
  ] as const) {
    await dialog.getByLabel('Address').fill(url);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText(fault)).toBeVisible();
  }
  for (const name of ['Clip ready', 'Clip failed']) await dialog.getByRole('button', { name }).click();
  await dialog.getByLabel('Address').fill(receiver.url);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('Name at least one event.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Clip ready' }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const shown = form(page, 'The webhook’s secret');
  const secret = await shown.getByLabel('Secret').inputValue();
  await shown.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(card(page).getByText('Clip ready')).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);

  await card(page).getByRole('button', { name: 'Send a test' }).click();
  await expect(rows(page).filter({ hasText: 'Test' })).toContainText(/Delivered.*204.*1/);
  const [made] = await sql('SELECT id FROM media.webhooks');
  expect(receiver.messages(secret)).toMatchObject([{ type: 'webhook.test', data: {} }]);

  receiver.answerWith(500);
  await cutClip('hook-a');
  const told = rows(page).filter({ hasText: 'hook-a' });
  await expect(told).toContainText(/Waiting.*Clip ready.*The receiver answered 500\..*Next: /);
  await expect(card(page).getByText(/^Failing since/)).toBeVisible();

  receiver.answerWith(410);
  await card(page).getByRole('button', { name: 'Send a test' }).click();
  await expect(card(page).getByText(/answered 410: it wants no more messages/)).toBeVisible();
  receiver.answerWith(204);
  await card(page).getByRole('button', { name: 'Switch on' }).click();
  await expect(card(page).getByText('On', { exact: true })).toBeVisible();
  await rows(page)
    .filter({ hasText: 'The receiver answered 410.' })
    .getByRole('button', { name: /^Send again/ })
    .click();
  await expect(rows(page).filter({ hasText: 'Test' }).filter({ hasText: '204' })).toHaveCount(2);
  const tests = receiver.messages(secret).filter(({ type }) => type === 'webhook.test');
  expect(tests.map((message) => tests.findIndex((one) => one.id === message.id))).toEqual([0, 1, 1]);

  await card(page).getByRole('button', { name: 'Edit' }).click();
  await form(page, 'Edit the webhook').getByRole('button', { name: 'Clip failed' }).click();
  await form(page, 'Edit the webhook').getByRole('button', { name: 'Save' }).click();
  await expect(card(page).getByRole('listitem')).toHaveText(['Clip ready', 'Clip failed']);
  await card(page).getByRole('button', { name: 'Switch off' }).click();
  await expect(card(page).getByText('Off', { exact: true })).toBeVisible();
  await card(page).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible();

  const { json } = await apiOf(accountOf('admin', 'MTL')).get(`/audit?target_type=webhook&target=${made?.id}`);
  const { entries } = json as unknown as { entries: { action: string; actor_name: string }[] };
  expect(entries.map(({ action }) => action.replace('webhook.', '')).toReversed()).toEqual([
    'create',
    'test',
    'test',
    'update',
    'replay',
    'update',
    'update',
    'delete',
  ]);
  expect(JSON.stringify(entries)).not.toContain(secret.slice(6, 20));
});

test('a webhook is its person’s, and an admin’s of all their teams; for others it is not there', async ({
  openAs,
  guard,
}) => {
  guard.allow(/404 \(Not Found\).*\/keys\//);
  const key = await makeKey(COACH);
  const spread = await makeKey(accountOf('admin'));
  const admin = await openAs(accountOf('admin', 'MTL'));
  await admin.goto('/admin/keys');
  await expect(admin.getByRole('row', { name: new RegExp(`^${spread.name}`) })).toBeVisible();
  await expect(admin.getByRole('link', { name: `Webhooks of ${spread.name}` })).toHaveCount(0);
  await (await hydrated(admin.getByRole('link', { name: `Webhooks of ${key.name}` }))).click();
  await expect(admin.getByText(`They hear of what ${COACH.name} may see.`)).toBeVisible();
  await add(admin, receiver.url);
  await admin.getByRole('button', { name: 'Done' }).click();
  await expect(card(admin)).toBeVisible();
  await admin.getByRole('link', { name: 'API keys' }).click();
  await expect(admin).toHaveURL(/\/admin\/keys$/);
  for (const [account, place] of [
    [accountOf('analyst', 'MTL'), key.id],
    [accountOf('admin', 'CHI'), key.id],
    [accountOf('admin', 'MTL'), spread.id],
    [COACH, 'nonsense'],
  ] as const) {
    const page = await openAs(account);
    await page.goto(`/keys/${place}/webhooks`);
    await expect(page.getByRole('heading', { level: 1, name: 'Nothing here' })).toBeVisible();
    await page.context().close();
  }
});

test('a key that has ended says so, and offers nothing that would be sent', async ({ openAs }) => {
  const key = await makeKey(COACH);
  const page = await openAs(COACH);
  await page.goto(`/keys/${key.id}/webhooks`);
  await add(page, receiver.url);
  await page.getByRole('button', { name: 'Done' }).click();
  await apiOf(COACH).delete(`/keys/${key.id}`);
  await page.reload();
  await expect(page.getByText('This key works no more')).toBeVisible();
  await expect(card(page).getByRole('button', { name: 'Remove' })).toBeVisible();
  for (const name of ['Add a webhook', 'Send a test']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
});

test('messages that cannot be had are said to be, and asked for again', async ({ openAs, guard }) => {
  guard.allow(/status of 500/);
  const key = await makeKey(COACH);
  const page = await openAs(COACH);
  await page.goto(`/keys/${key.id}/webhooks`);
  const problem = { title: 'Broken', status: 500, detail: 'A fault on our side.', code: 'x', request_id: 'r-1' };
  await page.route('**/deliveries*', (route) => route.fulfill({ status: 500, json: problem }));
  await add(page, receiver.url);
  await page.getByRole('button', { name: 'Done' }).click();
  await (await hydrated(card(page).getByRole('button', { name: 'Last messages' }))).focus();
  if ((await card(page).getByRole('button', { name: 'Last messages' }).getAttribute('aria-expanded')) === 'false') {
    await page.keyboard.press('Enter');
  }
  await expect(card(page).getByText('A fault on our side.')).toBeVisible();
  await page.unroute('**/deliveries*');
  await card(page).getByRole('button', { name: 'Try again' }).click();
  await expect(card(page).getByText('Nothing was sent yet.')).toBeVisible();
});

test('the screen is sound in all its states', async ({ openAs }) => {
  test.setTimeout(180_000);
  const key = await makeKey(COACH);
  const page = await openAs(COACH);
  await page.goto(`/keys/${key.id}/webhooks`);
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible();
  await expectSound(page, 'empty');
  await (await hydrated(page.getByRole('button', { name: 'Add a webhook' }))).click();
  await form(page, 'Add a webhook').getByLabel('Address').fill(receiver.url);
  await expectSound(page, 'the form');
  await page.keyboard.press('Enter');
  await expect(form(page, 'The webhook’s secret')).toBeVisible();
  await expectSound(page, 'the secret');
  await page.getByRole('button', { name: 'Done' }).click();
  receiver.answerWith(410);
  await cutClip('hook-sound-of-a-long-name-that-has-to-be-broken-somewhere');
  await expect(card(page).getByText(/answered 410: it wants no more/)).toBeVisible();
  receiver.answerWith(204);
  await card(page).getByRole('button', { name: 'Send a test' }).click();
  await expect(rows(page).filter({ hasText: '204' })).toBeVisible();
  await expectSound(page, 'with messages');
});
