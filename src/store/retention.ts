/** What is kept of tasks only for a while: interaction tokens, and what people typed. */
import { type SqlBool, sql } from 'kysely';
import { emptyTask } from '../domain/forgotten.ts';
import { jsonList } from './dialect.ts';
import { ORIGIN } from './json.ts';
import { removeClips } from './remove-clips.ts';
import type { Executor } from './schema.ts';
import { StoredDataError } from './stored-data.ts';
import { detailsOf, parseTask, type TaskRow } from './task-row.ts';

/** Removes interaction tokens that Discord takes no more; of at most `limit` tasks. Gives how many there were. */
export async function dropDeadTokens(tx: Executor, now: number, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('tasks')
    .select(['id', 'origin'])
    .where('token_until', '<=', now)
    .orderBy('token_until')
    .limit(limit)
    .execute();
  for (const { id, origin } of rows) {
    await tx
      .updateTable('tasks')
      .set({ origin: withoutToken(origin), token_until: null })
      .where('id', '=', id)
      // Its card may have got another place meanwhile.
      .where('token_until', '<=', now)
      .execute();
  }
  return rows.length;
}

/** One that cannot be read is left as it is: nobody can use its token either. */
function withoutToken(text: string): string {
  try {
    return JSON.stringify({ ...ORIGIN.parse(JSON.parse(text)), token: '' });
  } catch {
    return text;
  }
}

/** Which tasks are to be emptied. */
export interface Retention {
  readonly guildId: string;
  /** Those asked for before this moment (epoch ms), if they have ended. */
  readonly before: number;
  readonly limit: number;
}

// Literally the condition of the partial index.
const IS_KEPT = sql<SqlBool>`emptied_at is null`;
// Nobody looks at them any more.
const IS_OVER = sql<SqlBool>`(ended_at is not null or (due_at is null and state in ('expired', 'abandoned', 'unknown')))`;

/**
 * Takes out of the tasks of a server what was typed, and what could be delivered to nobody. Songs stay in the library,
 * unless somebody has deleted them.
 *
 * @returns how many tasks there were
 */
export async function emptyOldTasks(
  tx: Executor,
  { guildId, before, limit }: Retention,
  now: number,
): Promise<number> {
  const rows = await tx
    .selectFrom('tasks')
    .selectAll()
    .where(IS_KEPT)
    .where('guild_id', '=', guildId)
    .where('created_at', '<', before)
    .where(IS_OVER)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  await tx
    .deleteFrom('deliveries')
    .where('task_id', 'in', jsonList(ids))
    .where('state', 'in', ['pending', 'delivering', 'undecided', 'undeliverable'])
    .execute();
  await removeClips(tx, { deletedOfTasks: ids });
  for (const row of rows) {
    await tx
      .updateTable('tasks')
      .set({ ...contentOf(row), token_until: null, card_lost_at: null, emptied_at: now })
      .where('id', '=', row.id)
      .execute();
  }
  return rows.length;
}

function contentOf(row: TaskRow) {
  try {
    const task = emptyTask(parseTask(row));
    return {
      request: JSON.stringify(task.request),
      origin: JSON.stringify(task.origin),
      details: detailsOf(task),
    };
  } catch (error) {
    // What cannot be read is looked at no more.
    if (error instanceof StoredDataError) return {};
    throw error;
  }
}
