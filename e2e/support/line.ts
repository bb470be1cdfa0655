import type { Page } from '@playwright/test';

/** Lets no more than this through to a page, in bytes a second. */
export async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, uploadThroughput: -1 },
    downloadThroughput: bytesPerSecond,
  });
}

/** Puts a page to sleep as a closed lid or a forgotten tab does: nothing in it runs until it is woken. */
export async function fallAsleep(page: Page): Promise<{ wake(): Promise<void> }> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const wake = async () => {
    await devTools.send('Page.setWebLifecycleState', { state: 'active' });
  };
  return { wake };
}
