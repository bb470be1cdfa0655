import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { accountOf, type TestAccount } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { LONG_CLIP } from './support/google-portal.ts';
import { test } from './support/google-test.ts';
import { fallAsleep } from './support/line.ts';
import { bufferedEndS, expectGoesOn, type PausedPlayer, playAndPause, visit } from './support/paused-player.ts';
import { expect } from './support/portal-test.ts';
import { videoFacts } from './support/video.ts';

const LOST: { how: string; account: TestAccount; statement: string; expectTold(page: Page): Promise<void> }[] = [
  {
    how: 'whose account is disabled',
    account: accountOf('analyst', 'MTL'),
    statement: 'UPDATE media.users SET disabled_at = now() WHERE email = $1',
    // Wherever a page is, the end of its session brings it to the sign-in, with the way back.
    expectTold: (page) => expect(page).toHaveURL(new RegExp(`/signin\\?callbackUrl=%2Fclips%2F${LONG_CLIP.id}$`)),
  },
  {
    how: 'whose team is taken away',
    account: accountOf('scout', 'MTL'),
    statement: "UPDATE media.users SET team_access = '{CHI}' WHERE email = $1",
    expectTold: (page) => expect(page.getByText('This clip is no longer yours to see')).toBeVisible(),
  },
];

const withoutMediaSource = () => {
  for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) Reflect.deleteProperty(window, name);
};

/** One pause of half a minute for all tests: each has a page of its own, and they wait together. */
let awake: PausedPlayer;
let asleep: PausedPlayer;
let native: PausedPlayer;
let lost: PausedPlayer[];
let wake: () => Promise<void>;
test.beforeAll(async ({ browser, google }) => {
  test.setTimeout(180_000);
  await sql(
    "UPDATE media.users SET disabled_at = NULL, team_access = '{MTL}' WHERE email = ANY($1)",
    [LOST.map(({ account }) => account.email)],
    google.state,
  );
  const visited = [
    await visit(browser, google, accountOf('coach', 'MTL')),
    await visit(browser, google, accountOf('staff', 'MTL')),
    await visit(browser, google, accountOf('admin', 'MTL'), withoutMediaSource),
  ];
  for (const { account } of LOST) visited.push(await visit(browser, google, account));
  // One after the other as well: five at once take longer to open a clip than its URLs live.
  const players: PausedPlayer[] = [];
  for (const page of visited) players.push(await playAndPause(page, google));
  [awake, asleep, native, ...lost] = players as [PausedPlayer, PausedPlayer, PausedPlayer, ...PausedPlayer[]];
  for (const { account, statement } of LOST) await sql(statement, [account.email], google.state);
  ({ wake } = await fallAsleep(asleep.page));
});
test.afterAll(() => Promise.all([awake, asleep, native, ...lost].map(({ page }) => page.context().close())));

/** The stream of events is the shell's, not the player's. */
const ofPlayer = (url: string): boolean => new URL(url).pathname !== '/api/v2/events';

const refusals = ({ responses }: PausedPlayer) =>
  responses.filter((answer) => answer.status() >= 400 && ofPlayer(answer.url()));

/** A refused URL is never asked for again; a clip's header and its first segment are parts of one file, asked for at once. */
function expectEachRefusedOnce(player: PausedPlayer): void {
  const refused = refusals(player).map((answer) => `${answer.request().headers().range} of ${answer.url()}`);
  expect(refused).toEqual([...new Set(refused)]);
}

async function expectNotRestarted({ page, marks }: PausedPlayer): Promise<void> {
  expect(await marks()).toMatchObject({ source: (await videoFacts(page)).source, restarts: [] });
}

test('paused for longer than its URLs live, a clip goes on: same page, same source, same frame, to the end', async () => {
  await awake.waitOut();
  expect(await bufferedEndS(awake.page)).toBeLessThan(LONG_CLIP.seconds - 10);
  await expectGoesOn(awake);
  await expectNotRestarted(awake);
  // Renewed when 80 % of their life is over. The last fifth is four seconds: what a busy machine makes late is refused.
  expectEachRefusedOnce(awake);
  awake.guard.allow(/status of 400/);
  const urls = awake.responses.map((answer) => new URL(answer.url()));
  const segments = urls.filter(({ pathname }) => /360\.m4s$/.test(pathname));
  const signatures = new Set(segments.map(({ searchParams }) => searchParams.get('X-Goog-Signature')));
  expect(signatures.size).toBeGreaterThanOrEqual(3);
  expect(awake.guard.unexpected()).toEqual([]);
});

test('asleep for longer than its URLs live, a clip is refused once, renews, and goes on', async () => {
  await asleep.waitOut();
  await wake();
  await expectGoesOn(asleep);
  await expectNotRestarted(asleep);
  expectEachRefusedOnce(asleep);
  asleep.guard.allow(/status of 400/);
  expect(asleep.guard.unexpected()).toEqual([]);
});

for (const [index, { how, expectTold }] of LOST.entries()) {
  test(`someone ${how} during the pause is told so, and the page asks no more`, async () => {
    const player = lost[index];
    if (!player) throw new Error('no page');
    const { page, responses } = player;
    await expectTold(page);
    await player.waitOut();
    const before = responses.length;
    // Everything that it had has expired by now. Whoever insists sees what is there already, and asks nobody.
    await page.keyboard.press('k');
    await page.keyboard.press('9');
    await pause(4000);
    const asked = responses.slice(before).filter((answer) => ofPlayer(answer.url()));
    expect(asked.map((answer) => `${answer.status()} ${answer.url()}`)).toEqual([]);
    // The clip and its notes, once each, and a segment at most that was on its way.
    const refused = refusals(player).map((answer) => `${answer.status()} ${answer.request().method()} ${answer.url()}`);
    const questions = refused.filter((answer) => answer.includes('/api/v2/clips/'));
    expect(questions).toEqual([...new Set(questions)]);
    expect(refused.length - questions.length, refused.join('\n')).toBeLessThanOrEqual(1);
    await expectTold(page);
  });
}

test('a browser that plays HLS by itself goes on after the pause as well', async () => {
  expect((await native.marks())?.source).toMatch(/\/playlist\.m3u8\?token=/);
  await native.waitOut();
  await expectGoesOn(native);
  expect(refusals(native).length).toBeLessThanOrEqual(2);
  native.guard.allow(/status of 40[03]/);
  expect(native.guard.unexpected()).toEqual([]);
});
