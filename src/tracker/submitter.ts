import { setTimeout as delay } from 'node:timers/promises';
import type { SubmittingTask } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { findNextFollowedDue } from '../store/task-claims.ts';
import { type Lane, listAccountsWithQueued } from '../store/task-lists.ts';
import { languageForRequester } from '../words/readers.ts';
import { speak } from '../words/words.ts';
import { settleCall } from './call.ts';
import { decideSubmission, type SubmitDecision } from './outcomes.ts';
import { askForCall, endProbe } from './probes.ts';
import type { TrackerContext } from './settings.ts';
import { SubmissionRecord, slowsBucket } from './submission-record.ts';
import { HELD_BACK_MS, MAX_DIRECT_POSTS, takeHead } from './take-head.ts';

/** POSTs of one lane under way at the same time, over all accounts. */
const MAX_POSTS = 32;

/** The one probe must not hang while everybody waits for it. */
const PROBE_TIMEOUT_MS = 30_000;

/** A POST under way. */
interface Post {
  readonly accountId: string;
  readonly lane: Lane;
  readonly ended: Promise<void>;
}

/**
 * Sends queued tasks to MusicAPI, each at most once unless it certainly was not taken. Creates go through their
 * account's bucket; direct tasks, which MusicAPI answers at once, are sent beside it.
 */
export class Submitter {
  readonly #context: TrackerContext;
  readonly #onEnd: () => void;
  readonly #record: SubmissionRecord;
  readonly #posts = new Map<string, Post>();
  readonly #cutOff = new AbortController();
  /** Ends in a row by account at which no create was taken: the wait doubles with each. */
  readonly #setbacks = new Map<string, number>();
  readonly #broken = new Set<string>();
  #probing: Promise<void> = Promise.resolve();

  /**
   * @param onEnd - called when a POST has ended and its end is written
   */
  constructor(context: TrackerContext, onEnd: () => void) {
    this.#context = context;
    this.#onEnd = onEnd;
    this.#record = new SubmissionRecord(context, this.#cutOff.signal);
  }

