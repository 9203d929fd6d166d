import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Who may spend how much: budgets, what applies to single members, the audit of managers' acts; and what keeps the
 * ledger honest: the last reading of each account's balance, and findings. An empty `guild_id` means everywhere.
 */
export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createBudgets(db);
    await createMemberRules(db);
    await createAudit(db);
    await createBookKeeping(db);
    // The limits of tasks under way are counted with every request, per server too.
    await sql`create index tasks_open_guild on tasks (guild_id)
      where state in ('queued', 'submitting', 'running')`.execute(db);
  },
};

async function createBudgets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('budgets')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('holder_id', 'text', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('hours', 'integer')
    .addColumn('credits', 'bigint')
    .addColumn('set_by', 'text', (column) => column.notNull())
    .addColumn('set_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('budgets_key', ['account_id', 'guild_id', 'holder', 'holder_id'])
    .execute();
}

async function createMemberRules(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('member_rules')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('blocked_at', 'bigint')
    .addColumn('reset_at', 'bigint')
    .addPrimaryKeyConstraint('member_rules_key', ['guild_id', 'member_id'])
    .execute();
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('target_id', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_guild').on('audit').columns(['guild_id', 'at']).execute();
}

async function createBookKeeping(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('balance_readings')
    .addColumn('account_id', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
    .addColumn('balance', 'bigint', (column) => column.notNull())
    .addColumn('charged', 'bigint', (column) => column.notNull())
    .addColumn('read_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('ledger_findings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('expected', 'bigint', (column) => column.notNull())
    .addColumn('found', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  // The sums of whole accounts are read from these indexes alone, however many tasks have ended.
  await sql`create index ledger_sums on ledger (account_id, kind, reserved, charged)`.execute(db);
  await sql`create index tasks_charged on tasks (account_id, price)
    where state in ('succeeded', 'expired', 'abandoned')`.execute(db);
}
