import type { Clip } from '../domain/clip.ts';
import type { Delivery } from '../domain/delivery.ts';
import { disownTask, isGone } from '../domain/forgotten.ts';
import { settle } from '../domain/ledger.ts';
import type { CancelledTask, FailedTask, QueuedTask, Task } from '../domain/task.ts';
import { cancelTask } from '../domain/transitions.ts';
import { touchCard, touchQueuedCards } from '../store/cards.ts';
import { findClip, saveClips } from '../store/clips.ts';
import { insertDeliveries, isGroupMentioned } from '../store/deliveries.ts';
import { addEntry } from '../store/ledger.ts';
import { type Persona, savePersona } from '../store/personas.ts';
import type { Executor, Lease } from '../store/schema.ts';
import { type Belonging, replaceTask, updateTask } from '../store/tasks.ts';

/** What is written together with a change of state. */
export interface Extra {
  readonly clips?: readonly Clip[];
  readonly deliveries?: readonly Delivery[];
  readonly persona?: Persona | undefined;
  /** Recorded if nobody knows it. */
  readonly fetched?: Clip | undefined;
  /** Who goes on working at the task; without one it is free for everybody. */
  readonly lease?: Lease | undefined;
}

/**
 * The one place where a task changes its state: the row, what it means for the ledger, the clips, deliveries and
 * singers that come of it, and its card become due, all in the caller's transaction.
 *
 * @returns false when the task had changed meanwhile: nothing was written, and the caller has to read it again.
 */
export async function advanceTask(
  tx: Executor,
  before: Task,
  after: Task,
  now: number,
  { clips = [], deliveries = [], persona, fetched, lease }: Extra = {},
): Promise<boolean> {
  const belonging = await replaceTask(tx, before, after, lease);
  if (!belonging) return false;
  if (isGone(belonging.requesterId)) {
    await endForNobody(tx, before, after, belonging, now);
    return true;
  }
  const entry = settle(before, after, now);
  if (entry) await addEntry(tx, entry);
  await saveClips(tx, clips);
  if (persona) await savePersona(tx, persona);
  if (fetched && !(await findClip(tx, fetched.clipId))) await saveClips(tx, [fetched]);
  await touchCard(tx, after.id, now);
  await insertDeliveries(tx, await mentionOnce(tx, after, deliveries));
  return true;
}

/**
 * Whoever asked for it has had themselves deleted, perhaps while it was being sent or looked at: the ledger learns how it
 * ended, and nothing else of it is kept. It is not sent again, as nothing is left of what it was.
 */
async function endForNobody(
  tx: Executor,
  before: Task,
  after: Task,
  { requesterId, accountId }: Belonging,
  now: number,
): Promise<void> {
  const next = after.state === 'queued' ? cancelTask(after, requesterId, now) : after;
  const bare = { ...disownTask(next, requesterId), accountId };
  await updateTask(tx, after, bare);
  const entry = settle(before, bare, now);
  if (entry) await addEntry(tx, entry);
}

/**
 * Those who asked for several songs at once are notified of the first one that is made. Whoever writes a task of a
 * group has touched the group's card before, so that two of them cannot both be the first.
 */
async function mentionOnce(
  tx: Executor,
  { groupId }: Task,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> {
  if (groupId === undefined || !deliveries.some(({ mention }) => mention)) return deliveries;
  if (!(await isGroupMentioned(tx, groupId))) return deliveries;
  return deliveries.map((delivery) => ({ ...delivery, mention: false }));
}

/** As many cards as are edited within a moment; those behind them show their new places before long anyway. */
const MAX_MOVED = 50;

/**
 * Takes a queued task out of the queue out of its turn: everybody behind it moves up, and their cards say so at once.
 *
 * @returns false when the task had changed meanwhile: nothing was written.
 */
export async function leaveQueue(
  tx: Executor,
  before: QueuedTask,
  after: CancelledTask | FailedTask,
  now: number,
): Promise<boolean> {
  if (!(await advanceTask(tx, before, after, now))) return false;
  if (!before.isDirect) await touchQueuedCards(tx, before.accountId, now, MAX_MOVED);
  return true;
}
