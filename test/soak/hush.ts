/** Keeps members from beginning anything for a while. */
export interface Hush {
  /** Resolves when something may be begun. */
  readonly over: () => Promise<void>;
  /** Nobody begins anything until `happen` has ended. */
  during(happen: () => Promise<void>): Promise<void>;
}

/** Creates one that nobody keeps yet. */
export function createHush(): Hush {
  let over: Promise<void> = Promise.resolve();
  return {
    over: () => over,
    async during(happen) {
      const { promise, resolve } = Promise.withResolvers<void>();
      over = promise;
      try {
        await happen();
      } finally {
        resolve();
      }
    },
  };
}
