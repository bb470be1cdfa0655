import type { Page } from '@playwright/test';
import { accountOf } from './support/accounts.ts';
import { hydrated } from './support/hydrated.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';
import { expectAccessible } from './support/sound-screen.ts';

interface Screen {
  name: string;
  path(): string;
  isSignedOut?: boolean;
  /** Brings the screen into the state that is looked at. */
  prepare?(page: Page): Promise<void>;
  /** Only at this width. */
  width?: number;
}

const heading = (name: string | RegExp) => (page: Page) =>
  expect(page.getByRole('heading', { name, level: 1 }).first()).toBeAttached();

const SCREENS: Screen[] = [
  { name: 'sign-in', path: () => '/signin', isSignedOut: true, prepare: heading('Sign in') },
  {
    name: 'clips as cards',
    path: () => '/clips',
    prepare: (page) => expect(page.getByRole('article').first()).toBeVisible(),
  },
  {
    name: 'clips as a table',
    path: () => '/clips?view=table',
    prepare: (page) => expect(page.getByRole('row').nth(1)).toBeVisible(),
  },
  {
    name: 'filters on a phone',
    path: () => '/clips',
    width: 390,
    prepare: async (page) => {
      await (await hydrated(page.getByRole('button', { name: 'Filters' }))).click();
      await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible();
    },
  },
  {
    name: 'a clip',
    path: () => '/clips/lib-mtl-1',
    prepare: (page) => expect(page.locator('video')).toBeVisible(),
  },
  {
    name: 'games',
    path: () => '/games',
    prepare: (page) => expect(page.getByRole('link', { name: /Game 20031/ }).first()).toBeVisible(),
  },
  {
    name: 'a game without plays',
    path: () => '/games/MTL/2025-2026/20031',
    prepare: (page) => expect(page.getByRole('heading', { name: 'No plays yet' })).toBeVisible(),
  },
  { name: 'stats', path: () => '/stats', prepare: heading('Stats') },
  {
    name: 'films',
    path: () => '/masters',
    prepare: (page) => expect(page.getByRole('link', { name: /^Watch / }).first()).toBeVisible(),
  },
  {
    name: 'a film',
    path: () => `/masters/${readPortalState().masters.mtl}`,
    prepare: (page) => expect(page.getByRole('button', { name: /^Play .*Shot/ }).first()).toBeVisible(),
  },
  { name: 'upload', path: () => '/admin/upload', prepare: heading('Upload masters') },
  {
    name: 'the webhooks of a key',
    path: () => '/account',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'Webhooks of test' }).click();
      await heading('Webhooks')(page);
    },
  },
  { name: 'clubs', path: () => '/admin/clubs', prepare: heading('Clubs') },
  { name: 'the trash', path: () => '/admin/trash', prepare: heading('Trash') },
  { name: 'the trash of masters', path: () => '/admin/trash/masters', prepare: heading('Trash') },
  {
    name: 'masters',
    path: () => '/admin/masters',
    prepare: (page) => expect(page.getByRole('row').nth(1)).toBeVisible(),
  },
  {
    name: 'a master',
    path: () => `/admin/masters/${readPortalState().masters.mtl}`,
    prepare: (page) => expect(page.getByRole('button', { name: 'Cut clip' })).toBeVisible(),
  },
];

/** Pixels by which the page, or a list in it, is wider than its place. */
const overflow = (page: Page) =>
  page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      ...[...document.querySelectorAll('table')].map(({ parentElement: place }) =>
        place ? place.scrollWidth - place.clientWidth : 0,
      ),
    ),
  );

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In two halves: all of them together take longer than one test may. */
const HALF = Math.ceil(SCREENS.length / 2);
for (const screens of [SCREENS.slice(0, HALF), SCREENS.slice(HALF)]) {
  const [first, last] = [screens[0]?.name, screens.at(-1)?.name];
  test(`axe finds nothing grave, dark and light, and nothing is cut off, from ${first} to ${last}`, async ({
    openAs,
  }) => {
    test.setTimeout(180_000);
    const signedIn = await openAs(accountOf('admin'));
    const signedOut = await openAs(null);
    for (const { name, path, isSignedOut, prepare, width: only } of screens) {
      await test.step(name, async () => {
        const page = isSignedOut ? signedOut : signedIn;
        await page.setViewportSize({ width: only ?? 1440, height: 900 });
        await page.goto(path());
        await prepare?.(page);
        await expectAccessible(page, name, TAGS);
        for (const width of only === undefined ? [1440, 820, 390] : []) {
          await page.setViewportSize({ width, height: 900 });
          await expect.poll(() => overflow(page), { message: `${name} at ${width}` }).toBeLessThanOrEqual(0);
        }
      });
    }
  });
}

