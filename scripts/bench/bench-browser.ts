import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { CHROMIUM } from '#scripts/portal/chromium.ts';
import { ensureTools } from '#scripts/portal/ensure-tools.ts';
import type { BenchPortal } from './bench-portal.ts';

const VIEWPORT = { width: 1440, height: 900 };

export interface BenchBrowser {
  /** A page in a context of its own, signed in, with empty caches; it is closed when `use` is done. */
  withPage<T>(use: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(context: BrowserContext, url: string, account: BenchPortal['account']): Promise<StorageState> {
  const { csrfToken } = (await (await context.request.get(`${url}/api/auth/csrf`)).json()) as { csrfToken: string };

  const { email, password } = account;
  const form = { csrfToken, email, password, callbackUrl: `${url}/clips`, json: 'true' };
  await context.request.post(`${url}/api/auth/callback/credentials`, { form });
  return context.storageState();
}

/** Chromium, signed in as the bench's admin. */
export async function openBenchBrowser({ portal, account }: BenchPortal): Promise<BenchBrowser> {
  await ensureTools(['chromium'], () => undefined);
  const browser = await chromium.launch(CHROMIUM);
  try {
    const context = await browser.newContext();
    const storageState = await signIn(context, portal.url, account);
    await context.close();
    return {
      withPage: async (use) => {
        const fresh = await browser.newContext({ baseURL: portal.url, storageState, viewport: VIEWPORT });
        try {
          return await use(await fresh.newPage());
        } finally {
          await fresh.close();
        }
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
