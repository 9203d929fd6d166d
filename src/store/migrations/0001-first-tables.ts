import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Accounts, tasks, clips, deliveries, ledger, hearts and cache. Partial indexes hold only the rows that a loop
 * looks for: their conditions are repeated literally in the queries, otherwise SQLite does not use them.
 */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createAccounts(db);
    await createTasks(db);
    await createClips(db);
    await createDeliveries(db);
    await createLedger(db);
    await createSmallTables(db);
  },
};

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('next_create_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into accounts (id, next_create_at, created_at) values ('operator', 0, 0)`.execute(db);
}

async function createTasks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tasks')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_key', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('engine', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('price', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('accepted_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('duration_ms', 'bigint')
    .addColumn('due_at', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('provider_task_id', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('card_channel_id', 'text')
    .addColumn('card_message_id', 'text')
    .addColumn('card_due_at', 'bigint')
    .addColumn('card_digest', 'text')
    .addColumn('card_edits', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('card_edited_at', 'bigint')
    .addColumn('card_version', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('card_lease_owner', 'text')
    .addColumn('card_lease_until', 'bigint')
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .execute();
  await sql`create index tasks_followed on tasks (due_at)
    where state in ('running', 'expired', 'abandoned') and due_at is not null`.execute(db);
  await sql`create index tasks_queued on tasks (account_id, created_at) where state = 'queued'`.execute(db);
  await sql`create index tasks_sent on tasks (account_id, sent_at) where sent_at is not null`.execute(db);
  await sql`create index tasks_unsure on tasks (state, due_at)
    where state in ('submitting', 'unknown')`.execute(db);
  await sql`create index tasks_open on tasks (requester_id, created_at)
    where state in ('queued', 'submitting', 'running')`.execute(db);
  await sql`create index tasks_history on tasks (engine, operation, ended_at)
    where duration_ms is not null`.execute(db);
  await sql`create index tasks_card_due on tasks (card_due_at) where card_due_at is not null`.execute(db);
}

async function createClips(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('clips')
    .addColumn('clip_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('engine', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('task_id', 'text', (column) => column.notNull())
    .addColumn('parent_clip_id', 'text')
    .addColumn('take', 'integer', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('shared_guild_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('deleted_at', 'bigint')
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('clips_key', ['clip_id', 'account_id'])
    .execute();
  await sql`create index clips_task on clips (task_id)`.execute(db);
  await sql`create index clips_owner on clips (owner_id, created_at) where deleted_at is null`.execute(db);
  await sql`create index clips_shared on clips (shared_guild_id, created_at)
    where deleted_at is null and shared_guild_id is not null`.execute(db);
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('task_id', 'text', (column) => column.notNull().references('tasks.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('clip_ids', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('mention', 'integer', (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('posted', 'text', (column) => column.notNull())
    .addColumn('attempt', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('setback', 'text')
    .addColumn('detail', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .execute();
  await sql`create index deliveries_task on deliveries (task_id)`.execute(db);
  await sql`create index deliveries_open on deliveries (due_at)
    where state in ('pending', 'delivering')`.execute(db);
}

async function createLedger(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ledger')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('task_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('reserved', 'integer', (column) => column.notNull())
    .addColumn('charged', 'integer', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('booked_at', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('flagged', 'integer', (column) => column.notNull())
    .execute();
  await sql`create index ledger_task on ledger (task_id)`.execute(db);
  await sql`create index ledger_member on ledger (account_id, member_id, booked_at)`.execute(db);
  await sql`create index ledger_guild on ledger (account_id, guild_id, booked_at)`.execute(db);
  // A task that was charged as unknown and is then found running takes its charge back into a reservation:
  // that row (charged < 0) is a second `reserve`, but not a second reservation.
  await sql`create unique index ledger_one_reservation on ledger (task_id)
    where kind = 'reserve' and reserved > 0 and charged = 0`.execute(db);
}

async function createSmallTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hearts')
    .addColumn('clip_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('hearts_key', ['clip_id', 'user_id'])
    .execute();
  await db.schema.createIndex('hearts_user').on('hearts').columns(['user_id', 'at']).execute();
  await db.schema
    .createTable('cache')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expires', 'bigint')
    .addPrimaryKeyConstraint('cache_key', ['namespace', 'key'])
    .execute();
  await sql`create index cache_expires on cache (expires) where expires is not null`.execute(db);
}
