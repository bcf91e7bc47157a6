import { defineConfig } from '@playwright/test';

import { FLAGS, chromium } from './harness/chromium.ts';

/** Measurements: one at a time, with the machine to themselves, and no retries. */
export default defineConfig({
  testDir: 'bench',
  outputDir: 'test-results',
  reporter: [['list']],
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: chromium(), args: FLAGS },
  },
});
