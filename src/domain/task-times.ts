import type { Task } from './task.ts';

/** Since when a task is in its state (epoch ms); of one that is back in the queue, since it was there first. */
export function stateSinceOf(task: Task): number {
  switch (task.state) {
    case 'queued':
      return task.createdAt;
    case 'submitting':
      return task.submittingAt;
    case 'running':
      return task.acceptedAt;
    case 'expired':
      return task.expiredAt;
    case 'abandoned':
      return task.abandonedAt;
    case 'unknown':
      return task.unknownAt;
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return task.endedAt;
    default:
      return task satisfies never;
  }
}

/** Why a task is in its state, in a word for the log; undefined where that is what is usual. */
export function causeOf(task: Task): string | undefined {
  switch (task.state) {
    case 'queued':
      return task.setback;
    case 'failed':
    case 'unknown':
      return task.failure.kind;
    case 'expired':
      return 'deadline';
    case 'cancelled':
    case 'abandoned':
      return 'taken-back';
    case 'submitting':
    case 'running':
    case 'succeeded':
      return undefined;
    default:
      return task satisfies never;
  }
}
