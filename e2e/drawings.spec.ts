import type { Browser, CDPSession, Locator, Page } from '@playwright/test';
import type { Drawing } from '#lib/drawing/drawing-schemas.ts';
import { drawingToSvg } from '#lib/drawing/drawing-svg.ts';
import { renderSvg } from '#lib/media/reel-film/render-svg.ts';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { drag, type Share, spotsIn, surface } from './support/drawing.ts';
import { hydrated } from './support/hydrated.ts';
import { expect, test } from './support/portal-test.ts';
import { expectAccessible, expectSound } from './support/sound-screen.ts';

/** Of the player who has an account; 2 s. */
const CLIP = 'lib-mtl-1';
const COACH = accountOf('coach', 'MTL');
const PLAYER = accountOf('player', 'MTL');
const FILM = { width: 1280, height: 720 };
/** Of a pixel's red, green and blue. */
const CHANNEL_TOLERANCE = 40;
/** Of all pixels. One is off that neither its own place nor one beside it has: an image is put on whole pixels, and smoothed otherwise. */
const PIXEL_TOLERANCE = 0.001;
/** By so much of the width, a drawing is seen to lie elsewhere. */
const SEEN_SHIFT = 0.01;

const clear = () =>
  sql('DELETE FROM media.notes WHERE clip_id = (SELECT id FROM media.clips WHERE clip_id = $1)', [CLIP]);
test.beforeEach(clear);
test.afterAll(clear);

interface Kept {
  at_s: number;
  hold_s: number;
  text: string;
  visible_to: string;
  reply_to: string | null;
  drawing: Drawing | null;
}
async function keptNotes(): Promise<Kept[]> {
  const { text } = await apiOf(COACH).get(`/clips/${CLIP}/notes`);
  return (JSON.parse(text) as { notes: Kept[] }).notes;
}

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Notes' });
const tool = (page: Page, name: string): Locator => page.getByRole('radio', { name, exact: true });
const film = (page: Page): Locator => page.locator('film-video');
const stateOf = (page: Page) =>
  film(page).evaluate((video) => {
    const { currentTime, paused } = video as HTMLVideoElement;
    return { currentTime, paused };
  });

/** Opens the clip with its picture standing at a moment. */
async function openClip(page: Page, atS: number): Promise<void> {
  await page.goto(`/clips/${CLIP}?t=${atS}`);
  await expect.poll(() => film(page).evaluate((video) => (video as HTMLVideoElement).readyState)).toBeGreaterThan(1);
  await film(page).evaluate((video, moment) => {
    (video as HTMLVideoElement).pause();
    (video as HTMLVideoElement).currentTime = moment;
  }, atS);
  await expect.poll(async () => (await stateOf(page)).currentTime).toBeCloseTo(atS, 1);
}

