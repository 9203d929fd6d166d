import type { FailureKind, Task } from '../domain/task.ts';
import { causeOf, stateSinceOf } from '../domain/task-times.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/open.ts';
import { type Observe, unobserved } from '../telemetry/events.ts';
import { advanceTask, type Extra } from './advance.ts';

/** Refusals of the key or the account, not of what was asked for. */
const OPERATOR_KINDS: readonly FailureKind[] = ['not-authorised', 'no-credits'];

/** How the tracker's parts write a change of state and tell of it. */
export interface Changes {
  /** Writes one change in a transaction of its own and tells of it; false when the task had changed meanwhile. */
  commit(before: Task, after: Task, now: number, extra?: Extra): Promise<boolean>;
  /** Tells of a change that a caller's own transaction has committed; of a new task without `before`. */
  announce(before: Task | undefined, after: Task, now: number): void;
  /** Tells that a task has something new to show, without a change of state. */
  show(task: Task): void;
}

interface ChangesDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly onChange?: ((task: Task) => void) | undefined;
  /** @defaultValue nobody */
  readonly observe?: Observe | undefined;
}

/** Creates the way in which changes are written, logged and told. */
export function createChanges({ store, log, onChange, observe = unobserved }: ChangesDeps): Changes {
  function show(task: Task): void {
    try {
      onChange?.(task);
    } catch (error) {
      // A listener's mistake must not end the following of a task.
      log.error({ err: coerceError(error), taskId: task.id }, 'a listener for task changes failed');
    }
  }

  function announce(before: Task | undefined, after: Task, now: number): void {
    observe({ kind: 'task-changed', before, after, at: now });
    const providerTaskId = 'providerTaskId' in after ? after.providerTaskId : undefined;
    const failure = 'failure' in after ? after.failure : undefined;
    const facts = {
      taskId: after.id,
      // What a person is shown under every word about a task, whatever its state.
      reference: after.id,
      accountId: after.accountId,
      engine: after.request.engine,
      operation: after.request.operation,
      from: before?.state,
      to: after.state,
      cause: causeOf(after),
      providerTaskId,
      // In the state that it leaves, and since the request.
      stateMs: before && now - stateSinceOf(before),
      durationMs: now - after.createdAt,
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
