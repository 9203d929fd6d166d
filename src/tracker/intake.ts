import { settle } from '../domain/ledger.ts';
import type { Origin } from '../domain/origin.ts';
import type { Request } from '../domain/request.ts';
import type { QueuedTask, Task } from '../domain/task.ts';
import { queueTask } from '../domain/transitions.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import { lockAccount } from '../store/accounts.ts';
import { addEntry } from '../store/ledger.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import { hasToolSucceeded } from '../store/task-lists.ts';
import { findTaskByRequestKey, insertTask, listGroup } from '../store/tasks.ts';
import { admit } from './admission.ts';
import type { Budgets } from './budget.ts';
import { createIds } from './ids.ts';
import { DEFAULT_LIMITS, type TaskLimits } from './limits.ts';
import { findOperation } from './operation.ts';
import { requireQueueSpace } from './queue-limit.ts';
import type { AskingPlace } from './rules.ts';
import type { ViewDeps } from './view.ts';

/** What taking in a request needs. */
export interface IntakeDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly budgets: Budgets;
  /** Tasks under way at the same time. @defaultValue DEFAULT_LIMITS */
  readonly limits?: TaskLimits;
  /** Tells when there is space in the queue again. @defaultValue a refusal names no time */
  readonly tracking?: ViewDeps;
  /** Ids of tasks: unique, and sorted by time within this process. @defaultValue monotonic ULIDs */
  readonly newId?: () => string;
  /** Told of every new task, once it is written. @defaultValue nobody */
  readonly onTaken?: (task: Task) => void;
}

/** One decision of a person. */
interface Decision {
  readonly origin: Origin;
  /** Unique for the decision: the same key again finds the first task. */
  readonly requestKey: string;
  readonly accountId: string;
  /** Roles of the member in the server: some have budgets of their own. @defaultValue none */
  readonly roleIds?: readonly string[];
  /** Has Manage Server. @defaultValue false */
  readonly isManager?: boolean | undefined;
  /** Where in the server; without it rules about channels let nothing pass. */
  readonly place?: AskingPlace | undefined;
}

/** A decision for one task. */
export interface TaskRequest extends Decision {
  readonly request: Request;
}

/** The task of a decision. */
export interface Requested {
  readonly task: Task;
  /** false = the decision had been taken in before; nothing was written. */
  readonly created: boolean;
}

/** A decision for several tasks at once. */
export interface GroupRequest extends Decision {
  /** At least one. */
  readonly requests: readonly Request[];
}

/** The tasks of a decision, in the order of their requests. */
export interface RequestedGroup {
  readonly tasks: readonly Task[];
  /** As for one task. */
  readonly created: boolean;
}

const newTaskId = createIds();

/**
 * Takes in a validated request, in one transaction: blocks, the server's rules, budgets and the queue's limits are checked, the price
 * reserved, the task queued and its card made due.
 *
 * @throws UserError when one of them does not allow it; nothing was written.
 */
export async function requestTask(
  deps: IntakeDeps,
  { request, ...decision }: TaskRequest,
): Promise<Requested> {
  const { tasks, created } = await requestTasks(deps, { ...decision, requests: [request] });
  const [task] = tasks;
  if (!task) throw new Error(`the decision ${decision.requestKey} made no task`);
  return { task, created };
}

/**
 * The same for several requests of one decision: all of them are taken in, or none. They are a group, named after the
 * first of them, whose card shows all; their request keys are `<key>`, `<key>:2`, `<key>:3` … One request alone makes
 * an ordinary task without a group.
 *
 * @throws UserError when the budget or the queue has no room for all of them; nothing was written.
 */
export async function requestTasks(deps: IntakeDeps, group: GroupRequest): Promise<RequestedGroup> {
  const { store, catalogue, budgets, limits = DEFAULT_LIMITS, tracking, onTaken } = deps;
  const { requests, origin, requestKey, accountId, roleIds = [], isManager, place } = group;
  if (requests.length === 0) throw new Error(`the decision ${requestKey} asks for nothing`);
  // Refuses what the catalogue does not have before anything is read.
  for (const request of requests) catalogue.price(request);
  const taken = await store.transaction(async (tx): Promise<RequestedGroup> => {
    // What is read below must not change before it is decided upon.
    await lockAccount(tx, accountId);
    const known = await findKnown(tx, requestKey);
    if (known) return known;
    const now = await store.now(tx);
    const applicant = { accountId, origin, roleIds, isManager, place };
    const prices = await listPrices(tx, catalogue, accountId, requests);
    const price = prices.reduce((sum, each) => sum + each, 0);
    await admit(tx, budgets, applicant, { price, now, requests });
    await requireQueueSpace(tx, { limits, tracking }, applicant, { count: requests.length, now });
    const tasks = planTasks(deps, group, prices, now);
    for (const task of tasks) {
      const cardDueAt = task === tasks[0] ? now : undefined;
      if (!(await insertTask(tx, task, cardDueAt))) return await findTaken(tx, task, tasks[0]);
      const entry = settle(undefined, task, now);
      if (entry) await addEntry(tx, entry);
    }
    return { tasks, created: true };
  });
  if (taken.created) for (const task of taken.tasks) onTaken?.(task);
  return taken;
}

/** What each request costs: nothing where MusicAPI takes nothing for doing it again. */
async function listPrices(
  tx: Executor,
  catalogue: Catalogue,
  accountId: string,
  requests: readonly Request[],
): Promise<number[]> {
  const prices: number[] = [];
  for (const request of requests) {
    const { isFreeAgain, price } = catalogue.get(request.engine, request.operation);
    const { operation, clip } = request;
    const isFree = isFreeAgain && clip && (await hasToolSucceeded(tx, accountId, operation, clip.clipId));
    prices.push(isFree ? 0 : price);
  }
  return prices;
}

/** The tasks of a decision that was taken in before. */
async function findKnown(tx: Executor, requestKey: string): Promise<RequestedGroup | undefined> {
  const first = await findTaskByRequestKey(tx, requestKey);
  if (!first) return undefined;
  const tasks = first.groupId === undefined ? [first] : await listGroup(tx, first.groupId);
  return { tasks, created: false };
}

/**
 * Another transaction was faster, although it did not wait for the account.
 *
 * @throws Error when it took the key of another task than the first: some tasks of this decision were written already.
 */
async function findTaken(tx: Executor, task: Task, first: Task | undefined): Promise<RequestedGroup> {
  const known = task === first ? await findKnown(tx, task.requestKey) : undefined;
  if (!known) throw new Error(`request key ${task.requestKey} is taken by a task that cannot be read`);
  return known;
}

function planTasks(
  { catalogue, newId = newTaskId }: IntakeDeps,
  { requests, origin, requestKey, accountId }: GroupRequest,
  prices: readonly number[],
  now: number,
): QueuedTask[] {
  const ids = requests.map(() => newId());
  const group = ids.length > 1 ? { groupId: ids[0] } : {};
  return requests.map((request, index) => {
    const isDirect = findOperation(catalogue, request)?.answersWithTask === false;
    const task = {
      id: ids[index] ?? newId(),
      requestKey: index === 0 ? requestKey : `${requestKey}:${index + 1}`,
      ...{ accountId, request, origin, price: prices[index] ?? 0 },
      ...(isDirect ? { isDirect: true as const } : {}),
      ...group,
    };
    return queueTask(task, now);
  });
}
