import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

// Threads and processes that tests start run from their sources: what Node has made of those is kept between them.
process.env.NODE_COMPILE_CACHE ??= path.join(root, '.cache', 'node-compile');

/** Unit tests stand beside the code they test and run in plain Node: no Electron, no browser. */
export default defineConfig({
  test: {
    root,
    include: [
      'main/**/*.test.ts',
      'preload/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'build/**/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    // Many wait for a while: for an answer that does not come, or for the next look at an activity.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