  /** Ids of the tasks whose POST is under way. */
  get sending(): readonly string[] {
    return [...this.#posts.keys()];
  }

  /** Begins every POST that may begin now; gives the time until the next one may. */
  async pass(signal: AbortSignal): Promise<number | undefined> {
    const { store, breaker, now } = this.#context;
    const at = await now();
    const direct = await listAccountsWithQueued(store.db, 'direct', at);
    const creating = await listAccountsWithQueued(store.db, 'create', at);
    if (breaker.isDown) {
      if (direct.length + creating.length > 0) await this.#probe(at);
      return breaker.waitMs(at);
    }
    const waits: (number | undefined)[] = [];
    for (const { accountId } of direct) waits.push(await this.#sendFrom(accountId, 'direct', signal));
    for (const { accountId, nextCreateAt } of creating) {
      // Most passes come too early: a busy server wakes us with every request.
      waits.push(nextCreateAt > at ? nextCreateAt - at : await this.#sendFrom(accountId, 'create', signal));
    }
    const known = waits.filter((waitMs) => waitMs !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** Gives POSTs under way `graceMs` to end; those cut off then become `unknown`. The loop is stopped before. */
  async stop(graceMs: number): Promise<void> {
    const ended = new AbortController();
    const underWay = [...this.#posts.values()].map((post) => post.ended);
    const posts = Promise.all([...underWay, this.#probing]).finally(() => ended.abort());
    await delay(graceMs, undefined, { signal: ended.signal }).catch(() => undefined);
    this.#cutOff.abort(new Error('Encore was stopped while the request was being sent'));
    await posts;
  }

  async #sendFrom(accountId: string, lane: Lane, signal: AbortSignal): Promise<number | undefined> {
    const { store, breaker, changes } = this.#context;
    while (!signal.aborted && !breaker.isDown && this.#isFree(lane)) {
      if (lane === 'direct' && this.#count(lane, accountId) >= MAX_DIRECT_POSTS) return HELD_BACK_MS;
      const head = await store.transaction((tx) =>
        takeHead(tx, accountId, lane, this.#context, (taskId, error) => this.#reportBroken(taskId, error)),
      );
      if (head.kind === 'empty') return undefined;
      if (head.kind === 'wait') return head.ms;
      if (head.kind === 'refused') {
        changes.announce(head.before, head.task, head.task.endedAt);
        continue;
      }
      changes.announce(head.before, head.task, head.task.submittingAt);
      const ended = this.#send(head.task).finally(() => {
        this.#posts.delete(head.task.id);
        this.#onEnd();
      });
      this.#posts.set(head.task.id, { accountId, lane, ended });
    }
    return undefined;
  }

  #isFree(lane: Lane): boolean {
    return this.#count(lane) < MAX_POSTS;
  }

  #count(lane: Lane, accountId?: string): number {
    const posts = [...this.#posts.values()].filter((post) => post.lane === lane);
    return accountId === undefined
      ? posts.length
      : posts.filter((post) => post.accountId === accountId).length;
  }

  async #send(task: SubmittingTask): Promise<void> {
    const { provider, random, breaker, webhooks, now: clock } = this.#context;
    const { signal } = this.#cutOff;
    const webhook = task.webhook && webhooks?.of(task.id);
    const end = await settleCall(
      // What our own checks say against it is kept as the reason, for the requester.
      async () =>
        await speak(languageForRequester(task.origin), () =>
          provider(task.accountId).submit(task.request, { signal, webhook }),
        ),
      signal,
    );
    const now = await clock();
    if (!signal.aborted) breaker.note({ isProbe: false }, task.id, end, now);
    const { preparation } = task;
    // That MusicAPI was still preparing was no trouble.
    const own = task.tries - (preparation?.times ?? 0);
    const setbacks = task.isDirect ? own : Math.max(own, this.#setbacks.get(task.accountId) ?? 0);
    const decision = decideSubmission(end, {
      random,
      interrupted: signal.aborted,
      setbacks,
      preparation,
      now,
    });
    this.#remember(task, decision, setbacks);
    await this.#record.write(task, ofAccount(task.accountId, decision));
  }

  /** With no task to look at, the balance tells whether MusicAPI is back: asking for it is free. */
  async #probe(at: number): Promise<void> {
    const { provider, store, breaker, log, now } = this.#context;
    const nextAt = await findNextFollowedDue(store.db, at);
    const permit = nextAt !== undefined && nextAt <= at ? undefined : await askForCall(this.#context, at);
    if (!permit?.isProbe) return;
    const signal = AbortSignal.any([this.#cutOff.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
    const probe = async () => {
      const end = await settleCall(
        async () => await provider(OPERATOR_ACCOUNT).getCredits({ signal }),
        signal,
      );
      const endedAt = await now();
      if (!this.#cutOff.signal.aborted) breaker.note(permit, 'balance', end, endedAt);
      await endProbe(this.#context, permit, endedAt);
      this.#onEnd();
    };
    this.#probing = probe().catch((error: unknown) => {
      breaker.release(permit);
      log.error({ err: coerceError(error) }, 'whether MusicAPI is back could not be found out');
    });
  }

  #remember(task: SubmittingTask, decision: SubmitDecision, setbacks: number): void {
    const { accountId, isDirect } = task;
    if (decision.kind === 'requeue' && slowsBucket(task, decision)) {
      this.#setbacks.set(accountId, setbacks + 1);
    } else if (decision.kind === 'accept' && !isDirect) {
      this.#setbacks.set(accountId, Math.floor(setbacks / 2));
    }
  }

  #reportBroken(taskId: string, error: unknown): void {
    if (this.#broken.has(taskId)) return;
    this.#broken.add(taskId);
    this.#context.log.error(
      { err: coerceError(error), taskId, reference: taskId },
      'a queued task cannot be read',
    );
  }
}

/** What is wrong with a key of one's own is no trouble of the operator's. */
function ofAccount(accountId: string, decision: SubmitDecision): SubmitDecision {
  if (accountId === OPERATOR_ACCOUNT || decision.kind !== 'fail') return decision;
  const { kind, text } = decision.failure;
  if (kind === 'not-authorised') return { kind: 'fail', failure: { kind: 'own-key', text } };
  return kind === 'no-credits' ? { kind: 'fail', failure: { kind: 'own-credits', text } } : decision;
}