/** What a finger is to meet, and is smaller than 44 px one way or the other; what is out of sight or in a sentence aside. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'main :is(a[href], button, input, select, [role="option"], [role="menuitem"]), header button, [role="dialog"] :is(a[href], button, input), [role="menu"] [role^="menuitem"], [role="listbox"] [role="option"]',
    );
    return [...controls].flatMap((control) => {
      const target = control.closest('label') ?? control;
      const isCard = getComputedStyle(control, '::after').position === 'absolute';
      const { width, height } = target.getBoundingClientRect();
      if (isCard || !target.checkVisibility({ opacityProperty: true }) || width <= 1 || control.closest('.sr-only'))
        return [];
      return width >= 43.5 && height >= 43.5
        ? []
        : [`${Math.round(width)}×${Math.round(height)} ${control.outerHTML.slice(0, 160)}`];
    });
  });

test('a finger meets 44 px everywhere in lists, filters, menus and forms; ticking begins with a button', async ({
  openAs,
}) => {
  test.setTimeout(120_000);
  const page = await openAs(accountOf('admin', 'MTL'), { width: 390, height: 844, hasTouch: true, isMobile: true });
  const { masters } = readPortalState();
  for (const path of [
    '/clips',
    '/clips?view=table',
    '/admin/masters',
    `/admin/masters/${masters.mtl}`,
    '/masters',
    `/masters/${masters.mtl}`,
    '/admin/trash',
    '/admin/upload',
    '/admin/users',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
    expect.soft(await smallTargets(page), path).toEqual([]);
  }
  await page.goto('/clips?event_type=goal&event_type=shot');
  await (await hydrated(page.getByRole('button', { name: /^Filters/ }))).tap();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Event' }).tap();
  await expect(page.getByRole('listbox', { name: 'Event' })).toBeVisible();
  expect.soft(await smallTargets(page), 'filters').toEqual([]);
  await page.goto('/clips');
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await (await hydrated(page.getByRole('button', { name: 'Select', exact: true }))).tap();
  // The card itself is the tick now.
  await page.getByRole('article').first().tap();
  await page.getByRole('article').nth(1).tap();
  await expect(page.getByRole('region', { name: 'Selected clips' })).toContainText('2 clips selected');
  await expect(page).toHaveURL(/\/clips$/);
  expect.soft(await smallTargets(page), 'selecting').toEqual([]);
  await page.getByRole('button', { name: 'Clear selection' }).tap();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('by keyboard: focus shows, / searches, ? opens the key table', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips');
  await expect(page.getByRole('article').first()).toBeVisible();
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press('Tab');
    const look = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const own = getComputedStyle(element);
      const around = getComputedStyle(element, '::after');
      const rings = [own, around].map(({ outlineStyle, outlineWidth }) =>
        outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
      );
      return { html: element.outerHTML.slice(0, 120), ring: Math.max(...rings), shadow: own.boxShadow };
    });
    expect(look, `stop ${stop}`).not.toBeNull();
    expect((look?.ring ?? 0) > 0 || look?.shadow !== 'none', look?.html).toBe(true);
  }
  await page.locator('body').click({ position: { x: 5, y: 400 } });
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search clips' })).toBeFocused();
  await page.keyboard.type('goal');
  await expect(page).toHaveURL(/[?&]q=goal/);
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('link', { name: /^Goal/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clips\/lib-mtl-4/);
  await expect(page.locator('video')).toBeVisible();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys.getByRole('row').filter({ hasText: 'Play or pause' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  // Focus comes back: from a dialog that a menu opened to the menu's button, and from the clip to its card.
  await page.getByRole('button', { name: 'Actions', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Edit facts' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Edit facts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Actions', exact: true })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('link', { name: /^Goal/ })).toBeFocused();
});

test('French changes every word, and stays', async ({ openAs }) => {
  const page = await openAs(accountOf('coach', 'MTL'));
  await page.goto('/clips');
  await (await hydrated(page.getByRole('button', { name: /MTL coach/ }))).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await expect(page.getByRole('searchbox', { name: 'Chercher dans les séquences' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA');
  await page.reload();
  await expect(page.getByText(/^\d+ séquences$/).first()).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Filtres' }).getByText('Adversaire')).toBeVisible();
  await page.goto('/clips/lib-mtl-1');
  await expect(page.locator('video')).toBeVisible();
  await page.keyboard.press('?');
  await expect(
    page.getByRole('dialog', { name: 'Raccourcis clavier' }).getByText('Espace', { exact: true }),
  ).toBeVisible();
  await page.goto('/stats');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Stats');
});

test('no layout shift when thumbnails arrive', async ({ openAs }) => {
  const page = await openAs(accountOf('admin'));
  await page.addInitScript(() => {
    const seen = Object.assign(window, { layoutShift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) seen.layoutShift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // The pictures come late, one after the other, when all else is there.
  const waiting: (() => Promise<void>)[] = [];
  await page.route('**/thumb.jpg*', (route) => {
    waiting.push(() => route.continue());
  });
  for (const path of ['/clips', '/clips?view=table']) {
    waiting.length = 0;
    // Held pictures hold the page's "load" as well.
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    await expect.poll(() => waiting.length).toBeGreaterThanOrEqual(8);
    for (const release of waiting) await release();
    await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
    expect(await page.evaluate('layoutShift'), path).toBeLessThan(0.05);
  }
});
