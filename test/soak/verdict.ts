import { holdingOf } from '../../src/domain/ledger.ts';
import type { Account } from '../support/evidence.ts';
import { findSentTwice } from '../support/sendings.ts';
import type { Evidence, Post } from './evidence.ts';

/** A thing that has to be so, and a sentence for each thing that is not. */
export interface Verdict {
  readonly claim: string;
  readonly faults: readonly string[];
}

/** Judges everything that can be judged by what is left when the bot has stopped. */
export function judge(evidence: Evidence): readonly Verdict[] {
  return [
    { claim: 'every task has ended, and its card says how', faults: judgeTasks(evidence) },
    { claim: 'the ledger holds what the tasks hold and cost', faults: judgeLedger(evidence) },
    { claim: "the ledger and MusicAPI's account differ by nothing", faults: judgeBalance(evidence) },
    { claim: 'nothing was sent to MusicAPI twice', faults: judgeSendings(evidence) },
    { claim: 'every song was delivered, once', faults: judgeDeliveries(evidence) },
    { claim: 'every interaction was answered in time', faults: judgeAnswers(evidence) },
  ];
}

const ENDS: readonly string[] = ['succeeded', 'failed', 'cancelled', 'unknown'];

export function judgeTasks({ accounts, staleCards }: Pick<Evidence, 'accounts' | 'staleCards'>): string[] {
  const open = accounts
    .filter(({ task }) => !ENDS.includes(task.state))
    .map(({ task }) => `Task ${task.id} (${task.request.operation}) is still ${task.state}.`);
  return [...open, ...staleCards.map((id) => `The card of task ${id} does not show its end.`)];
}

export function judgeLedger({ accounts }: Pick<Evidence, 'accounts'>): string[] {
  return accounts.flatMap(({ task, sums }) => {
    const holding = holdingOf(task);
    const wanted = {
      reserved: holding === 'reserved' ? task.price : 0,
      charged: holding === 'charged' ? task.price : 0,
    };
    const held = sums.reserved === 0 ? [] : [`Task ${task.id} still holds ${sums.reserved} credits.`];
    if (sums.reserved === wanted.reserved && sums.charged === wanted.charged) return held;
    return [
      `Task ${task.id} is ${task.state} at ${task.price} credits, but its ledger rows come to ` +
        `${sums.reserved} reserved and ${sums.charged} charged.`,
    ];
  });
}

/**
 * The balance at MusicAPI is what the ledger says, reconciliations included; those are of tasks of which nobody knows
 * whether they were taken, and of no others.
 */
export function judgeBalance({
  accounts,
  adjusted,
  spent,
  made,
}: Pick<Evidence, 'accounts' | 'adjusted' | 'spent' | 'made'>): string[] {
  const faults: string[] = [];
  const charged = sum(accounts.map(({ sums }) => sums.charged));
  if (charged + adjusted !== spent) {
    faults.push(
      `The ledger charged ${charged} credits and adjusted ${adjusted}, but MusicAPI took ${spent}.`,
    );
  }
  const doubtful = sum(accounts.filter(isUnknown).map(({ task }) => task.price));
  if (charged < spent || charged - spent > doubtful) {
    faults.push(
      `MusicAPI took ${spent} credits of ${charged} that were charged; unknown tasks explain at most ${doubtful}.`,
    );
  }
  const byId = new Map(made.map((one) => [one.taskId, one]));
  for (const { task, sums } of accounts) {
    const id = 'providerTaskId' in task ? task.providerTaskId : undefined;
    if (id === undefined) continue;
    const one = byId.get(id);
    const took = one && !one.refunded ? one.price : 0;
    if (took !== sums.charged)
      faults.push(`Task ${task.id} was charged ${sums.charged} credits; MusicAPI took ${took} for it.`);
  }
  return faults;
}

export function judgeSendings({
  accounts,
  made,
  posts,
}: Pick<Evidence, 'accounts' | 'made' | 'posts'>): string[] {
  const tasks = accounts.map(({ task }) => task);
  const twice = findSentTwice(posts, tasks).map(
    ({ request, times }) => `MusicAPI was asked ${times} times: ${request}`,
  );
  const known = new Set(tasks.flatMap((task) => ('providerTaskId' in task && task.providerTaskId) || []));
  const strange = made.filter(({ taskId }) => !known.has(taskId)).length;
  const unknown = accounts.filter(isUnknown).length;
  if (strange <= unknown) return twice;
  return [...twice, `MusicAPI made ${strange} tasks that no task knows; only ${unknown} are unknown.`];
}

export function judgeDeliveries({
  accounts,
  deliveries,
  clips,
  messages,
  abandoned,
}: Pick<Evidence, 'accounts' | 'deliveries' | 'clips' | 'messages' | 'abandoned'>): string[] {
  const faults: string[] = [];
  const posted = Map.groupBy(messages, keyOf);
  for (const { id, state, setback, detail, clipIds, posted: parts } of deliveries) {
    if (state !== 'delivered') {
      faults.push(`Delivery ${id} is ${state} (${[setback, detail].filter(Boolean).join(', ')}).`);
      continue;
    }
    const count = sum(parts.map((part) => part.count));
    if (count !== clipIds.length) faults.push(`Delivery ${id} brought ${count} of ${clipIds.length} files.`);
    for (const { part, messageId } of parts) {
      const found = posted.get(keyOf({ deliveryId: id, part })) ?? [];
      posted.delete(keyOf({ deliveryId: id, part }));
      if (found.length !== 1 || (messageId !== undefined && found[0]?.messageId !== messageId))
        faults.push(`Delivery ${id}, message ${part}, was posted ${found.length} times.`);
    }
  }
  for (const [key, found] of posted)
    faults.push(`Message ${key} was posted ${found.length} times, and no delivery knows of it.`);
  const planned = new Map<string, number>();
  for (const { clipIds } of deliveries.filter(({ isCopy }) => !isCopy))
    for (const clipId of clipIds) planned.set(clipId, (planned.get(clipId) ?? 0) + 1);
  const succeeded = new Set(
    accounts.filter(({ task }) => task.state === 'succeeded').map(({ task }) => task.id),
  );
  for (const { clipId, taskId } of clips) {
    const times = planned.get(clipId) ?? 0;
    if (succeeded.has(taskId) && !abandoned.has(taskId) && times !== 1)
      faults.push(`Song ${clipId} of task ${taskId} has ${times} deliveries.`);
  }
  return faults;
}

export function judgeAnswers({
  answers,
  malformed,
  isIncomplete,
}: Pick<Evidence, 'answers' | 'malformed' | 'isIncomplete'>): string[] {
  const unexcused = answers.filter(({ isExcused }) => !isExcused);
  const list = (state: string) => unexcused.filter((one) => one.state === state).map(({ what }) => what);
  const failed = list('failed');
  const thinking = list('thinking');
  return [
    ...(failed.length > 0
      ? [`"The application did not respond" ${failed.length} times: ${failed.join(', ')}.`]
      : []),
    ...(thinking.length > 0 ? [`${thinking.length} answers never came: ${thinking.join(', ')}.`] : []),
    ...(isIncomplete
      ? ['More requests were made than the services remember, so not all could be judged.']
      : []),
    ...malformed.map((what) => `Discord refused as malformed: ${what}.`),
  ];
}

function isUnknown({ task }: Account): boolean {
  return task.state === 'unknown';
}

function keyOf({ deliveryId, part }: Pick<Post, 'deliveryId' | 'part'>): string {
  return `${deliveryId}:${part}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
