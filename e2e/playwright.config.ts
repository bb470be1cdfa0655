import { defineConfig } from '@playwright/test';
import { TEST_CHROMIUM } from '#scripts/portal/chromium.ts';
import { COMPILE_CACHE } from '#scripts/portal/compile-cache.ts';
import type { LaneOptions } from './support/lanes.ts';

// For the webs and workers that the tests start, dozens of them from the same files.
process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;

const GOOGLE_SPECS = '**/google-*.spec.ts';
const HTTP_SPECS = '**/*.http.spec.ts';
const PROCESS_SPECS = '**/*.processes.spec.ts';
/** What is uploaded, cut, marked and played: half of what needs a browser. */
const FILM_SPECS = [
  'main-path',
  'upload-resume',
  'limits',
  'marking',
  'code-window',
  'reels',
  'games',
  'slices',
  'play-frames',
  'player',
  'fetch-ahead',
  'download',
].map((name) => `**/${name}.spec.ts`);

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
  // Portals of their own, each with its database and objects, that know nothing of each other. Within a project the tests
  // share theirs, one at a time. Two projects at once keep two cores busy; more would only make each other late.
  projects: [
    { name: 'film', testMatch: FILM_SPECS, workers: 1, use: { lane: 'film' } },
    {
      ...{ name: 'portal', workers: 1, use: { lane: 'portal' } },
      testIgnore: [...FILM_SPECS, GOOGLE_SPECS, HTTP_SPECS, PROCESS_SPECS],
    },
    // What needs no browser.
    { name: 'http', testMatch: HTTP_SPECS, workers: 1, use: { lane: 'http' } },
    // Nor do processes that are killed or stopped, and lines that die.
    { name: 'processes', testMatch: PROCESS_SPECS, workers: 1, use: { lane: 'processes' } },
    { name: 'google', testMatch: GOOGLE_SPECS, workers: 1 },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: TEST_CHROMIUM,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    // A failure has its picture and what stood on the page; `--trace=retain-on-failure` keeps all that led to it. Each step's
    // snapshots cost every test an eighth of its work.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
