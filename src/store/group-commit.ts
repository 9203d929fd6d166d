import { AsyncResource } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { insideTransaction } from './inside-transaction.ts';
import type { Database, Executor } from './schema.ts';

/** One caller's transaction, waiting for its turn. */
interface Waiting {
  run(tx: Executor): Promise<void>;
  settle(commitError?: unknown): void;
}

/** Bounds how long the first of a group waits for the commit. */
const MAX_GROUP_MS = 20;

/**
 * Runs transactions one after the other, and commits together what was waiting. A commit reaches the disk before
 * it returns, which takes longer than the work in it, so a busy process would otherwise spend its time on
 * commits. Each caller's work stands in a savepoint of its own: one that fails takes nothing else with it, and
 * nobody hears of success before the commit.
 *
 * @param clock - in ms @defaultValue the process's own
 */
export function createGroupCommit(db: Kysely<Database>, clock = () => performance.now()) {
  const waiting: Waiting[] = [];
  let isRunning = false;

  async function runGroups(): Promise<void> {
    isRunning = true;
    // Begun at once, a transaction would be over, commit included, before Node looks at the next answer of the network:
    // a hundred of them that come together would be a hundred commits with nothing in between.
    await nextTurn();
    while (waiting.length > 0) {
      const group: Waiting[] = [];
      try {
        await db.transaction().execute(async (tx) => {
          const endsAt = clock() + MAX_GROUP_MS;
          for (let next = waiting.shift(); next; next = clock() < endsAt ? waiting.shift() : undefined) {
            group.push(next);
            await next.run(tx);
          }
        });
        for (const member of group) member.settle();
      } catch (error) {
        // Where not even a beginning is possible (closed, or the disk is full), all that wait hear of it.
        for (const member of group.length > 0 ? group : waiting.splice(0)) member.settle(error);
      }
    }
    isRunning = false;
  }

  return <T>(work: (tx: Executor) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push(waitFor(work, resolve, reject));
      if (!isRunning) void runGroups();
    });
}

function waitFor<T>(
  work: (tx: Executor) => Promise<T>,
  resolve: (value: T) => void,
  reject: (reason: unknown) => void,
): Waiting {
  let outcome: () => void = () => reject(new Error('the transaction did not run'));
  // It runs in the turn of whoever came first, and belongs to its own caller all the same: what it refuses, it refuses
  // in the caller's language.
  const asCaller = AsyncResource.bind((tx: Executor) => insideTransaction(() => work(tx)));
  return {
    async run(tx) {
      await sql`savepoint work`.execute(tx);
      try {
        const value = await asCaller(tx);
        outcome = () => resolve(value);
      } catch (error) {
        outcome = () => reject(error);
        await sql`rollback to work`.execute(tx);
      }
      await sql`release work`.execute(tx);
    },
    settle: (commitError) => (commitError === undefined ? outcome() : reject(commitError)),
  };
}
