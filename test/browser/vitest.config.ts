import { defineConfig } from 'vitest/config';
import { PATIENCE } from '../support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/browser/*.test.ts'],
    // A test opens several windows and goes a long way in each: twice what others have.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: PATIENCE },
    // A browser takes a core of its own.
    maxWorkers: 1,
    pool: 'threads',
    globalSetup: ['test/browser/require-chromium.ts'],
  },
});
