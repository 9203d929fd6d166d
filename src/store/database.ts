import type { Kysely } from 'kysely';
import type { HealthView } from './health.ts';
import type { Database, Executor } from './schema.ts';

/** An open database of either kind: what its driver has to give to the store. */
export interface OpenedDatabase {
  readonly db: Kysely<Database>;
  /** The same, for statements that may take minutes or wait for another process: none is broken off. */
  readonly patient: Kysely<Database>;
  /** Whether other processes may work on it at the same time. */
  readonly isShared: boolean;
  readonly health: HealthView;
  /** Where the tables are, when the database has several places for tables. */
  readonly schema?: string;
  /** The database's clock, epoch ms; with an executor exact to the moment, else as it was measured lately. */
  now(executor?: Executor): Promise<number>;
  /** Runs `work` in one transaction; again when the database broke it off for the sake of another one. */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** Wakes the other processes. Never throws. */
  ring(): void;
  /** Calls `listener` when another process rings, or may have. */
  onRing(listener: () => void): void;
  /** Waits for what is running, closes, and gives up what only one process may have. */
  close(): Promise<void>;
}
