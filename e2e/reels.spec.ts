import type { Locator, Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { drag, surface } from './support/drawing.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { forgetSlices, mark, prepareSliced, type Slice } from './support/slices.ts';
import { axeOf } from './support/sound-screen.ts';
import { expectFrame, shownFrame } from './support/video.ts';

const TITLE = 'Entries that worked';
/** Of another player: the one it is shown to does not reach them. */
const SOMEBODY = '9000001';
const coach = accountOf('coach', 'MTL');
const player = accountOf('player', 'MTL');

let clips: Slice[];
test.beforeAll(async ({ laneState: _ }) => {
  const home = readPortalState();
  const [thirty, twentyFive] = [await prepareSliced(home, '30'), await prepareSliced(home, '25')];
  clips = [
    await mark(home, thirty, { startS: 1, endS: 3, playerId: SOMEBODY }),
    await mark(home, twentyFive, { startS: 2, endS: 5, playerId: SOMEBODY }),
    await mark(home, thirty, { startS: 4, endS: 6.5, playerId: SOMEBODY }),
  ];
});
test.afterAll(async () => {
  await sql('DELETE FROM media.reels WHERE title = $1', [TITLE]);
  await forgetSlices();
});

const items = (page: Page): Locator => page.getByRole('list', { name: 'The clips of the reel' }).getByRole('listitem');
const front = (page: Page): Locator => page.locator('film-video[data-front]');
const order = (page: Page) => items(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item-id')));
const notes = (page: Page): Locator => page.getByRole('region', { name: 'Notes' });
const clipAt = (at: number): Slice => {
  const clip = clips[at];
  if (!clip) throw new Error(`There is no clip ${at}.`);
  return clip;
};
const clock = (page: Page) => front(page).evaluate((video) => (video as HTMLVideoElement).currentTime);

/** One finger over the picture, from right to left. */
async function swipeLeft(page: Page): Promise<void> {
  const box = await front(page).boundingBox();
  if (!box) throw new Error('there is no picture');
  const touch = await page.context().newCDPSession(page);
  const y = box.y + box.height / 3;
  const at = (part: number) => [{ x: box.x + box.width * part, y }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.8) });
  for (const part of [0.7, 0.6, 0.5, 0.4]) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(part) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await touch.detach();
}

