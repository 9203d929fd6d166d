import type { Logger } from '../log.ts';

/** What is known of whether the database answers: said in the log once when it goes and once when it is back. */
export interface DatabaseHealth {
  failed(error: Error): void;
  answered(): void;
}

/** Creates the memory of one process. */
export function createHealth(log: Logger | undefined): DatabaseHealth {
  let downSince: number | undefined;
  return {
    failed(error) {
      if (downSince !== undefined) return;
      downSince = performance.now();
      log?.error({ err: error }, 'the database does not answer: everything waits until it does');
    },
    answered() {
      if (downSince === undefined) return;
      const outageMs = Math.round(performance.now() - downSince);
      downSince = undefined;
      log?.info({ outageMs }, 'the database answers again');
    },
  };
}
