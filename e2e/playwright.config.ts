import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '#scripts/portal/chromium.ts';
import { COMPILE_CACHE } from '#scripts/portal/compile-cache.ts';
import type { LaneOptions } from './support/lanes.ts';

// For the webs and workers that the tests start, dozens of them from the same files.
process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;

const GOOGLE_SPECS = '**/google-*.spec.ts';
const HTTP_SPECS = '**/*.http.spec.ts';

export default defineConfig<object, LaneOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/global-setup.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Three portals, each with its own database and objects, that know nothing of each other: while the tests of one wait
  // for URLs to expire or processes to start, those of another go on. Within a project the tests share their portal, one
  // at a time; and two at once are as many as two cores carry.
  projects: [
    { name: 'portal', testIgnore: [GOOGLE_SPECS, HTTP_SPECS], workers: 1, use: { lane: 'portal' } },
    // What needs no browser: requests, and processes that are killed.
    { name: 'http', testMatch: HTTP_SPECS, workers: 1, use: { lane: 'http' } },
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
