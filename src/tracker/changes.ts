import type { FailureKind, Task } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/open.ts';
import { advanceTask, type Extra } from './advance.ts';

/** Refusals of the key or the account, not of what was asked for. */
const OPERATOR_KINDS: readonly FailureKind[] = ['not-authorised', 'no-credits'];

/** How the tracker's parts write a change of state and tell of it. */
export interface Changes {
  /** Writes one change in a transaction of its own and tells of it; false when the task had changed meanwhile. */
  commit(before: Task, after: Task, now: number, extra?: Extra): Promise<boolean>;
  /** Tells of a change that a caller's own transaction has committed. */
  announce(before: Task, after: Task, now: number): void;
  /** Tells that a task has something new to show, without a change of state. */
  show(task: Task): void;
}

interface ChangesDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly onChange?: ((task: Task) => void) | undefined;
}

/** Creates the way in which changes are written, logged and told. */
export function createChanges({ store, log, onChange }: ChangesDeps): Changes {
  function show(task: Task): void {
    try {
      onChange?.(task);
    } catch (error) {
      // A listener's mistake must not end the following of a task.
      log.error({ err: coerceError(error), taskId: task.id }, 'a listener for task changes failed');
    }
  }

  function announce(before: Task, after: Task, now: number): void {
    const providerTaskId = 'providerTaskId' in after ? after.providerTaskId : undefined;
    const failure = 'failure' in after ? after.failure : undefined;
    const facts = {
      taskId: after.id,
      // What a person is shown under every word about a task, whatever its state.
      reference: after.id,
      operation: after.request.operation,
      from: before.state,
      to: after.state,
      providerTaskId,
      durationMs: now - after.createdAt,
      ...(failure ? { failure: failure.kind } : {}),
    };
    // What stops every request until the operator acts must not pass for everyday news.
    if (after.state === 'failed' && OPERATOR_KINDS.includes(after.failure.kind))
      log.error({ ...facts, failure }, 'task changed');
    else log.info(facts, 'task changed');
    // MusicAPI's own words may quote what somebody typed.
    if (failure) log.debug({ taskId: after.id, reference: after.id, failure }, 'why a task ended');
    show(after);
  }

  return {
    async commit(before, after, now, extra) {
      const done = await store.transaction((tx) => advanceTask(tx, before, after, now, extra));
      if (done) announce(before, after, now);
      return done;
    },
    announce,
    show,
  };
}
