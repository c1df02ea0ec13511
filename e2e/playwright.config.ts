import path from 'node:path';
import { defineConfig } from 'playwright/test';

const root = path.resolve(import.meta.dirname, '..');
const results = path.join(root, 'test-results');

// The app is started again and again: what Node has made of its files is kept between the starts.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.cache', 'node-compile');

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
