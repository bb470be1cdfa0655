import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '#scripts/portal/chromium.ts';

const GOOGLE_SPECS = '**/google-*.spec.ts';

export default defineConfig({
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
  // Two portals, each with its own database and objects, that know nothing of each other: while the tests of the one
  // wait for URLs to expire, those of the other go on. Within a project the tests share their portal, one at a time.
  projects: [
    { name: 'portal', testIgnore: GOOGLE_SPECS, workers: 1 },
    { name: 'google', testMatch: GOOGLE_SPECS, workers: 1 },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
