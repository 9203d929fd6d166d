import { setTimeout as delay } from 'node:timers/promises';
import type { SubmittingTask, Task, UnknownTask } from '../domain/task.ts';
import { acceptTask, cancelTask, failTask, loseTask, requeueTask } from '../domain/transitions.ts';
import { coerceError } from '../errors.ts';
import { delayCreates, lockAccount } from '../store/accounts.ts';
import type { Executor } from '../store/schema.ts';
import { findTask } from '../store/tasks.ts';
import { saveTurn } from '../store/turns.ts';
import { advanceTask, type Extra, leaveQueue } from './advance.ts';
import type { SubmitDecision } from './outcomes.ts';
import { planSuccess } from './results.ts';
import { firstPollAt, paceMs } from './schedule.ts';
import type { TrackerContext } from './settings.ts';

/** First and longest wait before the end of a POST is written again that could not be written. */
const FIRST_WRITE_RETRY_MS = 50;
const MAX_WRITE_RETRY_MS = 5_000;

/** What a task is after its POST, and what is written with it. */
interface End {
  readonly after: Task;
  readonly extra?: Extra;
}

/** Writes how POSTs ended. */
export class SubmissionRecord {
  readonly #context: TrackerContext;
  readonly #cutOff: AbortSignal;

  /**
   * @param cutOff - aborted when there is no time left: what could not be written then becomes `unknown` at the next start
   */
  constructor(context: TrackerContext, cutOff: AbortSignal) {
    this.#context = context;
    this.#cutOff = cutOff;
  }

  /** Writes the end of a POST. It is known only here, so a database that is away for a while is waited for. */
  async write(task: SubmittingTask, decision: SubmitDecision): Promise<void> {
    const { log } = this.#context;
    for (let waitMs = FIRST_WRITE_RETRY_MS; ; waitMs = Math.min(2 * waitMs, MAX_WRITE_RETRY_MS)) {
      try {
        return await this.#tryWrite(task, decision);
      } catch (error) {
        const providerTaskId = decision.kind === 'accept' ? decision.providerTaskId : undefined;
        const facts = { err: coerceError(error), taskId: task.id, reference: task.id, providerTaskId };
        if (this.#cutOff.aborted) {
          log.error(
            facts,
            'the end of a submission could not be written: the task becomes unknown at the next start',
          );
          return;
        }
        log.error(facts, 'the end of a submission could not be written yet');
        await delay(waitMs, undefined, { signal: this.#cutOff }).catch(() => undefined);
      }
    }
  }

  async #tryWrite(task: SubmittingTask, decision: SubmitDecision): Promise<void> {
    const { store, changes, log, now: clock } = this.#context;
    const change = await store.transaction(async (tx) => {
      const now = await clock(tx);
      // Somebody may be taking it back: both lock the account, so that neither misses the other.
      if (decision.kind === 'requeue') await lockAccount(tx, task.accountId);
      const before = await findTask(tx, task.id);
      if (before && isKnownAlready(before, decision)) return 'known';
      const end = before && this.#endOf(before, decision, now);
      if (!before || !end || !(await advanceTask(tx, before, end.after, now, end.extra))) return undefined;
      if (decision.kind === 'requeue') {
        await saveTurn(tx, task.id, undefined);
        if (slowsBucket(task, decision)) await delayCreates(tx, task.accountId, now + decision.waitMs);
      }
      return { before, after: await this.#takeBack(tx, before, end.after, now), now };
    });
    if (change === 'known') return;
    if (change) changes.announce(change.before, change.after, change.now);
    else
      log.warn(
        { taskId: task.id, reference: task.id, decision: decision.kind },
        'a submission ended after its task had changed',
      );
  }

  /** What MusicAPI did not take is cancelled if somebody wanted to have it back while it was being sent. */
  async #takeBack(tx: Executor, before: Task, after: Task, now: number): Promise<Task> {
    if (before.state !== 'submitting' || before.withdrawnBy === undefined) return after;
    if (after.state !== 'queued') return after;
    const cancelled = cancelTask(after, before.withdrawnBy, now);
    return (await leaveQueue(tx, after, cancelled, now)) ? cancelled : after;
  }

  #endOf(task: Task, decision: SubmitDecision, now: number): End | undefined {
    if (task.state === 'submitting') return this.#end(task, decision, now);
    // A late answer still helps a task that was given up for unknown meanwhile.
    if (task.state !== 'unknown') return undefined;
    if (decision.kind === 'accept') return this.#accept(task, decision, now);
    return decision.kind === 'finish' ? planSuccess(task, decision.yield, now, this.#context) : undefined;
  }

  #end(task: SubmittingTask, decision: SubmitDecision, now: number): End {
    switch (decision.kind) {
      case 'accept':
        return this.#accept(task, decision, now);
      case 'finish':
        return planSuccess(task, decision.yield, now, this.#context);
      case 'requeue':
        return { after: requeueTask(task, decision.setback, now + decision.waitMs) };
      case 'fail':
        return { after: failTask(task, decision.failure, now) };
      case 'lose':
        return { after: loseTask(task, decision.failure, now) };
      default:
        return decision satisfies never;
    }
  }

  #accept(
    task: SubmittingTask | UnknownTask,
    { providerTaskId }: SubmitDecision & { readonly kind: 'accept' },
    now: number,
  ): End {
    const { settings, random } = this.#context;
    const intervalMs = paceMs(settings.pollIntervalMs, task);
    return { after: acceptTask(task, providerTaskId, now, firstPollAt(now, intervalMs, random)) };
  }
}

/**
 * Whether a POST that was not taken puts off the account's next create. What is direct does not go through the bucket,
 * so its refusal says nothing about it: only the task itself waits.
 */
export function slowsBucket(
  { isDirect }: SubmittingTask,
  { setback }: SubmitDecision & { readonly kind: 'requeue' },
): boolean {
  return !isDirect && setback !== 'preparing';
}

/** Whether a webhook was faster than the answer of the POST. */
function isKnownAlready(task: Task, decision: SubmitDecision): boolean {
  if (decision.kind !== 'accept' || !('providerTaskId' in task)) return false;
  return task.providerTaskId === decision.providerTaskId;
}