async function expectSound(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.evaluate((theme) => document.documentElement.setAttribute('data-theme', theme), colorScheme);
    const { violations } = await axeOf(page).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

/** The clip on whose page one is gets an arrow, with words, for everybody who sees the clip. */
async function drawArrow(page: Page, words: string): Promise<void> {
  const film = page.locator('film-video');
  await hydrated(notes(page).getByRole('button', { name: 'Write or draw a note' }));
  await expect.poll(() => film.evaluate((video) => (video as HTMLVideoElement).readyState)).toBeGreaterThan(1);
  await film.evaluate((video) => {
    (video as HTMLVideoElement).pause();
    (video as HTMLVideoElement).currentTime = 1.6;
  });
  await page.keyboard.press('Shift+N');
  await expect(surface(page)).toBeVisible();
  await page.keyboard.press('a');
  await drag(page, [0.25, 0.5], [0.6, 0.4]);
  await page.getByRole('textbox', { name: 'Words' }).fill(words);
  await page.getByRole('radio', { name: 'Everybody who sees the clip' }).click();
  await page.getByRole('button', { name: 'Save the note' }).click();
  await expect(notes(page).getByText(words)).toBeVisible();
}

test('a coach makes a reel, draws, and shows it; a player sees it at once, watches it, answers, and loses it', async ({
  openAs,
  guard,
}) => {
  // What is taken back is asked for once more, and is not there.
  guard.allow(/status of 404.*\/api\/v2\/reels\//);
  const page = await openAs(coach);
  const phone = await openAs(player, { width: 390, height: 844, hasTouch: true, isMobile: true });
  await phone.goto('/reels');
  await expect(phone.getByText('Nothing for you yet')).toBeVisible();

  // R asks once for the reel that clips go into, and makes a new one.
  await page.goto(`/clips/${clipAt(0).clipId}`);
  await hydrated(page.getByRole('button', { name: 'Into the reel' }));
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'New reel' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(TITLE);
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText(`1 clip added to “${TITLE}”.`)).toBeVisible();
  for (const { clipId } of clips.slice(1)) {
    await page.goto(`/clips/${clipId}`);
    await hydrated(page.getByRole('button', { name: `Into “${TITLE}”` }));
    await page.keyboard.press('r');
    await expect(page.getByText(`1 clip added to “${TITLE}”.`)).toBeVisible();
  }
  await page.getByRole('link', { name: 'Open the reel' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  const reelUrl = page.url();
  await page.goto(`/clips/${clipAt(0).clipId}?t=1.6`);
  await drawArrow(page, 'Where does he look?');
  await page.goto(reelUrl);
  await expect(items(page)).toHaveCount(3);
  const first = await order(page);
  const [a, b, c] = first;

  // By keyboard, and then by mouse.
  await (await hydrated(items(page).nth(2).getByRole('button', { name: /^Move/ }))).focus();
  await page.keyboard.press(' ');
  await expect(page.getByText(/^3\..* is at place 3 of 3/)).toBeAttached();
  // Whoever presses before the rows are measured presses again.
  await expect(async () => {
    await page.keyboard.press('ArrowUp');
    await expect(page.getByText(/is at place 2 of 3/)).toBeAttached({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press(' ');
  await expect.poll(() => order(page)).toEqual([a, c, b]);
  // Whatever moves has come to rest.
  await items(page).nth(0).getByRole('button', { name: /^Move/ }).hover();
  const below = await items(page).nth(1).boundingBox();
  const above = await items(page).nth(0).boundingBox();
  if (!above || !below) throw new Error('the rows are not there');
  await page.mouse.down();
  for (const y of [above.y + above.height, below.y + below.height / 2, below.y + below.height / 2 + 4]) {
    await page.mouse.move(above.x + 16, y, { steps: 5 });
  }
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([c, a, b]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => order(page)).toEqual([a, c, b]);

  // The first one begins half a second later, to the frame.
  await items(page)
    .nth(0)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Trim' }).click();
  await expectFrame(front(page), clipAt(0).firstFrame);
  for (let press = 0; press < 15; press++) {
    await page.keyboard.press('.');
    await expectFrame(front(page), clipAt(0).firstFrame + press + 1);
  }
  await page.keyboard.press('i');
  await expect(page.getByText('In 0.50')).toBeVisible();
  await page.getByRole('button', { name: 'Begin one frame later' }).click();
  await expect(page.getByText('In 0.53')).toBeVisible();
  await page.getByRole('button', { name: 'Begin one frame earlier' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await items(page)
    .nth(0)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Note' }).click();
  await expect(page.getByRole('textbox', { name: /^Note of/ })).toBeFocused();
  await page.keyboard.type('Look at the gap');
  await page.keyboard.press('Enter');
  const saved = async () => JSON.parse((await apiOf(coach).get(`/reels/${page.url().split('/').at(-1)}`)).text);
  await expect.poll(async () => (await saved()).items[0]).toMatchObject({ in_s: 0.5, note: 'Look at the gap' });
  await expectSound(page);

  // The presenter's window says the note of what is shown, also where the reel's window comes after it.
  const presenter = await page.context().newPage();
  await page.goto('/reels');
  await presenter.goto(`${reelUrl}/presenter`);
  await expect(presenter.getByText('Open the reel in another window')).toBeVisible();
  await page.goto(reelUrl);
  await expect(presenter.getByText('Look at the gap')).toBeVisible();
  await presenter.getByRole('button', { name: 'Next clip' }).click();
  await expect(page.getByTestId('reel-place')).toHaveText('2 of 3');
  await presenter.close();

  // Shown to the player, who has the list open: new, with a number at the place that leads there.
  await page.getByRole('button', { name: 'Show to' }).click();
  await page.getByRole('radio', { name: /Chosen players/ }).check();
  await page.getByRole('combobox', { name: 'Players' }).click();
  await page
    .getByRole('dialog', { name: 'Players' })
    .getByRole('combobox')
    .fill(player.playerId ?? '');
  await page
    .getByRole('option', { name: new RegExp(player.playerId ?? '') })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show it' }).click();
  const shownAt = Date.now();
  const card = phone.getByRole('link', { name: new RegExp(TITLE) });
  await expect(card).toBeVisible();
  console.log(`      from “Show it” to the player's list: ${Date.now() - shownAt} ms`);
  await expect(card).toContainText('New');
  await expectSound(phone);
  await phone.getByRole('button', { name: 'Open menu' }).click();
  await expect(phone.getByRole('link', { name: /Reels.*1 new/ })).toBeVisible();
  await phone.keyboard.press('Escape');

  // It plays from where the coach trimmed it, and the next one follows: another game, another frame rate.
  await card.tap();
  // It stands still for what was drawn, and goes on.
  await expect(phone.locator('.notes-layer[data-holding] .notes-drawing')).toBeVisible();
  await expect(phone.getByText('Look at the gap')).toBeVisible();
  await expect(phone.getByTestId('reel-place')).toHaveText('3 of 3', { timeout: 20_000 });
  // What was hardly seen is not counted as watched.
  await expect.poll(() => clock(phone)).toBeGreaterThan(0.6);
  await items(phone).nth(0).getByRole('button').first().tap();
  await expect(phone.getByTestId('reel-place')).toHaveText('1 of 3');
  await phone.keyboard.press('k');
  expect(await shownFrame(front(phone))).toBeGreaterThanOrEqual(clipAt(0).firstFrame + 15);
  // What it says to the coach's question is before the coach, who has that clip open, at once.
  await items(page).nth(0).getByRole('button', { name: 'Shot' }).nth(1).click();
  await expect(notes(page).getByText('Where does he look?')).toBeVisible();
  await notes(phone).getByRole('button', { name: 'Answer' }).tap();
  await phone.getByRole('textbox', { name: 'Your answer' }).fill('Over his left shoulder');
  await expectSound(phone);
  await phone.getByRole('button', { name: 'Send' }).tap();
  const answeredAt = Date.now();
  await expect(notes(page).getByText('Over his left shoulder')).toBeVisible();
  console.log(`      from “Send” to the coach's page: ${Date.now() - answeredAt} ms`);
  // A swipe to the left: the next one, which stands still as the last one did.
  await swipeLeft(phone);
  await expect(phone.getByTestId('reel-place')).toHaveText('2 of 3');
  await expectFrame(front(phone), clipAt(2).firstFrame);
  await phone.keyboard.press('Shift+L');
  await expect.poll(() => clock(phone)).toBeCloseTo(1, 1);
  await expectSound(phone);
  await expect
    .poll(
      async () =>
        (
          await sql(
            `SELECT count(*)::int AS n FROM media.audit_log WHERE action = 'clip.play'
      AND target_id = ANY($1)`,
            [clips.map(({ clipId }) => clipId)],
          )
        )[0]?.n,
    )
    .toBeGreaterThan(0);

  // Who watched which seconds, beside the clips, on the page that was open all the time.
  const told = async () => {
    const [row] = await sql(
      `SELECT count(DISTINCT v.clip_id)::int AS n FROM media.views v JOIN media.users u ON u.id = v.user_id
        WHERE u.email = $1 AND v.reel_id::text = $2`,
      [player.email, page.url().split('/').at(-1)],
    );
    return row?.n;
  };
  await expect.poll(told).toBe(3);
  await page.getByRole('radio', { name: 'Who watched' }).click();
  const watcher = page.getByRole('row', { name: new RegExp(player.name) });
  await expect(watcher).toContainText(/0:(?:0[1-9]|1\d)/);
  await expect(page.getByRole('img', { name: /seen by \d+ viewer/ }).first()).toBeVisible();
  await expectSound(page);

  // Their own account calls the clips as the reel does.
  const account = await phone.context().newPage();
  await account.goto('/account');
  const own = account.getByRole('region', { name: 'What you watched' });
  await expect(own.getByRole('link', { name: /^Shot · / }).first()).toBeVisible();
  for (const { clipId } of clips) await expect(own).not.toContainText(clipId);
  await expectSound(account);
  await account.close();

  // Taken back: gone from under their eyes, and from their list.
  await page.getByRole('button', { name: 'Show to' }).click();
  await page.getByRole('radio', { name: /Only me/ }).check();
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(phone.getByText('This reel is not there any more')).toBeVisible();
  await phone.getByRole('link', { name: 'All reels' }).tap();
  await expect(phone.getByText('Nothing for you yet')).toBeVisible();
});
