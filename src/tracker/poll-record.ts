import type { FollowedTask, Task } from '../domain/task.ts';
import { expireTask, failTask, rescheduleTask } from '../domain/transitions.ts';
import { touchCard } from '../store/cards.ts';
import { claimFollowed, rescheduleTasks } from '../store/task-claims.ts';
import { findTask } from '../store/tasks.ts';
import type { Extra } from './advance.ts';
import type { PollDecision } from './outcomes.ts';
import type { PollFailures } from './poll-failures.ts';
import { planSuccess } from './results.ts';
import { leaseMsOf, type TrackerContext } from './settings.ts';

/** Most changes that are tried when a task changes under our hands: more than there are states. */
const MAX_ATTEMPTS = 5;

type Reschedule = PollDecision & { readonly kind: 'reschedule' };
type Ending = Exclude<PollDecision, Reschedule>;

/** A poll that found a task unfinished, to be written with others. */
interface Look {
  readonly task: FollowedTask;
  readonly hasNewAddress: boolean;
}

/** Writes what polls found: an end at once, unfinished tasks in batches, together with the claim of those that are due. */
export class PollRecord {
  readonly #context: TrackerContext;
  readonly #failures: PollFailures;
  #looks: Look[] = [];

  constructor(context: TrackerContext, failures: PollFailures) {
    this.#context = context;
    this.#failures = failures;
  }

  /** Whether nothing waits for the next exchange. */
  get isEmpty(): boolean {
    return this.#looks.length === 0;
  }

  /** Keeps for the next exchange that a task is unfinished. */
  keep(task: FollowedTask, decision: Reschedule): void {
    const look = planLook(task, decision);
    if (look.task.nextPollAt === undefined) this.#failures.forget(task.id);
    this.#looks.push(look);
  }

  /**
   * One transaction for both directions: what was found goes in, what is due comes out.
   *
   * @param limit - most tasks that are claimed
   */
  async exchange(limit: number): Promise<FollowedTask[]> {
    const { store, owner, settings, now: clock, changes } = this.#context;
    const looks = this.#looks;
    this.#looks = [];
    const exchange = store.transaction(async (tx) => {
      const now = await clock(tx);
      const tasks = looks.map(({ task }) => task);
      const ids = await rescheduleTasks(tx, tasks);
      const saved = looks.filter((look) => ids.has(look.task.id));
      for (const { task, hasNewAddress } of saved) if (hasNewAddress) await touchCard(tx, task.id, now);
      const leaseUntil = now + leaseMsOf(settings);
      const onBroken = (error: unknown): void => this.#failures.report('broken row', error, now);
      const due = limit > 0 ? await claimFollowed(tx, { now, limit, owner, leaseUntil, onBroken }) : [];
      return { written: saved, claimed: due };
    });
    const { written, claimed } = await exchange.catch((error: unknown) => {
      this.#looks = [...looks, ...this.#looks];
      throw error;
    });
    for (const { task, hasNewAddress } of written) if (hasNewAddress) changes.show(task);
    return claimed;
  }

  /** Ends a task. A person may have changed it meanwhile: then the same find is applied to what it is now. */
  async end(task: FollowedTask, decision: Ending, now: number): Promise<void> {
    const { store, changes } = this.#context;
    let before: Task | undefined = task;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && before && isFollowed(before); attempt += 1) {
      const end = planEnd(before, decision, now, this.#context);
      if (!end) return;
      if (await changes.commit(before, end.after, now, end.extra)) {
        if (end.after.state !== 'expired') this.#failures.forget(task.id);
        return;
      }
      before = await findTask(store.db, task.id);
    }
  }
}

function isFollowed(task: Task): task is FollowedTask {
  return task.state === 'running' || task.state === 'expired' || task.state === 'abandoned';
}

function planLook(task: FollowedTask, { nextPollAt, listenUrl }: Reschedule): Look {
  if (task.state !== 'running') return { task: rescheduleTask(task, nextPollAt), hasNewAddress: false };
  if (nextPollAt === undefined)
    throw new Error(`task ${task.id} is running and would never be looked at again`);
  // Only the first address: later ones may differ with every poll, and the card would never rest.
  const newAddress = task.listenUrl ? undefined : listenUrl;
  return { task: rescheduleTask(task, nextPollAt, newAddress), hasNewAddress: newAddress !== undefined };
}

function planEnd(
  task: FollowedTask,
  decision: Ending,
  now: number,
  context: TrackerContext,
): { readonly after: Task; readonly extra?: Extra } | undefined {
  switch (decision.kind) {
    case 'succeed':
      return planSuccess(task, decision.yield, now, context);
    case 'fail':
      return { after: failTask(task, decision.failure, now) };
    case 'expire':
      return task.state === 'running' ? { after: expireTask(task, now, decision.nextPollAt) } : undefined;
    default:
      return decision satisfies never;
  }
}
