import { truncate, writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { nhlGame, nhlPlay, sequenceCsv, sequenceRow, stoppageRow, timecodeAt } from '#lib/plays/play-files-fixture.ts';
import { accountOf } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { gameCsv } from './support/game-plays.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { type PreparedMaster, prepareMaster } from './support/prepared-master.ts';
import { expectAccessible, expectSound } from './support/sound-screen.ts';
import { expectFrame, shownFrame } from './support/video.ts';

/** Games of this spec alone: what is imported into them is in nobody's counts. */
const SEASON = '2005-2006';
const PATH = `/games/MTL/${SEASON}/1`;
/** What a file of plays may measure. */
const MAX_BYTES = 32 * 1024 * 1024;
const NAME = 'playsequence-20051011-NHL-MTLvsCHI-20052006-1.csv';

let master: PreparedMaster;
test.beforeAll(async ({ laneState: _ }) => {
  // Of a worker that ended with a test.
  await sql('DELETE FROM media.masters WHERE season = $1', [SEASON]);
  master = await prepareMaster(readPortalState(), SEASON, { rate: '30', seconds: 40 });
});
test.beforeEach(async () => {
  await sql('DELETE FROM media.games WHERE season = $1 AND game_id <> $2', [SEASON, '1']);
  await sql('DELETE FROM media.plays WHERE season = $1', [SEASON]);
  await sql('DELETE FROM media.clock_runs WHERE season = $1', [SEASON]);
  await sql('DELETE FROM media.play_files WHERE season = $1', [SEASON]);
  await sql('DELETE FROM media.master_anchors WHERE master_id = $1', [master.id]);
  await sql('UPDATE media.masters SET period = NULL WHERE id = $1', [master.id]);
});

const row = (id: number, name: string, clock: number, video: number) =>
  (['faceoff', 'whistle'].includes(name) ? stoppageRow : sequenceRow)({
    ...{ id: String(id), name, periodTime: String(clock), timecode: timecodeAt(video) },
  });
/** A period with two stoppages; the last play is 27 s after the opening face-off. */
const ROWS = [
  ...[row(1, 'faceoff', 0, 0), row(2, 'carry', 5, 5), row(3, 'whistle', 10, 10), row(4, 'faceoff', 10, 16)],
  ...[row(5, 'shot', 14, 20), row(6, 'goal', 16, 22), row(7, 'faceoff', 16, 25), row(8, 'shot', 18, 27)],
];
const CSV = sequenceCsv(ROWS);

/** Lets go of files over an element, as somebody does who drags them there: over it for a few frames first. */
async function drop(on: Locator, ...files: { name: string; text: string }[]): Promise<void> {
  await on.evaluate(async (element, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }
  }, files);
  await expect(on.page().getByText(/^Let go/)).toBeHidden();
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Import plays' });
const plays = (page: Page) => page.locator('tr.play-row');
const film = (page: Page): Locator => page.locator('media-controller');
const line = (page: Page) => page.getByRole('region', { name: 'Clock and film' });
const panel = (page: Page) => page.getByRole('region', { name: 'Tie clocks to film' });
const count = (page: Page, name: string) =>
  dialog(page).getByText(name, { exact: true }).locator('xpath=..').locator('dd');

async function openGame(page: Page): Promise<void> {
  await page.goto(PATH);
  await hydrated(page.getByRole('button', { name: 'Import plays…' }));
}

async function importDropped(page: Page, text = CSV, name = NAME): Promise<void> {
  await drop(page.locator('.game-page'), { name, text });
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
}

test('plays are dropped on a game: what changes is shown first, and then it is done', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  const bad = { ...row(9, 'shot', 19, 28), period: 'x' };
  const text = sequenceCsv([...ROWS, bad, row(10, 'zamboni', 20, 29)]);
  await drop(page.locator('.game-page'), { name: NAME, text });
  await expect(dialog(page)).toContainText('Play sequence (CSV), utf-8, 10 rows.');
  await expect(count(page, 'Removed')).toHaveText('0');
  await expect(dialog(page)).toContainText('zamboni');
  await dialog(page).getByText('1 row is skipped').click();
  await expect(dialog(page).getByText(/^Line 10: /)).toBeVisible();
  await expectAccessible(page, 'what an import changes');
  // A dry run has changed nothing.
  expect(await sql('SELECT FROM media.plays WHERE season = $1', [SEASON])).toHaveLength(0);
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(`${NAME}: `)).toContainText('0 removed.');
  await expect(plays(page).filter({ hasText: 'Goal' })).toHaveCount(1);

  // The same again, then a newer file which leaves plays out; dropped at once, and asked one after the other.
  await drop(page.locator('.game-page'), { name: NAME, text }, { name: `newer-${NAME}`, text: CSV });
  await expect(dialog(page)).toContainText('Nothing would change');
  await expect(dialog(page)).toContainText('Another file waits.');
  await dialog(page).getByRole('button', { name: 'Skip this file' }).click();
  await expect(dialog(page)).toContainText(`newer-${NAME}`);
  await expect(count(page, 'Removed')).not.toHaveText('0');
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
  expect(await sql("SELECT FROM media.plays WHERE season = $1 AND name = 'zamboni'", [SEASON])).toHaveLength(0);
});

