import type { QueuedTask } from '../domain/task.ts';
import { getAccount } from '../store/accounts.ts';
import type { Executor } from '../store/schema.ts';
import { listQueued } from '../store/task-lists.ts';
import { DEFAULT_LIMITS, type TaskLimits } from './limits.ts';
import { rankQueue } from './standings.ts';

/** An order is kept this long per waiting task: a long queue hardly moves, and its order costs the more. */
const KEEP_MS_PER_TASK = 4;

/** Where a queued create stands. */
interface Place {
  /** 1 = next. */
  readonly place: number;
  /** When the account's bucket allows the next create (epoch ms). */
  readonly nextCreateAt: number;
  /** How often tasks under way of its member or server have to end first; 0 = it waits for its turn only. */
  readonly rounds: number;
}

/** Places in the queues of accounts. */
export interface Places {
  /** Place of a queued task that is not direct. One that came since the order was made gets the last place for now. */
  get(executor: Executor, task: Pick<QueuedTask, 'id' | 'accountId'>, now: number): Promise<Place>;
  /** A task left the queue out of its turn: everybody behind it has moved up. */
  forget(accountId: string): void;
}

interface Order {
  readonly places: ReadonlyMap<string, Omit<Place, 'nextCreateAt'>>;
  readonly nextCreateAt: number;
  readonly until: number;
}

/** Creates a view of the queues that orders each of them at most once in a while, however many ask. */
export function createPlaces(limits: TaskLimits = DEFAULT_LIMITS): Places {
  const kept = new Map<string, Order>();

  async function order(executor: Executor, accountId: string, now: number): Promise<Order> {
    const entries = await listQueued(executor, accountId, 'create');
    const standings = await rankQueue(executor, accountId, entries, { limits, now });
    const { nextCreateAt } = await getAccount(executor, accountId);
    const places = new Map(
      standings.map(({ entry, rounds }, index) => [entry.id, { place: index + 1, rounds }]),
    );
    const ordered = { places, nextCreateAt, until: now + entries.length * KEEP_MS_PER_TASK };
    kept.set(accountId, ordered);
    return ordered;
  }

  return {
    async get(executor, { id, accountId }, now) {
      const known = kept.get(accountId);
      const { places, nextCreateAt } =
        known && now < known.until ? known : await order(executor, accountId, now);
      return { place: places.size + 1, rounds: 0, ...places.get(id), nextCreateAt };
    },
    forget(accountId) {
      kept.delete(accountId);
    },
  };
}
