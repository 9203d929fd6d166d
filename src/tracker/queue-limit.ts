import { UserError } from '../errors.ts';
import { countInFlight } from '../store/in-flight.ts';
import type { Executor } from '../store/schema.ts';
import { listQueued } from '../store/task-lists.ts';
import { findTask } from '../store/tasks.ts';
import { shownCommand } from '../words/shown-names.ts';
import { words } from '../words/words.ts';
import type { Applicant } from './admission.ts';
import type { TaskLimits } from './limits.ts';
import { estimateStartMs, type ViewDeps } from './view.ts';

/** What the queue allows, and what tells when it allows more. */
export interface QueueLimit {
  readonly limits: TaskLimits;
  /** Without it a refusal names no time. */
  readonly tracking?: ViewDeps | undefined;
}

/**
 * Checks that the queue of neither the member nor the server gets longer than it may be. Direct tasks count while they
 * wait, too.
 *
 * @param count - How many tasks are asked for at once.
 *
 * @throws UserError that says when to come back.
 */
export async function requireQueueSpace(
  tx: Executor,
  { limits, tracking }: QueueLimit,
  { accountId, origin }: Applicant,
  { count, now }: { readonly count: number; readonly now: number },
): Promise<void> {
  const { guildId, userId: memberId } = origin;
  const ofMember = await countInFlight(tx, { accountId, memberId });
  let excess = ofMember.queued + count - limits.member.queued;
  const isMemberFull = excess > 0;
  if (!isMemberFull) {
    if (guildId === undefined) return;
    const ofServer = await countInFlight(tx, { accountId, guildId });
    excess = ofServer.queued + count - limits.server.queued;
    if (excess <= 0) return;
  }
  const most = isMemberFull ? limits.member.queued : limits.server.queued;
  const who = isMemberFull ? 'member' : 'server';
  const { queue } = words();
  if (count > most) throw new UserError(queue.tooMany[who]({ most, count }));
  const entries = (await listQueued(tx, accountId)).filter((entry) =>
    isMemberFull ? entry.memberId === memberId : entry.guildId === guildId,
  );
  const ids = entries.map(({ id }) => id);
  const waitMs = tracking && (await untilSentMs(tx, tracking, { ids, count: excess, now }));
  const full = queue.full[who]({ waiting: most + excess - count, count });
  const when = waitMs === undefined ? queue.later : `<t:${Math.ceil((now + waitMs) / 1_000)}:R>`;
  throw new UserError(`${full} ${queue.comeBack({ when, excess, command: shownCommand('tasks') })}`);
}

/** Time until as many as `count` of these queued tasks are sent; undefined when that cannot be told. */
async function untilSentMs(
  tx: Executor,
  tracking: ViewDeps,
  { ids, count, now }: { readonly ids: readonly string[]; readonly count: number; readonly now: number },
): Promise<number | undefined> {
  const waits: number[] = [];
  for (const id of ids) {
    const task = await findTask(tx, id);
    if (task?.state === 'queued') waits.push(await estimateStartMs(tx, tracking, task, now));
  }
  return waits.sort((a, b) => a - b)[count - 1];
}