test('a file of another game, one that is too large, none at all, and a line that breaks', async ({
  openAs,
  guard,
}, testInfo) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  const wrong = 'playsequence-20051011-NHL-LAVvsTOR-20052006-1.csv';
  await drop(page.locator('.game-page'), { name: wrong, text: CSV });
  const importIt = dialog(page).getByRole('button', { name: 'Import', exact: true });
  await expect(dialog(page)).toContainText('This file seems to be of another game.');
  await expect(dialog(page)).toContainText('The file is of LAV and TOR.');
  await expect(importIt).toBeDisabled();
  await dialog(page).getByRole('checkbox', { name: 'Import it into this game all the same' }).check();
  await expect(importIt).toBeEnabled();
  await expectSound(page, 'a file of another game');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();

  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('/plays/import')) asked += 1;
  });
  const choose = page.locator('input[type=file]');
  const large = testInfo.outputPath('large.csv');
  await writeFile(large, '');
  await truncate(large, MAX_BYTES + 1);
  await choose.setInputFiles(large);
  await expect(dialog(page).getByRole('alert')).toContainText('larger than 32 MB');
  expect(asked).toBe(0);
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();

  guard.allow(/status of 422/, /plays\/import/);
  await choose.setInputFiles({ name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  await expect(dialog(page).getByRole('alert')).toContainText('none that plays are read from');
  await expect(dialog(page).getByRole('button', { name: 'Try again' })).toBeHidden();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();

  guard.allow(/net::ERR_INTERNET_DISCONNECTED/);
  await page.context().setOffline(true);
  await drop(page.locator('.game-page'), { name: NAME, text: CSV });
  await expect(dialog(page).getByRole('alert')).toContainText('The file is still here');
  await page.context().setOffline(false);
  await dialog(page).getByRole('button', { name: 'Try again' }).click();
  await importIt.click();
  await expect(plays(page)).not.toHaveCount(0);
});

test('files dropped on the list of games say their game themselves, or are asked', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/games');
  await hydrated(page.getByRole('button', { name: 'Import plays…' }));
  const game = nhlGame([nhlPlay()], { id: 2005020077, season: 20052006, gameDate: '2005-12-01' });
  await drop(page.getByRole('heading', { level: 1 }), { name: 'pbp.json', text: JSON.stringify(game) });
  await expect(dialog(page)).toContainText(`Into MTL, ${SEASON}, game 20077.`);
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Open the game' }).click();
  await expect(page).toHaveURL(new RegExp(`/games/MTL/${SEASON}/20077`));
  await expect(plays(page)).toHaveCount(1);

  await page.goto('/games');
  await hydrated(page.getByRole('button', { name: 'Import plays…' }));
  await drop(page.getByRole('heading', { level: 1 }), { name: 'plays.csv', text: CSV });
  await expect(dialog(page)).toContainText('Which game are these plays of?');
  await expectSound(page, 'the game that a file is of');
  await expect(dialog(page).getByRole('textbox', { name: 'Team' })).toHaveValue('MTL');
  await dialog(page).getByRole('button', { name: 'Go on' }).click();
  await expect(dialog(page)).toContainText('Two years in a row');
  await dialog(page).getByRole('textbox', { name: 'Season' }).fill(SEASON);
  await dialog(page).getByRole('textbox', { name: 'Game' }).fill('20078');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(`Into MTL, ${SEASON}, game 20078.`);
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
});

/** A hand that counts: each click and each key is one. */
function handOn(page: Page) {
  const startedMs = performance.now();
  const steps: [string, number][] = [];
  let actions = 0;
  const act = async (work: Promise<unknown>, count = 1) => {
    actions += count;
    await work;
  };
  return {
    click: (on: Locator) => act(on.click()),
    press: async (...keys: string[]) => {
      for (const key of keys) await act(page.keyboard.press(key));
    },
    drop: (name: string, text: string) => act(drop(page.locator('.game-page'), { name, text })),
    done: (what: string) => void steps.push([what, actions]),
    told: () =>
      `${actions} clicks, keys and drops in ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ` +
      steps.map(([what, count], index) => `${what} ${count - (steps[index - 1]?.[1] ?? 0)}`).join(', '),
  };
}

