import type { Logger } from '../log.ts';

/** What is known of whether the database answers, for those who have to be told. */
export interface HealthView {
  /** For how long it has not answered, in ms; undefined = it answers, as far as is known. */
  readonly downMs: number | undefined;
  /** How often it did not, since the start of the process. */
  readonly errors: number;
}

/** What is known of whether the database answers: said in the log once when it goes and once when it is back. */
export interface DatabaseHealth extends HealthView {
  failed(error: Error): void;
  answered(): void;
}

/** Creates the memory of one process. */
export function createHealth(log: Logger | undefined): DatabaseHealth {
  let downSince: number | undefined;
  let errors = 0;
  return {
    get downMs() {
      return downSince === undefined ? undefined : Math.round(performance.now() - downSince);
    },
    get errors() {
      return errors;
    },
    failed(error) {
      errors += 1;
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
