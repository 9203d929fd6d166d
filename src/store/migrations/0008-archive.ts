import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which songs are kept as files, since their addresses die. */
export const archive: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('archive')
      .addColumn('clip_id', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('file_name', 'text', (column) => column.notNull())
      .addColumn('extension', 'text', (column) => column.notNull())
      .addColumn('mime', 'text', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('kept_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('archive_key', ['clip_id', 'account_id'])
      .execute();
    await db.schema.createIndex('archive_oldest').on('archive').column('kept_at').execute();
    await db.schema.createIndex('archive_file').on('archive').column('file_name').execute();
  },
};
