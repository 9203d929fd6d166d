import { AsyncLocalStorage } from 'node:async_hooks';

/** The transaction that the running code belongs to; `open` ends with it, also for calls that outlive it. */
const currentTransaction = new AsyncLocalStorage<{ open: boolean }>();

/** Runs `work` marked as inside a transaction, so that a use of the outer database in it is an error. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await currentTransaction.run(mark, work);
  } finally {
    mark.open = false;
  }
}

/**
 * Throws when the running code is inside a transaction. SQLite has one connection: whoever waits for it inside
 * a transaction waits for ever. On PostgreSQL the same mistake shows only when all connections are in use.
 */
export function refuseInsideTransaction(): void {
  if (!currentTransaction.getStore()?.open) return;
  throw new Error('the store was used inside a transaction: pass the transaction on as the executor');
}
