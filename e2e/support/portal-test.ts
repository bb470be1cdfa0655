import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
  request,
} from '@playwright/test';
import { PASSWORD, type TestAccount } from './accounts.ts';
import { type LaneOptions, laneVariable } from './lanes.ts';
import { type PortalState, type RunningPortal, readPortalState } from './portal-state.ts';

/** Signs an account in over HTTP, once a run; the browser's state is kept in a file. */
export async function sessionFileOf(
  account: TestAccount,
  { url, dataDir }: RunningPortal = readPortalState(),
): Promise<string> {
  const file = path.join(dataDir, `session-${account.email}.json`);
  if (existsSync(file)) return file;
  const http = await request.newContext({ baseURL: url });
  const { csrfToken } = (await (await http.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, email: account.email, password: PASSWORD, callbackUrl: `${url}/clips`, json: 'true' };
  await http.post('/api/auth/callback/credentials', { form });
  const { cookies } = await http.storageState({ path: file });
  await http.dispose();
  if (!cookies.some(({ name }) => name === 'next-auth.session-token')) throw new Error(`${account.email}: no session`);
  return file;
}

/** Collects what should never happen in a page. */
export class PageGuard {
  readonly #faults: string[] = [];
  /** The stream of events is open all the time: it breaks with whatever a test breaks, and mends itself. */
  readonly #allowed: RegExp[] = [
    /\/api\/v2\/events\b.*(net::|status of (4|503))/,
    /(net::|status of (4|503)).*\/api\/v2\/events\b/,
  ];

  /** A fault that the test provokes. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  watch(context: BrowserContext): void {
    context.on('weberror', (error) => this.#faults.push(`uncaught: ${error.error().message}`));
    context.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(`console.error: ${message.text()} (${message.location().url})`);
    });
    context.on('requestfailed', (failed) => {
      const reason = failed.failure()?.errorText ?? '';
      // What a page gives up by itself when one leaves it: prefetches, the rest of a video.
      if (reason !== 'net::ERR_ABORTED') this.#faults.push(`failed: ${failed.method()} ${failed.url()} ${reason}`);
    });
  }

  unexpected(): string[] {
    return this.#faults.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)));
  }
}

type ContextOptions = Pick<
  BrowserContextOptions,
  'baseURL' | 'colorScheme' | 'hasTouch' | 'ignoreHTTPSErrors' | 'isMobile' | 'locale' | 'proxy'
>;

interface OpenOptions extends ContextOptions {
  width?: number;
  height?: number;
}

interface Fixtures {
  portal: PortalState;
  /** Where `openAs` goes: the run's portal, or another one with its own accounts. */
  home: RunningPortal;
  guard: PageGuard;
  /** A page of a browser in which this account is signed in; `null`: nobody. */
  openAs(account: TestAccount | null, options?: OpenOptions): Promise<Page>;
}

/** Playwright's test with its lane's portal; ends red when a page of it logged an error or lost a request. */
export const test = base.extend<Fixtures, LaneOptions & { laneState: undefined }>({
  lane: ['portal', { option: true, scope: 'worker' }],
  laneState: [
    async ({ lane }, use) => {
      process.env.HEARTBEAT_E2E_STATE ??= process.env[laneVariable(lane)];
      await use(undefined);
    },
    { auto: true, scope: 'worker' },
  ],
  // Playwright reads what a fixture needs from its parameter's names, so the parameter has to name something.
  portal: async ({ browserName: _ }, use) => use(readPortalState()),
  home: async ({ portal }, use) => use(portal),
  guard: [
    async ({ browserName: _ }, use) => {
      const guard = new PageGuard();
      await use(guard);
      expect(guard.unexpected(), 'unexpected errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
  openAs: async ({ browser, guard, home }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account, { width = 1440, height = 900, ...options } = {}) => {
      const storageState = account ? await sessionFileOf(account, home) : { cookies: [], origins: [] };
      const context = await browser.newContext({
        baseURL: home.url,
        storageState,
        viewport: { width, height },
        ...options,
      });
      guard.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
