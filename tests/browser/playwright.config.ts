import { defineConfig } from '@playwright/test';

import { FLAGS, chromium } from './harness/chromium.ts';

export default defineConfig({
  testDir: 'stories',
  outputDir: 'test-results',
  reporter: [['list']],
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // A page that does not even start is told at once, not after every test has waited for it.
  maxFailures: 20,
  // Two cores make videos and play them at once: a job takes seconds, not a minute.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // What needs nginx and a built site besides the app is a project of its own.
  projects: [
    { name: 'app', testIgnore: 'nginx.spec.ts' },
    { name: 'nginx', testMatch: 'nginx.spec.ts' },
  ],
  use: {
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromium(), args: FLAGS },
  },
});
