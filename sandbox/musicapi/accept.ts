import type { TaskBehaviour } from './behaviours.ts';
import type { Clip, Engine } from './clips.ts';
import type { Context } from './context.ts';
import { deriveUuid } from './ids.ts';
import type { Operation } from './prices.ts';
import type { Task } from './tasks.ts';

/** A request that is in order and only has to be paid. */
export interface TaskOrder {
  readonly key: string;
  readonly operation: Operation;
  /** As it came; a JSON object, since it has been parsed as one. */
  readonly body: unknown;
  /** @defaultValue sonic */
  readonly engine?: Engine;
  /** Plans the clips, once the task has its id. @defaultValue none */
  readonly planClips?: (taskId: string, createdAt: number) => readonly Clip[];
  /** What the task answers as `data` once it is done, where that is no list of clips. */
  readonly planData?: (taskId: string, createdAt: number) => unknown;
  /** With `auto_concat`: what the new part of a pair is called. */
  readonly pairedAs?: Task['pairedAs'];
}

/**
 * The key of a request that would start a task.
 *
 * @throws ApiError 401, or 429 when it comes too soon after the last
 */
export function admitCreate(context: Context, authorization: string | undefined): string {
  const key = context.accounts.authorize(authorization);
  context.accounts.checkCreateRate(key, context.clock.now());
  return key;
}

/**
 * Charges and records a task. Callers have checked the create rate before they looked at the body, so that a
 * refused body does not use the rate up.
 *
 * @throws ApiError 403 when it cannot be paid
 */
export function acceptTask(context: Context, order: TaskOrder): Task {
  const { accounts, clips, clock, settings, tasks } = context;
  tasks.settle();
  const price = settings.prices[order.operation];
  const charge = accounts.charge(order.key, price);
  const now = clock.now();
  accounts.markCreate(order.key, now);
  const taskId = deriveUuid(settings.seed, 'task', String(tasks.accepted.length));
  const task: Task = {
    taskId,
    key: order.key,
    operation: order.operation,
    engine: order.engine ?? 'sonic',
    body: { ...(order.body as Readonly<Record<string, unknown>>) }, // the order promises an object
    acceptedAt: now,
    price,
    charge,
    timeline: settings.timeline,
    clips: order.planClips?.(taskId, now) ?? [],
    ...(order.planData && { data: order.planData(taskId, now) }),
    ...(order.pairedAs && { pairedAs: order.pairedAs }),
    behaviours: takePlanned(context, order.operation),
    refunded: false,
    finishedLooks: 0,
  };
  for (const clip of task.clips) clips.add(clip);
  tasks.add(task);
  context.webhooks.watch(task);
  return task;
}

/** The answer to `POST /sonic/create`, in the form of its page. Live answers had no `code`, like those of the other endpoints. */
export function formatAccepted(task: Task): { code: 200; task_id: string; message: 'success' } {
  return { code: 200, task_id: task.taskId, message: 'success' };
}

/** The answer of all other endpoints to a request that started a task. */
export function formatStarted(task: Task): { message: 'success'; task_id: string } {
  return { message: 'success', task_id: task.taskId };
}

function takePlanned(context: Context, operation: Operation): readonly TaskBehaviour[] {
  const index = context.planned.findIndex(
    (plan) => plan.operation === undefined || plan.operation === operation,
  );
  if (index < 0) return [];
  return context.planned.splice(index, 1).flatMap((plan) => plan.behaviours);
}
