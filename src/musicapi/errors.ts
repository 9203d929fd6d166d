import type { FailureKind } from '../domain/task.ts';
import { type Answer, findText, findType } from './answer.ts';

/** The kinds of a call's failure; a task's own failure (`task-failed`, `task-timeout`) is a result, not one of these. */
export type MusicApiErrorKind = Exclude<
  FailureKind,
  'task-failed' | 'task-timeout' | 'interrupted' | 'restored' | 'blocked' | 'own-key' | 'own-credits'
>;

/** What is certain about a request that failed. */
export type Delivered =
  /** It never reached MusicAPI: no connection was made. */
  | 'no'
  /** MusicAPI answered. */
  | 'yes'
  /** It may have arrived: the connection was lost, or time ran out, after sending began. */
  | 'maybe';

/** Which call it is about. */
export interface CallPlace {
  readonly method: string;
  /** Path without host and query; never the key. */
  readonly path: string;
}

/** All that is known of a call that failed. */
export interface MusicApiErrorFacts extends CallPlace {
  readonly kind: MusicApiErrorKind;
  readonly delivered: Delivered;
  /** HTTP status, if there was an answer. */
  readonly status?: number | undefined;
  /** The provider's own text. */
  readonly text: string;
  /** Found out by ourselves: nothing was sent, so it says nothing about MusicAPI. */
  readonly isLocal?: boolean | undefined;
  /** The `type` that the provider gave its answer, such as `failed` or `forbidden`. */
  readonly type?: string | undefined;
  /** How long MusicAPI asked to wait. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A call to MusicAPI that did not give what it was made for. */
export class MusicApiError extends Error {
  override readonly name = 'MusicApiError';
  readonly kind: MusicApiErrorKind;
  readonly method: string;
  readonly path: string;
  readonly delivered: Delivered;
  readonly status: number | undefined;
  readonly text: string;
  readonly isLocal: boolean;
  readonly type: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: MusicApiErrorFacts) {
    const status = facts.status === undefined ? '' : ` ${facts.status}`;
    super(`${facts.method} ${facts.path}:${status} ${facts.kind}: ${facts.text}`, { cause: facts.cause });
    this.kind = facts.kind;
    this.method = facts.method;
    this.path = facts.path;
    this.delivered = facts.delivered;
    this.status = facts.status;
    this.text = facts.text;
    this.isLocal = facts.isLocal ?? false;
    this.type = facts.type;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** Stands where a failed task came without words of MusicAPI. */
export const NO_REASON = 'no reason given';

const NO_REASON_BUT_STATUS = /^HTTP (\d{3}) without a reason$/;

/** The HTTP status, where that is all that an answer said of why. */
export function findBareStatus(text: string): number | undefined {
  const status = NO_REASON_BUT_STATUS.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** The error that an answer stands for: a refusal, or a success that cannot be read. */
export function createAnswerError({ method, path }: CallPlace, answer: Answer): MusicApiError {
  const text = findText(answer);
  return new MusicApiError({
    method,
    path,
    kind: chooseKind(answer.status, text ?? ''),
    delivered: 'yes',
    status: answer.status,
    text: text ?? `HTTP ${answer.status} without a reason`,
    type: findType(answer.body),
    retryAfterMs: answer.retryAfterMs,
  });
}

/** The one place where a status, with the provider's words beside it, becomes a kind. */
function chooseKind(status: number, text: string): MusicApiErrorKind {
  switch (status) {
    case 400:
      // A clip or task that is gone is reported as a bad request ("task not found.").
      return /\b(task|clip|song|audio|persona)\b.*\bnot found\b/i.test(text)
        ? 'not-found'
        : 'invalid-request';
    case 401:
      return 'not-authorised';
    case 402:
      return 'no-credits';
    case 403:
      return chooseForbiddenKind(text);
    case 404:
      return 'not-found';
    case 408:
      return 'unavailable';
    case 410:
      return 'gone';
    case 429:
      return 'rate-limited';
    default:
      if (status >= 500) return 'unavailable';
      return status >= 400 ? 'invalid-request' : 'malformed';
  }
}

/**
 * MusicAPI says 403 for an empty account, for a text it does not accept, and (nuro) for a full queue: only the words
 * tell them apart (docs.musicapi.ai/error-handling). Words about the content come first, because they may quote it.
 * Without any words it is no answer of MusicAPI's content check, so the key or a proxy is the likelier reason.
 */
function chooseForbiddenKind(text: string): MusicApiErrorKind {
  if (/copyright|inappropriate|moderation|artist name|producer tag/i.test(text)) return 'moderation';
  if (/credit|subscription|insufficient|balance|usage limit/i.test(text)) return 'no-credits';
  if (/concurren|queue|\bqps\b|too many|rate limit/i.test(text)) return 'rate-limited';
  if (/\bformat\b/i.test(text)) return 'invalid-request';
  if (!text || /api key|permission|access|authori[sz]|^forbidden\W*$/i.test(text)) return 'not-authorised';
  return 'moderation';
}

/**
 * What the failed end of a creating POST says about the task:
 *
 * - `refused`: not taken, nothing spent, sending it again would end the same way;
 * - `rate-limited`: not taken, may be sent again later;
 * - `not-sent`: never arrived, may be sent again;
 * - `unknown`: it may have been taken, so it must never be sent again by itself.
 */
export type SubmissionOutcome = 'refused' | 'rate-limited' | 'not-sent' | 'unknown';

/** The meaning of an error for the task whose POST threw it. Whatever is not certain is `unknown`. */
export function submissionOutcome(error: unknown): SubmissionOutcome {
  if (!(error instanceof MusicApiError)) return 'unknown';
  if (error.delivered === 'no') return 'not-sent';
  if (error.delivered === 'maybe' || error.status === undefined) return 'unknown';
  if (error.status < 400 || error.status >= 500) return 'unknown';
  return error.kind === 'rate-limited' ? 'rate-limited' : 'refused';
}
