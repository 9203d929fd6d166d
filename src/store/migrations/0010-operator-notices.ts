import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the operators were told of, and an index to what an account spent lately. */
export const operatorNotices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('operator_notices')
      .addColumn('cause', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('told_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addPrimaryKeyConstraint('operator_notices_key', ['cause', 'subject'])
      .execute();
    await sql`create index ledger_spent on ledger (account_id, at) where charged <> 0`.execute(db);
  },
};
