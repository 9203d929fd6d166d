import { StartError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { OpenedDatabase } from './database.ts';
import type { HealthView } from './health.ts';
import { migrate } from './migrate.ts';
import type { Executor } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export interface StoreOptions {
  /** `sqlite:<path>` or `postgres://<address>`, as in `DATABASE_URL`. */
  readonly databaseUrl: string;
  /** The clock, epoch ms. @defaultValue Date.now; on PostgreSQL the server's */
  readonly now?: () => number;
  /** For troubles that are not an answer to anybody, e.g. of a cache. */
  readonly log?: Logger | undefined;
  /**
   * Told when the disk refused what was written to a SQLite file: from then on every statement is refused, and only a
   * new start helps. @defaultValue nobody
   */
  readonly onLost?: ((reason: StartError) => void) | undefined;
  /** After it PostgreSQL is taken to be away. @defaultValue 15 s */
  readonly statementTimeoutMs?: number | undefined;
}

/** The database, open. Repositories are functions that take `db`, or a transaction, as their first argument. */
export interface Store {
  readonly db: Executor;
  readonly log: Logger | undefined;
  /** Whether other processes may work on the same database at the same time. */
  readonly isShared: boolean;
  /** Whether the database answers. */
  readonly health: HealthView;
  /**
   * Runs `work` in one writing transaction: committed when it returns, rolled back when it throws. On SQLite
   * transactions come one after the other, so no network and no files in there. On PostgreSQL they run side by side,
   * and `work` is run again when the database broke it off for the sake of another one: it must change nothing
   * besides the database. Using the store itself inside throws at once, because on SQLite it would wait for its own
   * transaction for ever.
   *
   * @throws DatabaseUnavailableError when the database is away.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /**
   * The clock that decides about leases, budgets and buckets, epoch ms: on PostgreSQL the server's, asked for with
   * an executor, else carried on from when it was asked last.
   */
  now(executor?: Executor): Promise<number>;
  /** Tells the other processes that there may be something to do. */
  ring(): void;
  /** Calls `listener` when another process rings, and when a ring may have been missed. */
  onRing(listener: () => void): void;
  /** Waits for what is running and closes. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens the database, with up-to-date tables: a SQLite file alone, PostgreSQL together with others.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { now, log } = options;
  const database = await openDatabase(options);
  try {
    await migrate(database.patient, database.schema);
  } catch (error) {
    await database.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    db: database.db,
    log,
    isShared: database.isShared,
    health: database.health,
    transaction: (work) => database.transaction(work),
    now: now ? async () => now() : (executor) => database.now(executor),
    ring: () => database.ring(),
    onRing: (listener) => database.onRing(listener),
    close: () => {
      closing ??= database.close();
      return closing;
    },
  };
}

async function openDatabase({
  databaseUrl,
  log,
  onLost,
  statementTimeoutMs,
}: StoreOptions): Promise<OpenedDatabase> {
  if (/^postgres(ql)?:/.test(databaseUrl)) {
    // Its driver takes 10 MB, which a bot on SQLite need not spend.
    const { openPostgres } = await import('./postgres.ts');
    return await openPostgres(databaseUrl, log, statementTimeoutMs);
  }
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : '';
  if (path && path !== ':memory:') return openSqlite(path, { log, onLost });
  throw new StartError('DATABASE_URL names no database: set DATABASE_URL=sqlite:./data/encore.db.');
}
