import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Tasks that need no create slot, tasks that share a card, the singers that were made, and prices that the balance
 * showed to differ from the catalogue's.
 */
export const tools: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('tasks')
      .addColumn('is_direct', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('tasks').addColumn('group_id', 'text').execute();
    // Since when the result could be sent to nobody.
    await db.schema.alterTable('tasks').addColumn('card_lost_at', 'bigint').execute();
    await sql`create index tasks_lost on tasks (requester_id, card_lost_at)
      where card_lost_at is not null`.execute(db);
    await sql`create index tasks_group on tasks (group_id) where group_id is not null`.execute(db);
    await sql`create index tasks_direct on tasks (account_id, created_at)
      where state = 'queued' and is_direct = 1`.execute(db);
    // Whether something that is free the second time was done before.
    await sql`create index tasks_tools on tasks (account_id, operation)
      where state = 'succeeded' and is_direct = 1`.execute(db);
    await db.schema
      .createTable('personas')
      .addColumn('persona_id', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('owner_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('task_id', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('forgotten_at', 'bigint')
      .addPrimaryKeyConstraint('personas_key', ['persona_id', 'account_id'])
      .execute();
    await db.schema
      .createIndex('personas_owner')
      .on('personas')
      .columns(['owner_id', 'created_at'])
      .execute();
    await db.schema
      .createTable('learnt_prices')
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('engine', 'text', (column) => column.notNull())
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('price', 'bigint', (column) => column.notNull())
      .addColumn('learnt_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('learnt_prices_key', ['account_id', 'engine', 'operation'])
      .execute();
    // What was charged between two readings of a balance.
    await sql`create index ledger_charges on ledger (account_id, at) where kind = 'charge'`.execute(db);
  },
};
