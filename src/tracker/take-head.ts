import type { FailedTask, Failure, QueuedTask, SubmittingTask } from '../domain/task.ts';
import { failTask, startSubmitting } from '../domain/transitions.ts';
import { findAccountKey } from '../store/account-keys.ts';
import { getAccount, lockAccount, OPERATOR_ACCOUNT, takeCreateSlot } from '../store/accounts.ts';
import { countDirectSending } from '../store/in-flight.ts';
import { findStanding } from '../store/member-rules.ts';
import type { Executor } from '../store/schema.ts';
import { type Lane, listQueued } from '../store/task-lists.ts';
import { findTask } from '../store/tasks.ts';
import { listTurns, saveTurn } from '../store/turns.ts';
import { advanceTask, leaveQueue } from './advance.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { findOperation } from './operation.ts';
import { orderQueue, type QueueEntry, TURN_MEMORY_MS } from './queue.ts';
import { leaseMsOf, type TrackerContext } from './settings.ts';
import { rankQueue } from './standings.ts';

/** What was found at the head of an account's queue. */
export type Head =
  /** Recorded as being sent; the POST may begin once the transaction is committed. */
  | { readonly kind: 'taken'; readonly before: QueuedTask; readonly task: SubmittingTask }
  /** Its member has been blocked meanwhile, or the key of its account removed: it ended unsent. */
  | { readonly kind: 'refused'; readonly before: QueuedTask; readonly task: FailedTask }
  /** The bucket, or the only tasks there are, have to wait. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'empty' };

/** Those that wait for other tasks to end are looked at again when one has, and now and then to be sure. */
export const HELD_BACK_MS = 1_000;

/** Direct POSTs of one account under way at the same time, over all processes: MusicAPI names no limit. */
export const MAX_DIRECT_POSTS = 4;

/** Why a queued task of a blocked member ends. */
export const BLOCKED: Failure = { kind: 'blocked', text: 'the member was blocked while it was queued' };

/** The parts of the tracker's context that taking a task needs. */
type HeadContext = Pick<TrackerContext, 'catalogue' | 'settings' | 'owner' | 'webhooks' | 'now'>;

/** Why what an account has queued ends when its key is removed. */
const KEY_REMOVED: Failure = {
  kind: 'own-key',
  text: 'the key of the account was removed while it was queued',
};

/** MusicAPI does not take the key of an account: whoever replaces it wakes the queue. */
const REFUSED_KEY_MS = 60_000;

type BrokenTaskListener = (taskId: string, error: unknown) => void;

/** Takes the task of a lane whose turn it is, if it may be sent by now: queued -> submitting. */
export async function takeHead(
  tx: Executor,
  accountId: string,
  lane: Lane,
  context: HeadContext,
  onBroken: BrokenTaskListener,
): Promise<Head> {
  const { settings, now: clock } = context;
  await lockAccount(tx, accountId);
  const now = await clock(tx);
  const waiting = await listQueued(tx, accountId, lane);
  const ready = waiting.filter((entry) => entry.notBefore <= now);
  if (ready.length === 0) {
    const next = Math.min(...waiting.map((entry) => entry.notBefore));
    return waiting.length === 0 ? { kind: 'empty' } : { kind: 'wait', ms: next - now };
  }
  const key = accountId === OPERATOR_ACCOUNT ? undefined : await findAccountKey(tx, accountId);
  if (key?.refusedAt !== undefined) return { kind: 'wait', ms: REFUSED_KEY_MS };
  const isKeyless = accountId !== OPERATOR_ACCOUNT && !key;
  const waitMs = await untilFreeMs(tx, accountId, lane, now);
  if (waitMs > 0) return { kind: 'wait', ms: waitMs };
  for (const entry of await orderLane(tx, accountId, lane, ready, context, now)) {
    const head = await takeEntry(tx, entry, context, { now, isKeyless }, onBroken);
    if (head?.kind === 'taken' && lane === 'create') {
      // It was free a moment ago, and the account is locked.
      await takeCreateSlot(tx, accountId, now, settings.submitIntervalMs);
    }
    if (head) return head;
  }
  return { kind: 'wait', ms: Math.max(lane === 'create' ? settings.submitIntervalMs : 0, HELD_BACK_MS) };
}

/** Time until the lane lets the next one through: creates wait for the bucket, direct tasks for one of their places. */
async function untilFreeMs(tx: Executor, accountId: string, lane: Lane, now: number): Promise<number> {
  if (lane === 'create') return (await getAccount(tx, accountId)).nextCreateAt - now;
  return (await countDirectSending(tx, accountId)) < MAX_DIRECT_POSTS ? 0 : HELD_BACK_MS;
}

/** Those that may be sent now, in the order of their turns. How many tasks run holds back creates only. */
async function orderLane<Entry extends QueueEntry>(
  tx: Executor,
  accountId: string,
  lane: Lane,
  ready: readonly Entry[],
  { settings }: HeadContext,
  now: number,
): Promise<readonly Entry[]> {
  if (lane === 'direct') {
    return orderQueue(ready, await listTurns(tx, accountId, lane, now - TURN_MEMORY_MS));
  }
  const limits = settings.limits ?? DEFAULT_LIMITS;
  const standings = await rankQueue(tx, accountId, ready, { limits, now });
  return standings.filter(({ rounds }) => rounds === 0).map(({ entry }) => entry);
}

/** Takes one task out of the queue; undefined when it cannot be taken, so that the next one's turn has come. */
async function takeEntry(
  tx: Executor,
  entry: QueueEntry,
  { catalogue, settings, owner, webhooks }: HeadContext,
  { now, isKeyless }: { readonly now: number; readonly isKeyless: boolean },
  onBroken: BrokenTaskListener,
): Promise<Head | undefined> {
  const before = await findTask(tx, entry.id).catch((error: unknown) => {
    // One row that cannot be read must not hold up everybody behind it.
    onBroken(entry.id, error);
  });
  if (before?.state !== 'queued') return undefined;
  const { isBlocked } = await findStanding(tx, entry.guildId, entry.memberId);
  if (isBlocked || isKeyless) {
    const task = failTask(before, isBlocked ? BLOCKED : KEY_REMOVED, now);
    return (await leaveQueue(tx, before, task, now)) ? { kind: 'refused', before, task } : undefined;
  }
  const takesWebhook = findOperation(catalogue, before.request)?.takesWebhook === true;
  const task = startSubmitting(before, now, webhooks !== undefined && takesWebhook);
  const lease = { owner, until: now + leaseMsOf(settings) };
  if (!(await advanceTask(tx, before, task, now, { lease }))) return undefined;
  await saveTurn(tx, task.id, now);
  return { kind: 'taken', before, task };
}
