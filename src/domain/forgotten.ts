/** What is left of a task when what people typed is not to be kept any more. */
import type { Origin } from './origin.ts';
import type { Task } from './task.ts';

/** Begins the ids that stand for people who had themselves deleted. */
const PREFIX = 'gone-';

/** An id for somebody who leaves: it says nothing of who that was. */
export function standInOf(id: string): string {
  return `${PREFIX}${id}`;
}

/** Whether an id stands for somebody who had themselves deleted: nobody can be told anything. */
export function isGone(userId: string): boolean {
  return userId.startsWith(PREFIX);
}

/** Whether nothing of what was asked for is kept any more. Nobody is called by no name. */
export function isEmptied({ origin }: Pick<Task, 'origin'>): boolean {
  return origin.userName === '' && origin.tokenExpiresAt === 0;
}

/** The task without anything that somebody typed, was called, or was answered with; its figures and clips stay. */
export function emptyTask(task: Task): Task {
  const { operation, engine, clip, secondClip, model } = task.request;
  const request = {
    operation,
    engine,
    ...(clip ? { clip } : {}),
    ...(secondClip ? { secondClip } : {}),
    ...(model === undefined ? {} : { model }),
  };
  const common = { request, origin: { ...task.origin, token: '', tokenExpiresAt: 0, userName: '' } };
  switch (task.state) {
    case 'succeeded':
      return { ...task, ...common, tool: undefined };
    case 'running':
      return { ...task, ...common, listenUrl: undefined };
    case 'failed':
      return { ...task, ...common, failure: { kind: task.failure.kind, text: '' } };
    case 'unknown':
      return { ...task, ...common, failure: { kind: task.failure.kind, text: '' } };
    case 'queued':
    case 'submitting':
    case 'expired':
    case 'cancelled':
    case 'abandoned':
      return { ...task, ...common };
    default:
      return task satisfies never;
  }
}

/** The task as nobody's: what the ledger and the following of it need, and nothing that leads to a person. */
export function disownTask(task: Task, standIn: string): Task {
  const empty = emptyTask(task);
  const { engine, operation, model } = empty.request;
  const request = { operation, engine, ...(model === undefined ? {} : { model }) };
  const common = { request, origin: nobody(task.origin, standIn) };
  switch (empty.state) {
    case 'succeeded':
    case 'failed':
      return { ...empty, ...common, providerTaskId: undefined };
    case 'cancelled':
      return { ...empty, ...common, cancelledBy: standIn };
    case 'abandoned':
      return { ...empty, ...common, abandonedBy: standIn };
    case 'submitting':
      return { ...empty, ...common, withdrawnBy: undefined };
    case 'queued':
    case 'running':
    case 'expired':
    case 'unknown':
      return { ...empty, ...common };
    default:
      return empty satisfies never;
  }
}

/** A place that no answer reaches. The server stays: what was spent there counts there. */
function nobody({ context, guildId }: Origin, standIn: string): Origin {
  return {
    applicationId: '',
    interactionId: '',
    token: '',
    tokenExpiresAt: 0,
    context,
    ...(guildId === undefined ? {} : { guildId }),
    channelId: '',
    userId: standIn,
    userName: '',
    locale: 'en-US',
    userInstallOnly: false,
    botCanPost: false,
    botCanLook: false,
    attachmentLimitBytes: 0,
    isPrivate: true,
  };
}