test('from a file of plays to clips and a time line, in one go', async ({ openAs }, testInfo) => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
  const page = await openAs(accountOf('coach', 'MTL'));
  const colleague = await openAs(accountOf('staff', 'MTL'));
  await page.addInitScript(() => {
    const facts = { team: 'MTL', event_type: '', player_id: '9000001', player_name: 'Théo Côté' };
    localStorage.setItem('heartbeat-mark-facts', JSON.stringify(facts));
  });
  await openGame(page);
  await openGame(colleague);
  await expectFrame(film(page), 0);
  const hand = handOn(page);
  await hand.drop(NAME, gameCsv(1, 34));
  await expect(dialog(page)).toContainText('Play sequence');
  await hand.click(dialog(page).getByRole('button', { name: 'Import', exact: true }));
  await expect(plays(page)).not.toHaveCount(0);
  // Who else looks at the game sees it without a reload.
  await expect(plays(colleague)).not.toHaveCount(0);
  hand.done('the file');

  await hand.press('Shift+L', 'Shift+L', 's');
  await expect(line(page)).toContainText('1st period: tied to this film.');
  await expect(line(colleague)).toContainText('1st period: tied to this film.');
  hand.done('the clock');

  await hand.click(page.getByRole('button', { name: 'Filters', exact: true }));
  await hand.click(page.getByRole('combobox', { name: 'Shorthand' }));
  await hand.click(page.getByRole('option', { name: /^CONTROLLED ENTRY INTO OZ/i }));
  await hand.press('Escape');
  await expect(page).toHaveURL(/shorthand=CONTROLLED/);
  await expect.poll(async () => new Set(await plays(page).allTextContents()).size).toBeLessThan(4);
  const entries = await plays(page).count();
  // The choice of filters has the keys still.
  await hand.click(plays(page).first().getByRole('button').first());
  await expectFrame(film(page), (2 + 8) * 30);
  hand.done('the entries');

  await hand.click(page.getByRole('button', { name: /^Make (a clip|clips) of/ }));
  await hand.click(page.getByRole('dialog').getByRole('button', { name: /^Make \d+ clip/ }));
  await expect(page.getByText(`${entries} clip${entries === 1 ? '' : 's'} made.`)).toBeVisible();
  hand.done('clips');

  await hand.click(page.getByRole('button', { name: 'Open the code window' }));
  await hand.press('h');
  await expect(page.getByText('Clip made.')).toBeVisible();
  hand.done('a mark');

  const download = page.waitForEvent('download');
  await hand.click(page.getByRole('link', { name: 'Export' }));
  const file = await download;
  const text = await (await page.request.get(file.url())).text();
  expect(text.match(/<instance>/g)).toHaveLength(entries);
  hand.done('the time line');
  testInfo.annotations.push({ type: 'hand', description: hand.told() });
  console.log(hand.told());
});

/** Looks at a play of the list, and waits for its frame. */
async function lookAt(page: Page, name: RegExp, nth: number, frame: number): Promise<void> {
  await plays(page).filter({ hasText: name }).nth(nth).getByRole('button').first().click();
  await expectFrame(film(page), frame);
}

/** Goes on in the film by whole seconds, from frame to frame. */
async function goOn(page: Page, seconds: number, toFrame: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await page.keyboard.press('Shift+L');
  await expectFrame(film(page), toFrame);
}

test('S at the opening face-off places a period, a nudge moves it by a frame, and Undo takes it back', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  await importDropped(page);
  await expect(line(page)).toContainText('1st period: tied to no film');
  await expectFrame(film(page), 0);
  // The film begins three seconds before.
  await goOn(page, 3, 90);
  await page.keyboard.press('s');
  await expect(line(page)).toContainText('1st period: tied to this film.');
  expect(await shownFrame(film(page))).toBe(90);
  await lookAt(page, /Shot/, 0, (3 + 20) * 30);
  await page.keyboard.press('Alt+.');
  await expectFrame(film(page), 691);
  await page.keyboard.press('Alt+,');
  await page.keyboard.press('Alt+,');
  await expectFrame(film(page), 689);
  const anchor = async () =>
    (await sql('SELECT video_s FROM media.master_anchors WHERE master_id = $1', [master.id]))[0];
  await expect.poll(async () => Number((await anchor())?.video_s)).toBeCloseTo(3 - 1 / 30, 4);

  // Three plays near the end are looked at.
  await line(page).getByRole('button', { name: 'Adjust' }).click();
  await expect(panel(page)).toBeFocused();
  await expect(page).toHaveURL(/tab=clocks/);
  // All of it is in view, beside the picture.
  await expect(panel(page)).toBeInViewport({ ratio: 1 });
  const checks = panel(page).getByRole('list').first().getByRole('button');
  await expect(checks).toHaveCount(3);
  await checks.nth(1).click();
  await expectFrame(film(page), (3 + 25) * 30 - 1);
  await expectSound(page, 'what ties a clock to film');
  await page.setViewportSize({ width: 1440, height: 900 });

  // A play that is elsewhere: all of the period moves with it.
  await goOn(page, 1, (3 + 26) * 30 - 1);
  await page.keyboard.press('s');
  await expect(page.getByText('1st period: all plays have moved.')).toBeVisible();
  await lookAt(page, /Shot/, 0, (3 + 21) * 30 - 1);
  await panel(page).getByRole('button', { name: 'Undo' }).click();
  await lookAt(page, /Goal/, 0, (3 + 22) * 30 - 1);
  await panel(page)
    .getByRole('button', { name: /^Untie/ })
    .click();
  await expect(line(page)).toContainText('1st period: tied to no film');

  // `?` lists the keys; while somebody types, S is a letter.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('opening face-off');
});

