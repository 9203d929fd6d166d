/**
 * The life of a task: every change of state there is, as pure functions. What may follow what is in the
 * parameter types; what a change means for the ledger is in `ledger.ts`.
 */
import type { Origin } from './origin.ts';
import type { Request } from './request.ts';
import type {
  AbandonedTask,
  CancelledTask,
  ExpiredTask,
  FailedTask,
  Failure,
  FollowedTask,
  QueuedTask,
  RunningTask,
  Setback,
  SubmittingTask,
  SucceededTask,
  UnknownTask,
} from './task.ts';
import type { ToolResult } from './tool-result.ts';

/** What a new task starts with. */
export interface NewTask {
  readonly id: string;
  readonly requestKey: string;
  readonly accountId: string;
  readonly request: Request;
  readonly origin: Origin;
  readonly price: number;
  readonly isDirect?: true | undefined;
  readonly groupId?: string | undefined;
}

/** The fields that every state has. */
function baseOf(task: NewTask & { readonly createdAt: number }) {
  const { id, requestKey, accountId, request, origin, price, isDirect, groupId, createdAt } = task;
  return {
    ...{ id, requestKey, accountId, request, origin, price, createdAt },
    ...(isDirect ? { isDirect } : {}),
    ...(groupId === undefined ? {} : { groupId }),
  };
}

/** A validated request whose price is reserved takes its place in the queue. */
export function queueTask(task: NewTask, now: number): QueuedTask {
  return { ...baseOf({ ...task, createdAt: now }), state: 'queued', notBefore: now, tries: 0 };
}

/**
 * The intent to POST: written before anything is sent.
 *
 * @param hasWebhook - MusicAPI is asked to report by a webhook
 */
export function startSubmitting(task: QueuedTask, now: number, hasWebhook = false): SubmittingTask {
  const webhook = hasWebhook ? { webhook: true as const } : {};
  return {
    ...baseOf(task),
    state: 'submitting',
    submittingAt: now,
    tries: task.tries,
    ...preparationOf(task),
    ...webhook,
  };
}

function preparationOf({ preparation }: QueuedTask | SubmittingTask) {
  return preparation ? { preparation } : {};
}

/** Whether a webhook was asked for, which an answer that is lost does not change. */
function webhookOf({ webhook }: SubmittingTask | UnknownTask) {
  return webhook ? { webhook } : {};
}

/** Certainly not taken (429, never connected, or not ready yet): back into the queue, no earlier than `notBefore`. */
export function requeueTask(task: SubmittingTask, setback: Setback, notBefore: number): QueuedTask {
  const { preparation, submittingAt, tries } = task;
  const next =
    setback === 'preparing'
      ? { sinceAt: preparation?.sinceAt ?? submittingAt, times: (preparation?.times ?? 0) + 1 }
      : preparation;
  return {
    ...baseOf(task),
    state: 'queued',
    notBefore,
    tries: tries + 1,
    setback,
    ...(next ? { preparation: next } : {}),
  };
}

/** MusicAPI named its task: by the POST's answer, or by a webhook for a task whose answer was lost. */
export function acceptTask(
  task: SubmittingTask | UnknownTask,
  providerTaskId: string,
  now: number,
  nextPollAt: number,
): RunningTask {
  return {
    ...baseOf(task),
    state: 'running',
    providerTaskId,
    acceptedAt: now,
    polls: 0,
    nextPollAt,
    ...webhookOf(task),
  };
}

/** A poll found it unfinished: look again at `nextPollAt` (undefined: never again, for expired and abandoned). */
export function rescheduleTask<T extends FollowedTask>(
  task: T,
  nextPollAt: T extends RunningTask ? number : number | undefined,
  listenUrl?: string,
): T {
  const next = { ...task, polls: task.polls + 1, nextPollAt };
  return listenUrl && task.state === 'running' ? { ...next, listenUrl } : next;
}

/**
 * At least one good clip, or what a tool gave back. Also for a task that was given up for unknown while its POST, which
 * answers with the result, was still under way.
 */
export function succeedTask(
  task: SubmittingTask | UnknownTask | FollowedTask,
  now: number,
  tool?: ToolResult,
): SucceededTask {
  const accepted =
    'providerTaskId' in task ? { providerTaskId: task.providerTaskId, acceptedAt: task.acceptedAt } : {};
  return { ...baseOf(task), ...accepted, state: 'succeeded', endedAt: now, ...(tool ? { tool } : {}) };
}

/** Refused, failed at the provider, or not allowed any more while it was queued. */
export function failTask(
  task: QueuedTask | SubmittingTask | FollowedTask,
  failure: Failure,
  now: number,
): FailedTask {
  const provider = 'providerTaskId' in task ? { providerTaskId: task.providerTaskId } : {};
  return { ...baseOf(task), ...provider, state: 'failed', failure, endedAt: now };
}

/**
 * The POST's end leaves open whether MusicAPI took it; or whether there was a POST is not known any more, since the
 * database is an earlier one.
 */
export function loseTask(task: QueuedTask | SubmittingTask, failure: Failure, now: number): UnknownTask {
  const webhook = task.state === 'submitting' ? webhookOf(task) : {};
  return { ...baseOf(task), state: 'unknown', failure, unknownAt: now, settled: false, ...webhook };
}

/** The day for which an unknown task's reservation is held is over. */
export function settleUnknown(task: UnknownTask): UnknownTask {
  return { ...task, settled: true };
}

/** A person took it back before it was sent. */
export function cancelTask(task: QueuedTask, by: string, now: number): CancelledTask {
  return { ...baseOf(task), state: 'cancelled', cancelledBy: by, endedAt: now };
}

/** A person wants to take it back while it is being sent: the first one who does is remembered. */
export function withdrawTask(task: SubmittingTask, by: string): SubmittingTask {
  return task.withdrawnBy === undefined ? { ...task, withdrawnBy: by } : task;
}

/** Still running after the deadline. */
export function expireTask(task: RunningTask, now: number, nextPollAt: number): ExpiredTask {
  const { providerTaskId, acceptedAt, polls } = task;
  return { ...baseOf(task), state: 'expired', providerTaskId, acceptedAt, polls, expiredAt: now, nextPollAt };
}

/** The person stopped waiting. */
export function abandonTask(task: RunningTask, by: string, now: number): AbandonedTask {
  const { providerTaskId, acceptedAt, polls, nextPollAt } = task;
  return {
    ...baseOf(task),
    state: 'abandoned',
    providerTaskId,
    acceptedAt,
    polls,
    nextPollAt,
    abandonedBy: by,
    abandonedAt: now,
  };
}
