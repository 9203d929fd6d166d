/** Results of tools that nobody could be sent: their cards can be reached no more, and neither can the person. */
import type { Origin } from '../domain/origin.ts';
import type { Task } from '../domain/task.ts';
import { ORIGIN } from './json.ts';
import type { Executor } from './schema.ts';
import { parseTask } from './task-row.ts';

/** A person's results that could be sent nowhere, the newest first; of a group its first task. */
export async function listLostResults(executor: Executor, userId: string, limit: number): Promise<Task[]> {
  const rows = await executor
    .selectFrom('tasks')
    .selectAll()
    .where('requester_id', '=', userId)
    .where('card_lost_at', 'is not', null)
    .orderBy('card_lost_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(parseTask);
}

/**
 * Gives the card of a lost result another place: the answer to another interaction of the person. It is shown there as
 * any card is, with all that it holds.
 *
 * @param origin - what has changed of where the request came from is taken over
 * @returns false when it was not lost, or somebody was faster; nothing was written.
 */
export async function moveLostResult(
  executor: Executor,
  taskId: string,
  origin: Origin,
  now: number,
): Promise<boolean> {
  const result = await executor
    .updateTable('tasks')
    .set((set) => ({
      origin: JSON.stringify(ORIGIN.parse(origin)),
      token_until: origin.tokenExpiresAt,
      card_lost_at: null,
      card_channel_id: null,
      card_message_id: null,
      card_digest: null,
      card_edits: 0,
      card_due_at: now,
      card_version: set('card_version', '+', 1),
    }))
    .where('id', '=', taskId)
    .where('card_lost_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
