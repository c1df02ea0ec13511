import path from 'node:path';
import { defineConfig } from 'playwright/test';

const results = path.resolve(import.meta.dirname, '..', 'test-results');

/** The whole app, driven through its window: one at a time, and a spec that needs a second try is a failure. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  outputDir: path.join(results, 'e2e'),
  reporter: [['list'], ['json', { outputFile: path.join(results, 'e2e.json') }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
