import { expect, type Page } from '@playwright/test';

/** Opens the clips and looks at every card until its picture is there; their URLs. */
async function seePictures(page: Page): Promise<string[]> {
  await page.goto('/clips');
  const pictures = page.getByRole('article').locator('img');
  await expect(pictures.first()).toBeVisible();
  const isThere = (image: HTMLElement | SVGElement) => image instanceof HTMLImageElement && image.naturalWidth > 0;
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate(isThere)).toBe(true);
  }
  return pictures.evaluateAll((images) => images.map((image) => (image as HTMLImageElement).currentSrc));
}

/** Visits the clips twice in one browser, and says how many pictures there are and how often each visit downloaded one. */
export async function visitTwice(page: Page, downloads: () => number) {
  const from = downloads();
  let seen = await seePictures(page);
  const first = downloads() - from;
  for (;;) {
    const [urls, before] = [seen, downloads()];
    seen = await seePictures(await page.context().newPage());
    // A window may have ended in between, and all URLs with it: then this was a first visit.
    const isSameWindow = seen.join() === urls.join();
    if (isSameWindow || before === downloads()) return { pictures: seen.length, first, second: downloads() - before };
  }
}
