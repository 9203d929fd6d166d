import { isOpen, type QueuedTask, type Task } from '../domain/task.ts';
import type { Executor } from '../store/schema.ts';
import type { History } from './history.ts';
import type { Places } from './places.ts';
import { startEstimateMs } from './queue.ts';

/** Progress is never shown as complete before it is. */
const MAX_FRACTION = 0.95;

/** What looking at a task needs. */
export interface ViewDeps {
  readonly history: History;
  readonly places: Places;
  readonly submitIntervalMs: number;
  /** Whether MusicAPI as a whole does not answer. @defaultValue never */
  readonly isProviderDown?: (() => Promise<boolean>) | undefined;
}

/** A task as a person follows it. */
export interface TaskView {
  /** Place in the queue of its account, 1 = next; only while it is queued, and never of a direct task. */
  readonly place?: number | undefined;
  /** Estimated time until it is done; undefined when it takes longer than usual, or has ended. */
  readonly estimateMs?: number | undefined;
  /** Since the request while it waits, since MusicAPI took it (or got it, if direct) while it runs; then until its end. */
  readonly elapsedMs: number;
  /** 0 to 0.95: part of the usual duration that has passed since MusicAPI took it. */
  readonly fraction: number;
  /** It waits for MusicAPI, which does not answer: how long, nobody knows. */
  readonly providerDown?: true | undefined;
}

/** Looks at a task for its status card or a list. */
export async function viewTask(
  executor: Executor,
  deps: ViewDeps,
  task: Task,
  now: number,
): Promise<TaskView> {
  const view = await viewProgress(executor, deps, task, now);
  if (!isOpen(task) || !(await deps.isProviderDown?.())) return view;
  return { ...view, estimateMs: undefined, providerDown: true };
}

async function viewProgress(executor: Executor, deps: ViewDeps, task: Task, now: number): Promise<TaskView> {
  const { history } = deps;
  switch (task.state) {
    case 'queued': {
      const { typicalMs } = await history.get(executor, task.request, now);
      const place = task.isDirect ? undefined : (await deps.places.get(executor, task, now)).place;
      const waitMs = await estimateStartMs(executor, deps, task, now);
      return { place, estimateMs: waitMs + typicalMs, elapsedMs: now - task.createdAt, fraction: 0 };
    }
    case 'submitting': {
      const { typicalMs } = await history.get(executor, task.request, now);
      if (task.isDirect) return viewWork(task.submittingAt, typicalMs, now);
      return { estimateMs: typicalMs, elapsedMs: now - task.createdAt, fraction: 0 };
    }
    case 'running': {
      const { typicalMs } = await history.get(executor, task.request, now);
      return viewWork(task.acceptedAt, typicalMs, now);
    }
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return { elapsedMs: task.endedAt - task.createdAt, fraction: 0 };
    case 'expired':
      return { elapsedMs: task.expiredAt - task.acceptedAt, fraction: 0 };
    case 'abandoned':
      return { elapsedMs: task.abandonedAt - task.acceptedAt, fraction: 0 };
    case 'unknown':
      return { elapsedMs: task.unknownAt - task.createdAt, fraction: 0 };
    default:
      return task satisfies never;
  }
}

/** What MusicAPI has been working on since a moment (epoch ms). */
function viewWork(since: number, typicalMs: number, now: number): TaskView {
  const elapsedMs = now - since;
  const leftMs = typicalMs - elapsedMs;
  const fraction = Math.min(elapsedMs / typicalMs, MAX_FRACTION);
  return { estimateMs: leftMs > 0 ? leftMs : undefined, elapsedMs, fraction };
}

/**
 * Time until a queued task is probably sent: its turn comes, enough of its member's and server's tasks have ended, and
 * a pause after a refusal is over. A direct task waits for such a pause only.
 */
export async function estimateStartMs(
  executor: Executor,
  { history, places, submitIntervalMs }: ViewDeps,
  task: QueuedTask,
  now: number,
): Promise<number> {
  if (task.isDirect) return Math.max(0, task.notBefore - now);
  const { place, nextCreateAt, rounds } = await places.get(executor, task, now);
  const { typicalMs } = await history.get(executor, task.request, now);
  const untilTurnMs = startEstimateMs(place, { untilNextMs: nextCreateAt - now, submitIntervalMs });
  return Math.max(untilTurnMs, rounds * typicalMs, task.notBefore - now);
}
