import { describe, expect, test } from 'vitest';
import { createLoop, type LoopOptions } from '../../src/tracker/loop.ts';

/** A loop whose passes are held open by the test. */
function heldLoop(options: Partial<LoopOptions> = {}) {
  const passes: PromiseWithResolvers<number | undefined>[] = [];
  const errors: unknown[] = [];
  let active = 0;
  let mostActive = 0;
  const loop = createLoop({
    name: 'test',
    minWaitMs: 0,
    maxWaitMs: 3_600_000,
    onError: (error) => errors.push(error),
    ...options,
    pass: async () => {
      active += 1;
      mostActive = Math.max(mostActive, active);
      const held = Promise.withResolvers<number | undefined>();
      passes.push(held);
      try {
        return await held.promise;
      } finally {
        active -= 1;
      }
    },
  });
  const started = (count: number) => expect.poll(() => passes.length, { interval: 2 }).toBe(count);
  return { loop, passes, errors, started, mostActive: () => mostActive };
}

describe('createLoop', () => {
  test('runs a pass at once and the next one after the wait that the pass asked for', async () => {
    const { loop, passes, started } = heldLoop();
    loop.start();
    await started(1);
    passes[0]?.resolve(5);
    await started(2);
    passes[1]?.resolve(undefined);
    await loop.stop();
  });

  test('a wake ends the wait', async () => {
    const { loop, passes, started } = heldLoop();
    loop.start();
    await started(1);
    passes[0]?.resolve(undefined);
    await passes[0]?.promise;
    loop.wake();
    await started(2);
    passes[1]?.resolve(undefined);
    await loop.stop();
  });

  test('wakes during a pass run one more pass, and never two at a time', async () => {
    const { loop, passes, started, mostActive } = heldLoop();
    loop.start();
    await started(1);
    for (let i = 0; i < 10; i += 1) loop.wake();
    passes[0]?.resolve(undefined);
    await started(2);
    passes[1]?.resolve(undefined);
    await passes[1]?.promise;
    await loop.stop();
    expect(passes).toHaveLength(2);
    expect(mostActive()).toBe(1);
  });

  test('wakes in quick succession are one pass after the least wait', async () => {
    const ends: number[] = [];
    const loop = createLoop({
      name: 'test',
      minWaitMs: 40,
      maxWaitMs: 3_600_000,
      onError: () => undefined,
      pass: async () => {
        ends.push(performance.now());
        return undefined;
      },
    });
    loop.start();
    await expect.poll(() => ends.length, { interval: 1 }).toBe(1);
    const pester = setInterval(() => loop.wake(), 1);
    await expect.poll(() => ends.length, { interval: 1 }).toBe(4);
    clearInterval(pester);
    await loop.stop();
    expect((ends[3] ?? 0) - (ends[0] ?? 0)).toBeGreaterThanOrEqual(3 * 40 - 5);
  });

  test('a failed pass is reported and waits the whole interval, whoever wakes', async () => {
    let passes = 0;
    const errors: unknown[] = [];
    const firstEndedAt: number[] = [];
    const loop = createLoop({
      name: 'cards',
      minWaitMs: 0,
      maxWaitMs: 60,
      onError: (error, name) => errors.push([name, error]),
      pass: async () => {
        passes += 1;
        firstEndedAt.push(performance.now());
        if (passes === 1) throw new Error('database is away');
        return undefined;
      },
    });
    loop.start();
    const pester = setInterval(() => loop.wake(), 1);
    await expect.poll(() => passes, { interval: 1 }).toBeGreaterThan(1);
    clearInterval(pester);
    await loop.stop();
    expect(errors).toEqual([['cards', new Error('database is away')]]);
    expect((firstEndedAt[1] ?? 0) - (firstEndedAt[0] ?? 0)).toBeGreaterThanOrEqual(55);
  });

  test('a pass that asks for an unbounded wait still gets the longest one', async () => {
    let passes = 0;
    const loop = createLoop({
      name: 'test',
      minWaitMs: 0,
      maxWaitMs: 10,
      onError: () => undefined,
      pass: async () => {
        passes += 1;
        return Number.POSITIVE_INFINITY;
      },
    });
    loop.start();
    await expect.poll(() => passes, { interval: 1 }).toBeGreaterThan(2);
    await loop.stop();
  });

  test('stop ends a long wait at once', async () => {
    const { loop, passes, started } = heldLoop();
    loop.start();
    await started(1);
    passes[0]?.resolve(undefined);
    await passes[0]?.promise;
    await loop.stop();
    loop.wake();
    expect(passes).toHaveLength(1);
  });

  test('stop aborts the signal of the pass under way and awaits the pass', async () => {
    let ended = false;
    let begun = false;
    const loop = createLoop({
      name: 'test',
      minWaitMs: 0,
      maxWaitMs: 1_000,
      onError: () => undefined,
      pass: async (signal) => {
        begun = true;
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await Promise.resolve();
        ended = true;
        return undefined;
      },
    });
    loop.start();
    await expect.poll(() => begun).toBe(true);
    await loop.stop();
    expect(ended).toBe(true);
  });

  test('stopping before the start is harmless, and a stopped loop stays stopped', async () => {
    const { loop, passes } = heldLoop();
    await loop.stop();
    loop.start();
    await loop.stop();
    expect(passes).toHaveLength(0);
  });
});
