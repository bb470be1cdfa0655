import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '#scripts/portal/chromium.ts';
import { COMPILE_CACHE } from '#scripts/portal/compile-cache.ts';
import type { LaneOptions } from './support/lanes.ts';

// For the webs and workers that the tests start, dozens of them from the same files.
process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;

const GOOGLE_SPECS = '**/google-*.spec.ts';
const HTTP_SPECS = '**/*.http.spec.ts';
const PROCESS_SPECS = '**/*.processes.spec.ts';

export default defineConfig<object, LaneOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/global-setup.ts',
  fullyParallel: false,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Portals of their own, each with its database and objects, that know nothing of each other. Within a project the tests
  // share theirs, one at a time. Two projects at once keep two cores busy; the third that goes on beside them is the one
  // that mostly waits: for leases and graces to end, for URLs to expire.
  projects: [
    { name: 'portal', testIgnore: [GOOGLE_SPECS, HTTP_SPECS, PROCESS_SPECS], workers: 1, use: { lane: 'portal' } },
    // What needs no browser, so that a trace shows nothing: each thing that is expected would be kept for it.
    { name: 'http', testMatch: HTTP_SPECS, workers: 1, use: { lane: 'http', trace: 'off' } },
    // Nor do processes that are killed or stopped, and lines that die.
    { name: 'processes', testMatch: PROCESS_SPECS, workers: 1, use: { lane: 'processes', trace: 'off' } },
    { name: 'google', testMatch: GOOGLE_SPECS, workers: 1 },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    // Without its film: what was on screen is in the snapshots, and to take pictures all the time costs as much as a test.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
});