/** Each touch: the fingers that lie on the picture then. */
async function touch(cdp: CDPSession, page: Page, ...touches: (readonly Share[])[]): Promise<void> {
  for (const [index, shares] of touches.entries()) {
    const touchPoints = (await spotsIn(page, shares)).map((spot, id) => ({ ...spot, id }));
    await cdp.send('Input.dispatchTouchEvent', { type: index === 0 ? 'touchStart' : 'touchMove', touchPoints });
  }
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** The drawing on screen over black, and as it is burnt into a film, shown as large: how many pixels differ. */
async function differingPixels(browser: Browser, page: Page, drawing: Drawing): Promise<number> {
  const box = await page.locator('.notes-drawing').boundingBox();
  if (!box) throw new Error('no drawing is on screen');
  // The box may begin and end within a pixel.
  const [left, top] = [Math.floor(box.x), Math.floor(box.y)];
  const size = { width: Math.ceil(box.x + box.width) - left, height: Math.ceil(box.y + box.height) - top };
  // The page shows through the picture's round corners.
  const others = await page.addStyleTag({
    content: `:not(.notes-drawing, .notes-drawing *) { background: #000 !important; border-color: #000 !important }
      media-controller, .notes-captions, .notes-skip { visibility: hidden !important }`,
  });
  const clip = { x: left, y: top, ...size };
  const shot = await page.screenshot({ clip });
  await others.evaluate((style) => style.parentNode?.removeChild(style));
  const context = await browser.newContext({ viewport: page.viewportSize() });
  const blank = await context.newPage();
  const png = renderSvg(drawingToSvg(drawing, FILM));
  const place = `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
  await blank.setContent(
    `<body style="margin:0;background:#000"><img style="position:absolute;${place}" src="data:image/png;base64,${png.toString('base64')}">`,
  );
  const burnt = await blank.screenshot({ clip });
  const images = [shot, burnt].map((each) => `data:image/png;base64,${each.toString('base64')}`);
  const differing = await blank.evaluate(
    async ({ pngs, width, height, tolerance }) => {
      const [a, b] = await Promise.all(
        pngs.map(async (src) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          const context2d = new OffscreenCanvas(width, height).getContext('2d');
          context2d?.drawImage(image, 0, 0);
          return context2d?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
        }),
      );
      if (!a?.some((value, at) => at % 4 < 3 && value > 128)) throw new Error('nothing is drawn');
      const off = (at: number, other: number) =>
        Math.max(...[0, 1, 2].map((channel) => Math.abs((a[at + channel] ?? 0) - (b?.[other + channel] ?? 0))));
      const rows = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => 4 * (y * width + x)));
      let count = 0;
      for (let at = 0; at < a.length; at += 4) {
        if (off(at, at) > tolerance && rows.every((way) => off(at, at + way) > tolerance)) count += 1;
      }
      return count / (width * height);
    },
    { pngs: images, ...size, tolerance: CHANNEL_TOLERANCE },
  );
  await context.close();
  return differing;
}

/** Where the drawing lies, off the picture itself: in CSS pixels. */
const offPicture = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('film-video');
    const drawing = document.querySelector('.notes-drawing')?.getBoundingClientRect();
    if (!video || !drawing) throw new Error('no picture, or no drawing');
    const inner = video.getBoundingClientRect();
    const scale = Math.min(inner.width / video.videoWidth, inner.height / video.videoHeight);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    const [left, top] = [inner.left + (inner.width - width) / 2, inner.top + (inner.height - height) / 2];
    return Math.max(
      Math.abs(left - drawing.left),
      Math.abs(top - drawing.top),
      Math.abs(width - drawing.width),
      Math.abs(height - drawing.height),
    );
  });

test('what is drawn with a mouse is kept, holds the picture at its moment, and is what is burnt in', async ({
  openAs,
  browser,
}) => {
  const page = await openAs(COACH);
  await openClip(page, 0.5);
  await hydrated(panel(page).getByRole('button', { name: 'Write or draw a note' }));
  await page.keyboard.press('Shift+N');
  await expect(surface(page)).toBeVisible();

  await page.keyboard.press('a');
  await drag(page, [0.25, 0.5], [0.6, 0.4]);
  await page.keyboard.press('p');
  await page.keyboard.press('2');
  await drag(page, [0.1, 0.8], [0.2, 0.7], [0.3, 0.85], [0.4, 0.75]);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('img', { name: 'The picture with one shape' })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await tool(page, 'Ellipse').click();
  await tool(page, 'Green').click();
  await drag(page, [0.55, 0.3], [0.75, 0.5]);
  await page.keyboard.press('s');
  await drag(page, [0.5, 0.2], [0.85, 0.7]);
  await page.keyboard.press('l');
  await drag(page, [0.1, 0.2], [0.4, 0.2]);
  await page.keyboard.press('t');
  await page.getByRole('textbox', { name: 'Text to place on the picture' }).fill('<b>Gap</b>');
  await drag(page, [0.12, 0.3]);
  await expect(page.getByRole('img', { name: 'The picture with 6 shapes' })).toBeVisible();
  await expectAccessible(page, 'a note that is drawn');

  await page.getByRole('textbox', { name: 'Words' }).fill('Look at the gap');
  await page.getByRole('spinbutton', { name: /Stands still/ }).fill('60');
  await page.getByRole('radio', { name: 'Everybody who sees the clip' }).click();
  await page.getByRole('button', { name: 'Save the note' }).click();
  await expect(panel(page).getByText('Look at the gap')).toBeVisible();
  const [kept] = await keptNotes();
  expect(kept).toMatchObject({ at_s: 0.5, hold_s: 60, text: 'Look at the gap', visible_to: 'audience' });
  const shapes = kept?.drawing?.shapes ?? [];
  expect(shapes.map(({ type, color }) => `${type} ${color}`)).toEqual([
    ...['arrow yellow', 'pen red', 'ellipse green', 'spotlight green', 'line green', 'text green'],
  ]);
  const [from, to] = shapes[0]?.points ?? [];
  for (const [point, share] of [[from, [0.25, 0.5]] as const, [to, [0.6, 0.4]] as const])
    for (const axis of [0, 1] as const) expect(point?.[axis]).toBeCloseTo(share[axis], 2);

  await openClip(page, 0);
  await film(page).evaluate((video) => void (video as HTMLVideoElement).play());
  const holding = page.locator('.notes-layer[data-holding]');
  await expect(holding).toBeVisible();
  await expect(page.locator('.notes-captions')).toContainText('Look at the gap');
  const held = await stateOf(page);
  expect(held.paused).toBe(true);
  expect(held.currentTime).toBeGreaterThanOrEqual(0.499);
  expect(held.currentTime).toBeLessThan(0.7);
  for (const [width, height] of [
    [390, 844],
    [820, 1180],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => offPicture(page), { message: `over the picture at ${width}` }).toBeLessThan(1);
    const drawing = kept?.drawing ?? { version: 1 as const, shapes: [] };
    expect(await differingPixels(browser, page, drawing), `pixels at ${width}`).toBeLessThan(PIXEL_TOLERANCE);
    const shapes = drawing.shapes.map((shape) => ({
      ...shape,
      points: shape.points.map(([x = 0, ...rest]) => [x + SEEN_SHIFT, ...rest] as (typeof shape.points)[number]),
    }));
    const elsewhere = await differingPixels(browser, page, { ...drawing, shapes });
    expect(elsewhere, `elsewhere at ${width}`).toBeGreaterThan(PIXEL_TOLERANCE);
  }
  // A key goes on at once.
  await page.keyboard.press('k');
  await expect(holding).toHaveCount(0);
  await expect.poll(async () => (await stateOf(page)).currentTime).toBeGreaterThan(held.currentTime);
  await expect(page.locator('.notes-captions > p')).toHaveCount(0);

  // It is edited later: the line is moved and gets another colour, the pen goes.
  await film(page).evaluate((video) => (video as HTMLVideoElement).pause());
  await panel(page).getByRole('button', { name: 'Edit the note at 0:00.50' }).click();
  await page.keyboard.press('v');
  await drag(page, [0.2, 0.2], [0.2, 0.25]);
  await page.keyboard.press('3');
  await page.keyboard.press('ArrowRight');
  await drag(page, [0.2, 0.7]);
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Save the note' }).click();
  await expect(surface(page)).toHaveCount(0);
  const [edited] = await keptNotes();
  const changed = edited?.drawing?.shapes ?? [];
  expect(changed.map(({ type, color }) => `${type} ${color}`)).toEqual([
    ...['arrow yellow', 'ellipse green', 'spotlight green', 'line blue', 'text green'],
  ]);
  expect(changed[3]?.points[0]?.[0]).toBeCloseTo(0.11, 2);
  expect(changed[3]?.points[0]?.[1]).toBeCloseTo(0.25, 2);
  await expectSound(page, 'a clip with a note');
});

test('a finger draws, two do not; the player whose clip it is sees it, holds for it, and answers', async ({
  openAs,
}) => {
  const phone = { width: 390, height: 844, hasTouch: true, isMobile: true };
  const page = await openAs(COACH, phone);
  const cdp = await page.context().newCDPSession(page);
  await openClip(page, 1);
  await (await hydrated(panel(page).getByRole('button', { name: 'Write or draw a note' }))).tap();
  await surface(page).scrollIntoViewIfNeeded();
  await touch(cdp, page, [[0.2, 0.5]], [[0.3, 0.4]], [[0.5, 0.6]], [[0.7, 0.5]]);
  await expect(page.getByRole('img', { name: 'The picture with one shape' })).toBeVisible();
  await touch(
    cdp,
    page,
    [[0.2, 0.2]],
    [
      [0.2, 0.2],
      [0.8, 0.8],
    ],
    [
      [0.3, 0.3],
      [0.7, 0.7],
    ],
  );
  await expect(page.getByRole('img', { name: 'The picture with one shape' })).toBeVisible();
  await page.getByRole('spinbutton', { name: /Stands still/ }).fill('0.5');
  await page.getByRole('radio', { name: 'Everybody who sees the clip' }).tap();
  await page.getByRole('button', { name: 'Save the note' }).tap();
  await expect(panel(page).getByText('With a drawing')).toBeVisible();
  const [kept] = await keptNotes();
  expect(kept).toMatchObject({ at_s: 1, hold_s: 0.5, text: '' });
  expect(kept?.drawing?.shapes).toMatchObject([{ type: 'pen', color: 'yellow' }]);

  const own = await openAs(PLAYER, phone);
  await openClip(own, 0.8);
  await hydrated(panel(own).getByRole('button', { name: 'Answer' }));
  await expect(panel(own).getByRole('button', { name: /^(Write|Edit|Delete)/ })).toHaveCount(0);
  await film(own).evaluate((video) => void (video as HTMLVideoElement).play());
  await expect(own.locator('.notes-layer[data-holding] .notes-drawing')).toBeVisible();
  // It goes on by itself.
  await expect(own.locator('.notes-layer[data-holding]')).toHaveCount(0);
  await expect.poll(async () => (await stateOf(own)).currentTime).toBeGreaterThan(1.1);
  await panel(own).getByRole('button', { name: 'Answer' }).tap();
  await own.getByRole('textbox', { name: 'Your answer' }).fill('I see it');
  await own.getByRole('button', { name: 'Send' }).tap();
  await expect(panel(own).getByText('I see it')).toBeVisible();
  await expect
    .poll(async () => (await keptNotes()).map(({ text, reply_to }) => [text, reply_to !== null]))
    .toEqual([
      ['', false],
      ['I see it', true],
    ]);
  // Whoever has the clip open sees it, and sees it go.
  await expect(panel(page).getByText('I see it')).toBeVisible();
  await panel(own)
    .getByRole('button', { name: /^Delete/ })
    .tap();
  await own.getByRole('button', { name: 'Delete', exact: true }).tap();
  await expect.poll(async () => (await keptNotes()).length).toBe(1);
  await expect(panel(own).getByText('I see it')).toHaveCount(0);
  await expect(panel(page).getByText('I see it')).toHaveCount(0);
});
