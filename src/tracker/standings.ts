import { countRunning } from '../store/in-flight.ts';
import type { Executor } from '../store/schema.ts';
import { listTurns } from '../store/turns.ts';
import type { TaskLimits } from './limits.ts';
import { holdBack, orderQueue, type QueueEntry, type Standing, TURN_MEMORY_MS } from './queue.ts';

/** The order in which an account's queued creates are sent, with those at the end that have to wait for others. */
export async function rankQueue<Entry extends QueueEntry>(
  executor: Executor,
  accountId: string,
  entries: readonly Entry[],
  { limits, now }: { readonly limits: TaskLimits; readonly now: number },
): Promise<Standing<Entry>[]> {
  const turns = await listTurns(executor, accountId, 'create', now - TURN_MEMORY_MS);
  const memberIds = [...new Set(entries.map((entry) => entry.memberId))];
  const guildIds = [...new Set(entries.flatMap((entry) => entry.guildId ?? []))];
  const running = await countRunning(executor, { accountId, memberIds, guildIds });
  return holdBack(orderQueue(entries, turns), running, limits);
}
