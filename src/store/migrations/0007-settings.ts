import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What servers and members have set, their own keys, and copies of deliveries as direct messages. */
export const settings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('server_settings')
      .addColumn('guild_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('member_settings')
      .addColumn('user_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('account_keys')
      .addColumn('account_id', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .addColumn('refused_at', 'bigint')
      .execute();
    await db.schema
      .createTable('revisions')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .alterTable('deliveries')
      .addColumn('is_copy', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
