/**
 * How long a test waits for what has to come, and how often it looks: only a deadlock takes so long, on however busy a
 * machine. `expect.poll` waits like this by itself (vitest.config.ts); `vi.waitFor` and `vi.waitUntil` are told.
 */
export const PATIENCE = { timeout: 45_000, interval: 10 } as const;
