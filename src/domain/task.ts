/**
 * Terminology, the same in the whole code base (never "job"):
 *
 * - **request**: what a person asked for, validated, before anything is sent.
 * - **task**: one request being followed, from `queued` to an end; has our own id.
 * - **provider task**: the same thing at MusicAPI, with MusicAPI's `task_id`.
 * - **clip**: one piece of audio at MusicAPI; **take**: a clip as one of the alternatives of a task;
 *   **stem**: one separated track of a clip.
 * - **card**: the Discord message that shows a task (status card) or a clip (clip card).
 * - **delivery**: putting the results of a task in front of the person, once.
 * - **account**: one MusicAPI key, with its rate bucket and ledger.
 */
import type { Origin } from './origin.ts';
import type { Request } from './request.ts';
import type { ToolResult } from './tool-result.ts';

/** Why a task did not end well. The first eleven are MusicAPI's answers, the others our own findings. */
export const FAILURE_KINDS = [
  'not-authorised',
  'no-credits',
  'moderation',
  'invalid-request',
  'rate-limited',
  'not-found',
  'gone',
  'unavailable',
  'task-failed',
  'task-timeout',
  'malformed',
  'answer-lost',
  'interrupted',
  'restored',
  'blocked',
  'own-key',
  'own-credits',
] as const;
/** One of them. */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Reason of an end, as data. `text` is the provider's wording: for the log, and escaped for the person. */
export interface Failure {
  readonly kind: FailureKind;
  readonly text: string;
}

interface TaskBase {
  readonly id: string;
  /** One decision of a person makes one task: unique over all tasks. */
  readonly requestKey: string;
  readonly accountId: string;
  readonly request: Request;
  readonly origin: Origin;
  /** Credits reserved for it. */
  readonly price: number;
  /** MusicAPI answers it at once, so it does not wait for its account's create bucket. */
  readonly isDirect?: true | undefined;
  /** Id of the first task of those that were asked for together and share its card. */
  readonly groupId?: string | undefined;
  /** Epoch ms, like every `…At`. */
  readonly createdAt: number;
}

/** Waits for its turn, and for its account's create bucket unless it is direct. */
export interface QueuedTask extends TaskBase {
  readonly state: 'queued';
  /** Not to be sent before this moment (back-off after a 429 or an unreachable provider). */
  readonly notBefore: number;
  /** How often sending was tried without being taken. */
  readonly tries: number;
  /** Why it is back in the queue. */
  readonly setback?: Setback | undefined;
  readonly preparation?: Preparation | undefined;
}

/** Why a task is back in the queue: too many requests, no connection, or MusicAPI is still preparing the answer. */
export const SETBACKS = ['rate-limited', 'unreachable', 'preparing'] as const;
/** One of them. */
export type Setback = (typeof SETBACKS)[number];

/** How often, and since when, MusicAPI has said that it is still preparing the answer. */
export interface Preparation {
  readonly sinceAt: number;
  readonly times: number;
}

/** The intent to POST is written; what the POST did is not known yet. */
export interface SubmittingTask extends TaskBase {
  readonly state: 'submitting';
  readonly submittingAt: number;
  readonly tries: number;
  readonly preparation?: Preparation | undefined;
  /** MusicAPI was asked to report by a webhook. */
  readonly webhook?: true | undefined;
  /** A person wanted to take it back meanwhile: it is cancelled if MusicAPI does not take it. */
  readonly withdrawnBy?: string | undefined;
}

/** What is known of a task that MusicAPI took. */
interface AcceptedTask extends TaskBase {
  readonly providerTaskId: string;
  readonly acceptedAt: number;
}

/** Taken by MusicAPI and followed. */
export interface RunningTask extends AcceptedTask {
  readonly state: 'running';
  readonly polls: number;
  readonly nextPollAt: number;
  /** Address at which a clip can already be heard while it is being made. */
  readonly listenUrl?: string | undefined;
  /** MusicAPI was asked to report by a webhook. */
  readonly webhook?: true | undefined;
}

/** Ended with at least one good clip, or with what a tool gave back. */
export interface SucceededTask extends TaskBase {
  readonly state: 'succeeded';
  readonly tool?: ToolResult | undefined;
  readonly providerTaskId?: string | undefined;
  readonly acceptedAt?: number | undefined;
  readonly endedAt: number;
}

/** Ended without a result; nothing stays spent. */
export interface FailedTask extends TaskBase {
  readonly state: 'failed';
  readonly failure: Failure;
  readonly providerTaskId?: string | undefined;
  readonly endedAt: number;
}

/** Past its deadline; looked at ever more rarely for a day, a late result is still delivered. */
export interface ExpiredTask extends AcceptedTask {
  readonly state: 'expired';
  readonly expiredAt: number;
  readonly polls: number;
  /** Absent once nobody looks any more. */
  readonly nextPollAt?: number | undefined;
}

/** Taken back by a person while it was queued. */
export interface CancelledTask extends TaskBase {
  readonly state: 'cancelled';
  readonly cancelledBy: string;
  readonly endedAt: number;
}

/** Whether MusicAPI took it is not known: never sent again by itself. */
export interface UnknownTask extends TaskBase {
  readonly state: 'unknown';
  readonly failure: Failure;
  readonly unknownAt: number;
  /** The held reservation was charged after a day, with a flag. */
  readonly settled: boolean;
  /** MusicAPI was asked to report by a webhook. */
  readonly webhook?: true | undefined;
}

/** The person stopped waiting; the result goes silently into the library. */
export interface AbandonedTask extends AcceptedTask {
  readonly state: 'abandoned';
  readonly abandonedBy: string;
  readonly abandonedAt: number;
  readonly polls: number;
  readonly nextPollAt?: number | undefined;
}

/** One request being followed, in one of its states. */
export type Task =
  | QueuedTask
  | SubmittingTask
  | RunningTask
  | SucceededTask
  | FailedTask
  | ExpiredTask
  | CancelledTask
  | UnknownTask
  | AbandonedTask;

/** What a task is at the moment. */
export type TaskState = Task['state'];

/** Tasks that MusicAPI has and that are still looked at. */
export type FollowedTask = RunningTask | ExpiredTask | AbandonedTask;

/** How long an expired, abandoned or unknown task is still of interest. */
export const AFTERLIFE_MS = 24 * 60 * 60_000;

/** The moment at which the tracker has to look at the task next; undefined = never by itself. */
export function dueAtOf(task: Task): number | undefined {
  switch (task.state) {
    case 'queued':
      return task.notBefore;
    case 'running':
    case 'expired':
    case 'abandoned':
      return task.nextPollAt;
    case 'unknown':
      return task.settled ? undefined : task.unknownAt + AFTERLIFE_MS;
    case 'submitting':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return undefined;
    default:
      return task satisfies never;
  }
}

/** Whether the person is still waiting for something to happen by itself. */
export function isOpen(task: Task): boolean {
  return task.state === 'queued' || task.state === 'submitting' || task.state === 'running';
}

/** Whether it ended, as far as anybody can tell, without what was asked for, and nobody wanted that. */
export function isInVain({ state }: Task): boolean {
  return state === 'failed' || state === 'unknown' || state === 'expired';
}
