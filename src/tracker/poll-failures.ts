import type { FollowedTask } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import type { ProviderTask } from '../musicapi/types.ts';
import { createCauses } from './causes.ts';
import type { Settled } from './outcomes.ts';

/** Polls of one task in a row that failed. */
interface Failures {
  readonly count: number;
  /** Epoch ms of the first; the moment of the poll where none did. */
  readonly since: number;
}

/** Counts for each task the polls in a row that failed, and logs why; each cause once in a while. */
export class PollFailures {
  readonly #log: Logger;
  readonly #byTask = new Map<string, Failures>();
  readonly #causes = createCauses();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Failed polls in a row of a task, this one included. */
  count(task: FollowedTask, look: Settled<ProviderTask>, now: number): Failures {
    if (look.ok) {
      this.forget(task.id);
      if (look.value.state === 'running' && look.value.unrecognised !== undefined) {
        this.report(`unrecognised state ${look.value.unrecognised}`, undefined, now, task);
      }
      return { count: 0, since: now };
    }
    const { count, since } = this.#byTask.get(task.id) ?? { count: 0, since: now };
    const failures = { count: count + 1, since };
    this.#byTask.set(task.id, failures);
    const { error } = look;
    const cause =
      error instanceof MusicApiError ? `${error.kind} ${error.status ?? ''}` : coerceError(error).message;
    this.report(`${task.accountId} ${cause}`, error, now, task);
    return failures;
  }

  /** To be called when nobody looks at a task any more. */
  forget(taskId: string): void {
    this.#byTask.delete(taskId);
  }

  /** Logs what went wrong, unless the same cause was logged a while ago. */
  report(cause: string, error: unknown, now: number, task?: FollowedTask): void {
    if (!this.#causes.isNews(cause, now)) return;
    const err = error === undefined ? undefined : coerceError(error);
    const facts = { err, cause, taskId: task?.id, reference: task?.id, providerTaskId: task?.providerTaskId };
    this.#log.warn(facts, 'a look at a task went wrong; it is followed on');
  }
}
