/**
 * What an answer or an error of MusicAPI means for a task, as a decision that one other place carries out.
 */
import type { Failure, FollowedTask, Preparation, Setback } from '../domain/task.ts';
import { coerceError, UserError } from '../errors.ts';
import { MusicApiError, NO_REASON, submissionOutcome } from '../musicapi/errors.ts';
import type { ProviderClip, ProviderTask, Submission, Yield } from '../musicapi/types.ts';
import type { Estimate } from './estimate.ts';
import {
  afterlifePollAt,
  leastGapMs,
  nextPollAt,
  paceMs,
  pollBackOffMs,
  submitBackOffMs,
} from './schedule.ts';

/** What the end of a POST means. */
export type SubmitDecision =
  | { readonly kind: 'accept'; readonly providerTaskId: string }
  | { readonly kind: 'finish'; readonly yield: Yield }
  | { readonly kind: 'requeue'; readonly setback: Setback; readonly waitMs: number }
  | { readonly kind: 'fail'; readonly failure: Failure }
  | { readonly kind: 'lose'; readonly failure: Failure };

/** What a look at a followed task means. */
export type PollDecision =
  | {
      readonly kind: 'reschedule';
      /** undefined = nobody looks any more (expired and abandoned tasks only). */
      readonly nextPollAt: number | undefined;
      readonly listenUrl?: string | undefined;
    }
  | { readonly kind: 'succeed'; readonly yield: Yield }
  | { readonly kind: 'fail'; readonly failure: Failure }
  | { readonly kind: 'expire'; readonly nextPollAt: number };

/** How a POST or a poll ended. */
export type Settled<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: unknown };

/** What the end of a POST is judged with. */
export interface SubmitContext {
  /** The POST was cut off by ourselves. */
  readonly interrupted: boolean;
  /** How often in a row MusicAPI took nothing before. */
  readonly setbacks: number;
  /** How often it was preparing the answer of this task before. */
  readonly preparation?: Preparation | undefined;
  readonly now: number;
  readonly random: () => number;
}

/** What a poll is judged with. */
export interface PollContext {
  readonly now: number;
  readonly intervalMs: number;
  readonly deadlineMs: number;
  readonly estimate: Estimate;
  /** How often in a row looking at this task failed, this time included. */
  readonly failures: number;
  /** MusicAPI has answered since looks at this task fail: otherwise a look in vain says nothing about its deadline. */
  readonly isAnswering: boolean;
  readonly random: () => number;
}

/** MusicAPI may answer "not found" for a task that it has just taken. */
const NOT_FOUND_GRACE_MS = 2 * 60_000;

/** A file that is not ready after this is not waited for any more. */
const MAX_PREPARATIONS = 40;
const MAX_PREPARATION_MS = 5 * 60_000;

/** Answers with nothing in them that MusicAPI may have charged: more of them would cost more than what is asked for. */
const MAX_PAID_PREPARATIONS = 2;

/** Bounds of the time after which the same is asked again, whatever MusicAPI proposes. */
const MIN_PREPARATION_WAIT_MS = 1_000;
const MAX_PREPARATION_WAIT_MS = 60_000;

/**
 * The meaning of a POST's end. Only what was certainly not taken is sent again; whatever leaves that open
 * makes the task `unknown`, because a second POST could be paid twice.
 */
export function decideSubmission(end: Settled<Submission>, context: SubmitContext): SubmitDecision {
  if (end.ok) return decideAnswer(end.value, context);
  const { random, interrupted, setbacks } = context;
  const { error } = end;
  if (error instanceof UserError) {
    return { kind: 'fail', failure: { kind: 'invalid-request', text: error.message } };
  }
  if (error instanceof MusicApiError) {
    const failure: Failure = { kind: error.kind, text: error.text };
    switch (submissionOutcome(error)) {
      case 'refused':
        return { kind: 'fail', failure };
      case 'rate-limited': {
        const waitMs = submitBackOffMs(setbacks, random, error.retryAfterMs);
        return { kind: 'requeue', setback: 'rate-limited', waitMs };
      }
      case 'not-sent':
        return { kind: 'requeue', setback: 'unreachable', waitMs: submitBackOffMs(setbacks, random) };
      case 'unknown':
        return { kind: 'lose', failure };
    }
  }
  const text = coerceError(error).message;
  return { kind: 'lose', failure: { kind: interrupted ? 'interrupted' : 'answer-lost', text } };
}

