/**
 * When the tracker looks at what next. Pure: every function takes the moment and the randomness that it needs.
 */
import { AFTERLIFE_MS } from '../domain/task.ts';
import type { Estimate } from './estimate.ts';

/** What a look at a running task is planned from. */
export interface PollPlan {
  readonly now: number;
  readonly acceptedAt: number;
  /** Centre of the schedule (`POLL_INTERVAL_MS`). */
  readonly intervalMs: number;
  readonly estimate: Estimate;
  /** 0 to 1, like `Math.random`. */
  readonly random: () => number;
}

/** Times move by up to this part of their length, so that tasks accepted together are not polled together. */
const JITTER = 0.1;

/** Intervals between two looks before the usual finish begins. */
const EARLY_GAP = 2;

/**
 * Looks that a task's schedule leaves unused of those that a fixed interval would make: a dense part is passed
 * through from its beginning, which costs a part of a look more than the average finish suggests (simulated).
 */
const SPARED_LOOKS = 0.3;

/** Longest back-off after errors, in poll intervals: a provider that is back is noticed soon. */
const MAX_ERROR_INTERVALS = 8;

/** A task that a webhook reports is looked at this much more rarely: only in case no call comes. */
const WEBHOOK_PATIENCE = 2;

const MAX_AFTERLIFE_GAP_MS = 60 * 60_000;
const FIRST_SUBMIT_BACK_OFF_MS = 2_000;
const MAX_SUBMIT_BACK_OFF_MS = 2 * 60_000;

/** Nothing is polled faster than a third of the interval, jitter included. */
export function leastGapMs(intervalMs: number): number {
  return Math.ceil(intervalMs / 3);
}

/** Centre of the schedule of a running task. */
export function paceMs(intervalMs: number, { webhook }: { readonly webhook?: true | undefined }): number {
  return webhook ? WEBHOOK_PATIENCE * intervalMs : intervalMs;
}

/** The first look: one interval after MusicAPI took the task. */
export function firstPollAt(acceptedAt: number, intervalMs: number, random: () => number): number {
  return acceptedAt + jitter(intervalMs, random);
}

/** The next look at a running task: sparse before the usual finish, dense around it, ever sparser long after. */
export function nextPollAt({ now, acceptedAt, intervalMs, estimate, random }: PollPlan): number {
  const gapMs = runningGapMs(now - acceptedAt, intervalMs, estimate);
  return now + Math.max(jitter(gapMs, random), leastGapMs(intervalMs));
}

/**
 * The next look at an expired or abandoned task, ever more rarely after `since`: the gap is a quarter of the time
 * that has passed, at most an hour, with a last look at the end of the afterlife.
 */
export function afterlifePollAt(
  now: number,
  since: number,
  intervalMs: number,
  random: () => number,
): number | undefined {
  const endsAt = since + AFTERLIFE_MS;
  if (now >= endsAt) return undefined;
  const gapMs = Math.min(Math.max(2 * intervalMs, (now - since) / 4), MAX_AFTERLIFE_GAP_MS);
  const at = now + jitter(gapMs, random);
  return at < endsAt ? at : Math.max(endsAt, now + leastGapMs(intervalMs));
}

/** The wait after polls of a task failed `failures` times in a row; MusicAPI's own wish wins when it is longer. */
export function pollBackOffMs(
  failures: number,
  intervalMs: number,
  random: () => number,
  retryAfterMs = 0,
): number {
  const intervals = Math.min(2 ** Math.max(0, failures - 1), MAX_ERROR_INTERVALS);
  return Math.max(jitter(intervals * intervalMs, random), leastGapMs(intervalMs), retryAfterMs);
}

/** The wait before a create is sent again that was certainly not taken, after `tries` such ends in a row. */
export function submitBackOffMs(tries: number, random: () => number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return retryAfterMs;
  const ms = Math.min(FIRST_SUBMIT_BACK_OFF_MS * 2 ** Math.min(tries, 20), MAX_SUBMIT_BACK_OFF_MS);
  return jitter(ms, random);
}

function runningGapMs(elapsedMs: number, intervalMs: number, estimate: Estimate): number {
  const { typicalMs, toMs, measured } = estimate;
  if (elapsedMs >= 2 * typicalMs) return intervalMs * Math.min(elapsedMs / (2 * typicalMs), 4);
  if (!measured) return intervalMs;
  const { firstAtMs, gapMs } = planDensePart(intervalMs, estimate);
  const leftMs = firstAtMs - elapsedMs;
  // The rounding forgives what jitter has moved.
  if (leftMs >= leastGapMs(intervalMs)) {
    return leftMs / Math.max(1, Math.ceil(leftMs / (EARLY_GAP * intervalMs) - JITTER));
  }
  return elapsedMs < Math.max(toMs, firstAtMs + intervalMs) ? gapMs : intervalMs;
}

/** The looks around the usual finish: the first of them, and the time between two. */
interface DensePart {
  readonly firstAtMs: number;
  readonly gapMs: number;
}

/**
 * Spends the looks that a fixed interval would make before the usual finish differently: as few as allowed before
 * anything can have finished, the others between then and the usual finish. So results are noticed sooner with no
 * more looks, whatever the operation's durations are.
 */
function planDensePart(intervalMs: number, { typicalMs, fromMs: low }: Estimate): DensePart {
  const fromMs = Math.max(intervalMs, low);
  const looks = typicalMs / intervalMs - SPARED_LOOKS;
  for (let early = 1; early < looks; early += 1) {
    const wantedMs = (Math.max(typicalMs, fromMs) - fromMs) / (looks - early);
    const gapMs = Math.min(intervalMs, Math.max(leastGapMs(intervalMs), wantedMs));
    const firstAtMs = fromMs + gapMs;
    if (firstAtMs - intervalMs <= early * EARLY_GAP * intervalMs) return { firstAtMs, gapMs };
  }
  return { firstAtMs: intervalMs, gapMs: intervalMs };
}

function jitter(ms: number, random: () => number): number {
  return Math.round(ms * (1 + JITTER * (2 * random() - 1)));
}
