import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsker } from '../../../../sandbox/page/client/composer-asking.ts';

const PAUSE_MS = 250;

describe('createAsker', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start() {
    const asked: { text: string; signal: AbortSignal }[] = [];
    const asker = createAsker<{ text: string }>(async ({ text }, signal) => {
      asked.push({ text, signal });
    }, PAUSE_MS);
    return { asked, asker };
  }

  it('asks at once before anything is typed, and then only after a pause', () => {
    const { asked, asker } = start();
    asker.follow({ text: '' });
    vi.advanceTimersByTime(0);
    for (const text of ['n', 'ni', 'nig']) {
      asker.follow({ text });
      vi.advanceTimersByTime(PAUSE_MS - 1);
    }
    vi.advanceTimersByTime(1);
    expect(asked.map(({ text }) => text)).toEqual(['', 'nig']);
  });

  it('tells the earlier question that nobody waits for it', () => {
    const { asked, asker } = start();
    asker.follow({ text: '' });
    vi.advanceTimersByTime(0);
    asker.follow(undefined);
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('asks the same question once', () => {
    const { asked, asker } = start();
    const question = { text: '' };
    asker.follow(question);
    asker.follow(question);
    vi.advanceTimersByTime(PAUSE_MS);
    expect(asked).toHaveLength(1);
  });
});
