/** A source of the current time, in epoch milliseconds. */
export interface TimeSource {
  now(): number;
}

/** Discord's own clock: it can be moved forward, and it wakes what waits for a moment. */
export interface DiscordClock extends TimeSource {
  /** Moves the clock forward and runs everything that has become due. */
  advance(ms: number): void;
  /** Runs `run` once, `ms` from now by this clock. Returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Forgets all waiting work. */
  close(): void;
}

interface Waiting {
  readonly dueAt: number;
  readonly run: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Creates the clock on top of a source, which defaults to the system's time. */
export function createClock(source: TimeSource = { now: Date.now }): DiscordClock {
  let offsetMs = 0;
  const waiting = new Set<Waiting>();
  const now = () => source.now() + offsetMs;

  function fire(entry: Waiting): void {
    if (!waiting.has(entry)) return;
    clearTimeout(entry.timer);
    if (entry.dueAt > now()) {
      entry.timer = setTimeout(() => fire(entry), entry.dueAt - now());
      // A pending deadline is no reason to keep a finished program alive.
      entry.timer.unref();
      return;
    }
    waiting.delete(entry);
    entry.run();
  }

  return {
    now,
    advance(ms) {
      offsetMs += ms;
      for (const entry of [...waiting].sort((a, b) => a.dueAt - b.dueAt)) fire(entry);
    },
    after(ms, run) {
      const entry: Waiting = { dueAt: now() + ms, run, timer: undefined };
      waiting.add(entry);
      entry.timer = setTimeout(() => fire(entry), ms);
      entry.timer.unref();
      return () => {
        clearTimeout(entry.timer);
        waiting.delete(entry);
      };
    },
    close() {
      for (const entry of waiting) clearTimeout(entry.timer);
      waiting.clear();
    },
  };
}
