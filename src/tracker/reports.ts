import type { Task } from '../domain/task.ts';
import { acceptTask, rescheduleTask } from '../domain/transitions.ts';
import { findTask, updateTask } from '../store/tasks.ts';
import { advanceTask } from './advance.ts';
import type { TrackerContext } from './settings.ts';

/** What a report of MusicAPI did. */
export type ReportOutcome =
  /** The task is looked at as soon as possible. */
  | 'woken'
  /** Nothing is waited for: it has ended, or has not been sent. */
  | 'nothing'
  | 'no-task';

/** More often than this a task does not change under our hands within one report. */
const MAX_ATTEMPTS = 5;

/**
 * Takes in that MusicAPI has something to tell about a task. A report never ends a task: it only brings the next
 * look forward, which also counts as a change, so that a look under way cannot put it off again.
 *
 * @param providerTaskId - How MusicAPI calls it, if the report says so.
 */
export async function takeReport(
  { store, changes, now: clock }: TrackerContext,
  taskId: string,
  providerTaskId: string | undefined,
): Promise<ReportOutcome> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const change = await store.transaction(async (tx) => {
      const now = await clock(tx);
      const before = await findTask(tx, taskId);
      if (!before) return { outcome: 'no-task' } as const;
      const after = afterReport(before, providerTaskId, now);
      if (!after) return { outcome: 'nothing' } as const;
      const isNews = after.state !== before.state;
      const isWritten = await (isNews ? advanceTask(tx, before, after, now) : updateTask(tx, before, after));
      return isWritten && ({ outcome: 'woken', before, after, isNews, now } as const);
    });
    if (!change) continue;
    if (change.outcome === 'woken' && change.isNews) {
      changes.announce(change.before, change.after, change.now);
    }
    return change.outcome;
  }
  // It changes all the time, so it is looked at anyway.
  return 'nothing';
}

function afterReport(task: Task, providerTaskId: string | undefined, now: number): Task | undefined {
  switch (task.state) {
    case 'running':
      return rescheduleTask(task, now);
    case 'expired':
    case 'abandoned':
      return rescheduleTask(task, now);
    // How long it took is counted from when it was sent: the report may come at its very end.
    case 'submitting':
      return providerTaskId ? acceptTask(task, providerTaskId, task.submittingAt, now) : undefined;
    case 'unknown':
      return providerTaskId ? acceptTask(task, providerTaskId, task.unknownAt, now) : undefined;
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return undefined;
    default:
      return task satisfies never;
  }
}
