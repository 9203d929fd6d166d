import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The model of each task, so that every model has a history of its own, and a table for texts that the program
 * makes up once and keeps to itself.
 */
export const modelsAndSecrets: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Earlier tasks keep null, which stands for the default model: almost all of them used it.
    await db.schema.alterTable('tasks').addColumn('model', 'text').execute();
    await sql`create index tasks_model_history on tasks (engine, operation, model, ended_at)
      where duration_ms is not null`.execute(db);
    await db.schema
      .createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
  },
};
