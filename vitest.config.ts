import { defineConfig } from 'vitest/config';
import { PATIENCE } from './test/support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need a browser: npm run test:browser.
    exclude: ['test/browser/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: PATIENCE },
    // Flows wait for sockets and loops more than they compute, so more of them than cores run side by side.
    maxWorkers: 4,
    // A thread starts in a fraction of the time of a process.
    pool: 'threads',
  },
});
