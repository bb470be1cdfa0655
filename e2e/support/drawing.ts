import type { Locator, Page } from '@playwright/test';

/** Parts of the picture's width and height. */
export type Share = readonly [x: number, y: number];

/** What is drawn on. */
export const surface = (page: Page): Locator => page.getByRole('img', { name: /^The picture/ });

/** Where these are on the screen. */
export async function spotsIn(page: Page, shares: readonly Share[]): Promise<{ x: number; y: number }[]> {
  const box = await surface(page).boundingBox();
  if (!box) throw new Error('there is nothing to draw on');
  return shares.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
}

/** Draws with the mouse, through all of these. */
export async function drag(page: Page, ...shares: Share[]): Promise<void> {
  const [first, ...rest] = await spotsIn(page, shares);
  await page.mouse.move(first?.x ?? 0, first?.y ?? 0);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
}