test('a film is about, until somebody says that it begins with the face-off', async ({ openAs }) => {
  await sql('UPDATE media.masters SET period = 1 WHERE id = $1', [master.id]);
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  await importDropped(page);
  await expect(line(page)).toContainText('1st period: this film is taken to begin');
  await expect(plays(page).filter({ hasText: 'About' })).not.toHaveCount(0);
  await line(page).getByRole('button', { name: 'It does' }).click();
  await expect(line(page)).toContainText('1st period: tied to this film.');
  await expect(plays(page).filter({ hasText: 'About' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(line(page)).toContainText('1st period: this film is taken to begin');
});

test('face-offs of a clock without film times are tied one by one, also in overtime and from mid-period', async ({
  openAs,
}) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await openGame(page);
  const event = (eventId: number, typeDescKey: string, timeInPeriod: string, number = 1) =>
    nhlPlay({
      eventId,
      typeDescKey,
      timeInPeriod,
      periodDescriptor: { number, periodType: number > 3 ? 'OT' : 'REG' },
    });
  const game = nhlGame(
    [
      ...[event(1, 'faceoff', '10:00'), event(2, 'hit', '10:05'), event(3, 'stoppage', '10:08')],
      ...[event(4, 'faceoff', '10:08'), event(5, 'hit', '10:10'), event(6, 'faceoff', '00:00', 4)],
      event(7, 'hit', '00:04', 4),
    ],
    { id: 2005000001, season: 20052006, gameDate: '2005-10-11' },
  );
  await importDropped(page, JSON.stringify(game), 'pbp.json');
  // The film begins in mid-period: the press is at the play that is looked at.
  await plays(page).filter({ hasText: '10:00' }).getByRole('button').first().click();
  await line(page).getByRole('button', { name: 'Adjust' }).click();
  await panel(page).getByRole('radio', { name: 'Faceoff at 10:00' }).check();
  await goOn(page, 2, 60);
  await expect(page.getByText('There is no film of this play')).toBeVisible();
  await line(page).getByRole('button', { name: 'Play is here' }).click();
  await expect(page.getByText('1st period: tied. Its plays')).toBeVisible();
  await expect(page.getByText('There is no film of this play')).toBeHidden();
  await lookAt(page, /10:05/, 0, 210);
  await lookAt(page, /10:10.*About/, 0, 360);
  // The face-off after the stoppage is tied as well, four seconds later than the clock alone says.
  await lookAt(page, /10:08.*Faceoff/, 0, 300);
  await goOn(page, 4, 420);
  await page.keyboard.press('s');
  await lookAt(page, /10:10/, 0, 480);
  await expect(plays(page).filter({ hasText: /10:10/ })).not.toContainText('About');

  // Overtime is in the same file.
  await plays(page)
    .filter({ hasText: /OT ?0:00/ })
    .filter({ hasText: 'Faceoff' })
    .getByRole('button')
    .first()
    .click();
  await panel(page).getByRole('radio', { name: 'The opening face-off' }).check();
  await goOn(page, 6, 660);
  await page.keyboard.press('s');
  await expect(line(page)).toContainText('Overtime: tied to this film.');
  await lookAt(page, /0:04/, 0, 780);
});

test('who may not import sees neither the button nor what ties clocks', async ({ openAs }) => {
  const coach = await openAs(accountOf('coach', 'MTL'));
  await openGame(coach);
  await importDropped(coach);
  const page = await openAs(accountOf('scout', 'MTL'));
  await page.goto(PATH);
  await expect(plays(page)).not.toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Import plays…' })).toBeHidden();
  await expect(page.getByRole('radio', { name: 'Clocks' })).toBeHidden();
  await expect(line(page)).toBeHidden();
});
