import { type SqlBool, sql } from 'kysely';
import { disownTask } from '../domain/forgotten.ts';
import { memberAccount } from './accounts.ts';
import type { Departure } from './departures.ts';
import { jsonList } from './dialect.ts';
import { removeClips } from './remove-clips.ts';
import { bumpRevision } from './revisions.ts';
import type { Executor } from './schema.ts';
import { StoredDataError } from './stored-data.ts';
import { detailsOf, parseTask, REQUESTER, type TaskRow } from './task-row.ts';

/** So many tasks are rewritten between two reads. */
const STEP = 200;

/**
 * Removes everything about a person, in the caller's transaction. What stays (tasks as figures, the ledger, the audit)
 * has the stand-in in place of the person; what was waiting in a queue has to be taken out of it before.
 *
 * @returns how many clips there were
 */
export async function forgetPerson(tx: Executor, departure: Departure, now: number): Promise<number> {
  await disownTasks(tx, departure, now);
  // Only now: nobody writes songs for these tasks any more.
  const songs = await removeClips(tx, { ownerId: departure.userId });
  await removeOwnThings(tx, departure.userId);
  await renameInBooks(tx, departure);
  await renameInActs(tx, departure);
  await disownAccount(tx, departure);
  await bumpRevision(tx, 'settings');
  return songs;
}

/** Tasks stay as figures; those under way are followed to their end, of which nobody is told. */
async function disownTasks(tx: Executor, departure: Departure, now: number): Promise<void> {
  const { userId, standIn } = departure;
  for (;;) {
    const rows = await tx
      .selectFrom('tasks')
      .selectAll()
      .where(REQUESTER, '=', userId)
      .orderBy('id')
      .limit(STEP)
      // Another process may be changing one of them: what it has written then is what is read here.
      .forUpdate()
      .execute();
    if (rows.length === 0) break;
    const ids = jsonList(rows.map(({ id }) => id));
    await tx.deleteFrom('deliveries').where('task_id', 'in', ids).execute();
    for (const row of rows) await disownRow(tx, row, departure, now);
  }
  // Tasks of others that the person has taken back.
  const [from, to] = [JSON.stringify(userId), JSON.stringify(standIn)];
  await tx
    .updateTable('tasks')
    .set({ details: sql<string>`replace(details, ${from}, ${to})` })
    .where(sql<SqlBool>`details like ${`%${from}%`}`)
    .execute();
}

async function disownRow(tx: Executor, row: TaskRow, departure: Departure, now: number): Promise<void> {
  const { standIn } = departure;
  // Whoever is looking at it at this moment must not write what they know of it from before.
  const isFollowed = ['running', 'expired', 'abandoned'].includes(row.state);
  await tx
    .updateTable('tasks')
    .set({
      ...contentOf(row, departure),
      requester_id: standIn,
      request_key: row.request_key.replaceAll(departure.userId, standIn),
      ...(isFollowed ? { attempts: row.attempts + 1, lease_owner: null, lease_until: null } : {}),
      provider_task_id: isFollowed ? row.provider_task_id : null,
      card_channel_id: null,
      card_message_id: null,
      card_due_at: null,
      card_digest: null,
      card_edited_at: null,
      card_lost_at: null,
      card_lease_owner: null,
      card_lease_until: null,
      token_until: null,
      emptied_at: now,
    })
    .where('id', '=', row.id)
    .execute();
}

/** What a task that cannot be read holds is not needed either. */
function contentOf(row: TaskRow, { standIn }: Departure) {
  try {
    const task = disownTask(parseTask(row), standIn);
    return {
      request: JSON.stringify(task.request),
      origin: JSON.stringify(task.origin),
      details: detailsOf(task),
    };
  } catch (error) {
    if (!(error instanceof StoredDataError)) throw error;
    return { request: '{}', origin: '{}', details: '{}', due_at: null };
  }
}

async function removeOwnThings(tx: Executor, userId: string): Promise<void> {
  await tx.deleteFrom('hearts').where('user_id', '=', userId).execute();
  await tx.deleteFrom('personas').where('owner_id', '=', userId).execute();
  await tx.deleteFrom('member_settings').where('user_id', '=', userId).execute();
  await tx.deleteFrom('budgets').where('holder', '=', 'member').where('holder_id', '=', userId).execute();
  const mentions = `%${userId}%`;
  await tx
    .deleteFrom('cache')
    .where((where) => where.or([where('key', 'like', mentions), where('value', 'like', mentions)]))
    .execute();
}

/** What was spent counts on, for the server and, as long as it matters, for whoever the person is then. */
async function renameInBooks(tx: Executor, { userId, standIn }: Departure): Promise<void> {
  await tx.updateTable('ledger').set({ member_id: standIn }).where('member_id', '=', userId).execute();
  await tx.updateTable('member_rules').set({ member_id: standIn }).where('member_id', '=', userId).execute();
  await tx.updateTable('budgets').set({ set_by: standIn }).where('set_by', '=', userId).execute();
}

async function renameInActs(tx: Executor, { userId, standIn }: Departure): Promise<void> {
  // What somebody has set for themselves is theirs alone; what they did to a server is its history.
  await tx
    .updateTable('audit')
    .set({ detail: '' })
    .where('guild_id', '=', '')
    .where('actor_id', '=', userId)
    .where('act', '=', 'setting')
    .execute();
  await tx.updateTable('audit').set({ actor_id: standIn }).where('actor_id', '=', userId).execute();
  await tx.updateTable('audit').set({ target_id: standIn }).where('target_id', '=', userId).execute();
  await tx.updateTable('server_settings').set({ set_by: standIn }).where('set_by', '=', userId).execute();
  await tx.updateTable('account_keys').set({ set_by: standIn }).where('set_by', '=', userId).execute();
}

/** The person's own account loses its key, and its name. */
async function disownAccount(tx: Executor, { userId, standIn }: Departure): Promise<void> {
  const [from, to] = [memberAccount(userId), memberAccount(standIn)];
  const account = await tx.selectFrom('accounts').selectAll().where('id', '=', from).executeTakeFirst();
  await tx.updateTable('audit').set({ target_id: to }).where('target_id', '=', from).execute();
  if (!account) return;
  await tx
    .insertInto('accounts')
    .values({ ...account, id: to })
    .execute();
  for (const table of ['account_keys', 'budgets', 'learnt_prices'] as const)
    await tx.deleteFrom(table).where('account_id', '=', from).execute();
  const tables = [
    'tasks',
    'clips',
    'ledger',
    'personas',
    'archive',
    'balance_readings',
    'ledger_findings',
  ] as const;
  for (const table of tables)
    await tx.updateTable(table).set({ account_id: to }).where('account_id', '=', from).execute();
  await tx.deleteFrom('accounts').where('id', '=', from).execute();
}