function decideAnswer(answer: Submission, { preparation, now }: SubmitContext): SubmitDecision {
  if ('providerTaskId' in answer) return { kind: 'accept', providerTaskId: answer.providerTaskId };
  if ('clips' in answer) {
    if (hasResult(answer)) return { kind: 'finish', yield: answer };
    const failed = answer.clips.filter(({ state }) => state === 'failed');
    // As an answer that cannot be read: it may have been paid for.
    if (failed.length === 0) return { kind: 'lose', failure: { kind: 'malformed', text: 'nothing in it' } };
    const text = failed.find(({ failureText }) => failureText)?.failureText ?? NO_REASON;
    return { kind: 'fail', failure: { kind: 'task-failed', text } };
  }
  const { sinceAt = now, times = 0 } = preparation ?? {};
  if (answer.isPaid && times >= MAX_PAID_PREPARATIONS) {
    return { kind: 'lose', failure: { kind: 'malformed', text: 'nothing in it, time after time' } };
  }
  if (times >= MAX_PREPARATIONS || now - sinceAt >= MAX_PREPARATION_MS) {
    const text = `still being prepared after ${Math.round((now - sinceAt) / 1_000)} seconds`;
    return { kind: 'fail', failure: { kind: 'task-timeout', text } };
  }
  const waitMs = Math.max(MIN_PREPARATION_WAIT_MS, Math.min(answer.preparingMs, MAX_PREPARATION_WAIT_MS));
  return { kind: 'requeue', setback: 'preparing', waitMs };
}

/** One good clip of several is a success, and so is what a tool found. */
function hasResult({ clips, tool }: Yield): boolean {
  return tool !== undefined || clips.some(({ state }) => state === 'succeeded');
}

/**
 * The meaning of a look at a followed task. A look that failed never ends a task; only its deadline does, and not
 * before MusicAPI has shown that it is there.
 */
export function decidePoll(
  task: FollowedTask,
  look: Settled<ProviderTask>,
  context: PollContext,
): PollDecision {
  if (look.ok) {
    const found = look.value;
    if (found.state === 'succeeded' && hasResult(found)) {
      const { clips, tool } = found;
      return { kind: 'succeed', yield: tool ? { clips, tool } : { clips } };
    }
    if (found.state === 'failed') return { kind: 'fail', failure: found.failure };
    const listenUrl = found.state === 'running' ? listenUrlOf(found.clips) : undefined;
    return keepFollowing(task, context, { listenUrl });
  }
  const { error } = look;
  if (!(error instanceof MusicApiError)) return keepFollowing(task, context, {});
  const isGone = error.kind === 'not-found' || error.kind === 'gone';
  if (isGone && context.now - task.acceptedAt > NOT_FOUND_GRACE_MS) {
    return { kind: 'fail', failure: { kind: error.kind, text: error.text } };
  }
  return keepFollowing(task, context, { retryAfterMs: error.retryAfterMs });
}

/** The first address at which one of the clips can be heard. */
function listenUrlOf(clips: readonly ProviderClip[]): string | undefined {
  return clips.find((clip) => clip.state !== 'failed' && clip.audioUrl)?.audioUrl;
}

interface Found {
  readonly listenUrl?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

function keepFollowing(task: FollowedTask, context: PollContext, found: Found): PollDecision {
  const { now, intervalMs, deadlineMs, failures, isAnswering, random } = context;
  // A failed look waits at least its back-off, whatever the schedule says.
  const notBefore =
    failures > 0 ? now + pollBackOffMs(failures, intervalMs, random, found.retryAfterMs) : now;
  if (task.state !== 'running') {
    const since = task.state === 'expired' ? task.expiredAt : task.abandonedAt;
    const at = afterlifePollAt(now, since, intervalMs, random);
    return { kind: 'reschedule', nextPollAt: at === undefined ? undefined : Math.max(at, notBefore) };
  }
  const deadlineAt = task.acceptedAt + deadlineMs;
  const isExcused = failures > 0 && !isAnswering;
  if (now >= deadlineAt && !isExcused) {
    const at = afterlifePollAt(now, now, intervalMs, random) ?? now + intervalMs;
    return { kind: 'expire', nextPollAt: Math.max(at, notBefore) };
  }
  const planned = nextPollAt({
    now,
    acceptedAt: task.acceptedAt,
    intervalMs: paceMs(intervalMs, task),
    estimate: context.estimate,
    random,
  });
  // The deadline is a look of its own, so that the person hears of it on time.
  const wanted = Math.max(planned, notBefore);
  const at = Math.max(isExcused ? wanted : Math.min(wanted, deadlineAt), now + leastGapMs(intervalMs));
  return { kind: 'reschedule', nextPollAt: at, listenUrl: found.listenUrl };
}
