import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { LAKE } from '#lib/storage/google/fake/harness.ts';
import { accountOf } from './support/accounts.ts';
import { apiOf, untilReady } from './support/api.ts';
import { sha256, sql } from './support/database.ts';
import { GOOGLE_PLACE, type GooglePortal } from './support/google-portal.ts';
import { test } from './support/google-test.ts';
import { hydrated } from './support/hydrated.ts';
import { expect } from './support/portal-test.ts';
import { expectPlaying, videoFacts } from './support/video.ts';

const NAME = 'p2-20251011-NHL-MTLvsCHI-20252026-20031.mp4';
const KEY = `media/raw/MTL/2025-2026/20031/${NAME}`;
const UNIT = 262_144;

/** Every upload's PUT that comes from a page of this portal, oldest first: questions have no body, chunks do. */
const putsOf = ({ fake, state }: GooglePortal) =>
  fake.requests.filter(({ method, pageOrigin }) => method === 'PUT' && pageOrigin === state.url);

/** `bytes 0-9/20`: the first and the last byte of a chunk; a question has none. */
function chunkOf(contentRange: string): { first: number | null; last: number } {
  const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(contentRange) ?? [];
  return { first: first === undefined ? null : Number(first), last: last === undefined ? -1 : Number(last) };
}

/** `bytes=0-9`: the last byte that is stored, -1 before the first. */
const storedEnd = (range: string | undefined): number => Number(/-(\d+)$/.exec(range ?? '')?.[1] ?? -1);

async function uploadInBrowser(page: Page, file: string): Promise<void> {
  await page.goto('/admin/upload');
  await (await hydrated(page.locator('input[type=file]').first())).setInputFiles(file);
  const row = page.getByRole('listitem').filter({ hasText: NAME });
  await expect(row.getByLabel('Game')).toHaveValue(GOOGLE_PLACE.game_id);
  await page.getByRole('button', { name: 'Start 1 upload' }).click();
  await expect(row).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
}

test('a master goes up to another origin through a cut line and a short commit, is cut, and plays', async ({
  google,
  guard,
  openAs,
}) => {
  const { fake, state } = google;
  const file = path.join(state.dataDir, NAME);
  await copyFile(google.masterFile, file);
  const bytes = await readFile(file);
  const cutAt = Math.floor(bytes.length * 0.6);

  // The first PUT asks where the session stands, the second brings a chunk. Chromium repeats by itself what broke off on
  // a line that it had used before: with the second cut, the page has to see to it.
  const isPut = { test: () => putsOf(google).length >= 2 };
  fake.faults.add({ on: isPut, times: 2, fault: { kind: 'reset', afterBytes: cutAt } });
  fake.faults.add({ on: isPut, times: 2, fault: { kind: 'commit-at-most', bytes: 2 * UNIT } });
  guard.allow(/ERR_CONNECTION_RESET/);
  const admin = await openAs(accountOf('admin', 'MTL'));
  await uploadInBrowser(admin, file);

  const puts = putsOf(google);
  const chunks = puts.map(({ contentRange = '', ...put }) => ({ ...put, ...chunkOf(contentRange) }));
  const cut = chunks.find(({ status }) => status === null);
  expect(Math.abs((cut?.bodyBytes ?? 0) - cutAt)).toBeLessThan(UNIT);
  // Of a chunk that arrived whole, less was stored.
  expect(chunks.some(({ last, storedRange, bodyBytes }) => bodyBytes > 0 && last > storedEnd(storedRange))).toBe(true);
  // Nothing that the store has said it has is sent again, and nothing that it has not is left out.
  for (const [index, { first }] of chunks.entries()) {
    const said = chunks.slice(0, index).findLast(({ status }) => status !== null);
    if (first !== null && cut !== chunks[index - 1]) expect(first).toBe(storedEnd(said?.storedRange) + 1);
  }
  expect(chunks.at(-1)?.status).toBe(200);
  const stored = fake.state.buckets.get(LAKE)?.objects.get(KEY);
  expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(bytes));

  const api = apiOf(accountOf('admin', 'MTL'), state);
  // Whether it is cut before its master is prepared must not hang on which of the two is quicker.
  await sql('DELETE FROM media.master_preparations', [], state);
  const facts = { ...GOOGLE_PLACE, clip_id: 'google-fresh', player_id: '9000001', event_type: 'goal' };
  const source = { source_gcs_uri: `gs://${LAKE}/${KEY}`, start_timecode_s: 2, end_timecode_s: 6 };
  expect((await api.post('/clips', { ...facts, ...source })).status).toBe(201);
  await untilReady(api, 'google-fresh');

  const coach = await openAs(accountOf('coach', 'MTL'));
  const answers: { url: string; status: number }[] = [];
  coach.on('response', (response) => answers.push({ url: response.url(), status: response.status() }));
  const from = fake.requests.length;
  await coach.goto('/clips/google-fresh');
  await expect.poll(async () => (await videoFacts(coach)).duration).toBeCloseTo(4, 1);
  await coach.keyboard.press('k');
  await expectPlaying(coach);
  const { source: src, width } = await videoFacts(coach);
  expect([src.slice(0, 5), width]).toEqual(['blob:', 640]);
  expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  // The store answers nothing on its XML API whose signature it has not checked.
  const ofStore = answers.filter(({ url }) => url.startsWith(fake.origin));
  expect(ofStore.some(({ url }) => url.includes('/360.m4s?'))).toBe(true);
  expect(ofStore.filter(({ url }) => !url.includes('&X-Goog-Signature='))).toEqual([]);
  const seen = fake.requests.slice(from).filter(({ pageOrigin }) => pageOrigin === state.url);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter(({ status }) => status !== 200 && status !== 206)).toEqual([]);
});
