import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Without the second page in which axe would put together what it found in frames: the portal has none. */
export const axeOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();

/** Those of axe's rules in the category `cat.color` that ask for no more than AA. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What leaves or comes while axe looks is half transparent then; it looks again, so many times at most. */
const LOOKS = 4;

/** What axe finds on a page where nothing moves. */
async function violationsAtRest(page: Page, axe: AxeBuilder) {
  for (let look = 1; ; look++) {
    // Colours that still fade in are no colours to judge. Not by `finished`: of what lies in closed `details` Chromium never
    // says it, though it is over.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    const moving = await page.evaluateHandle(() => {
      const seen = { hasMoved: false };
      for (const name of ['transitionrun', 'animationstart'])
        addEventListener(name, () => Object.assign(seen, { hasMoved: true }), { capture: true, once: true });
      return seen;
    });
    const { violations } = await axe.analyze();
    const { hasMoved } = await moving.jsonValue();
    if (violations.length === 0 || !hasMoved || look === LOOKS) return violations;
  }
}

/**
 * Nothing grave for axe, dark and light. A page is the same in both but for its colours: the rules about those are asked
 * twice, all others once.
 * @param tags of axe's rules; those that it runs by itself unless told.
 */
export async function expectAccessible(page: Page, what: string, tags?: string[]): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = axeOf(page);
    if (colorScheme === 'light') axe.withRules(OF_COLOURS);
    else if (tags) axe.withTags(tags);
    const violations = await violationsAtRest(page, axe);
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      `${what}, ${colorScheme}`,
    ).toEqual([]);
  }
}

/** Nothing grave for axe, and nothing wider than the window, from a wide screen to a phone. */
export async function expectSound(page: Page, what: string): Promise<void> {
  for (const width of [1440, 1024, 820, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow, { message: `${what} at ${width}` }).toBeLessThanOrEqual(0);
  }
  await expectAccessible(page, what);
}
