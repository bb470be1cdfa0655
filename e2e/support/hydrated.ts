import { expect, type Locator } from '@playwright/test';

/**
 * The same locator, once React has taken its element over. A page is readable before that, and what is clicked or
 * chosen too early is lost; people click again, tests do not.
 */
export async function hydrated(locator: Locator): Promise<Locator> {
  const isTakenOver = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps$'));
  await expect.poll(() => locator.evaluate(isTakenOver)).toBe(true);
  return locator;
}
