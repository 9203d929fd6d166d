import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Interaction tokens lived fifteen minutes when this was written. */
const TOKEN_TTL_MS = 900_000;

/** People who had themselves deleted, files that have to go, and what of a task is not kept for ever. */
export const privacy: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('departures')
      .addColumn('stand_in', 'text', (column) => column.primaryKey().notNull())
      .addColumn('wanted_by', 'text')
      .addColumn('wanted_at', 'bigint', (column) => column.notNull())
      .addColumn('salt', 'text')
      .addColumn('digest', 'text')
      .addColumn('ends_at', 'bigint')
      .execute();
    await sql`create unique index departures_wanted on departures (wanted_by) where wanted_by is not null`.execute(
      db,
    );
    await db.schema
      .createTable('unwanted_files')
      .addColumn('file_name', 'text', (column) => column.primaryKey().notNull())
      .execute();
    await db.schema.alterTable('tasks').addColumn('token_until', 'bigint').execute();
    await db.schema.alterTable('tasks').addColumn('emptied_at', 'bigint').execute();
    await sql`update tasks set token_until = created_at + ${sql.lit(TOKEN_TTL_MS)}`.execute(db);
    await sql`create index tasks_token on tasks (token_until) where token_until is not null`.execute(db);
    await sql`create index tasks_kept on tasks (guild_id, created_at) where emptied_at is null`.execute(db);
    // Whoever asks for everything about themselves, or has it deleted, is looked for in all that there is.
    // SQLite would take a plain column also where a small index of few tasks serves better.
    await sql`create index tasks_person on tasks ((requester_id || ''), id)`.execute(db);
    await sql`create index clips_person on clips (owner_id)`.execute(db);
    await sql`create index clip_shares_clip on clip_shares (clip_number)`.execute(db);
    await sql`create index ledger_person on ledger (member_id)`.execute(db);
    await sql`create index audit_actor on audit (actor_id)`.execute(db);
    await sql`create index audit_target on audit (target_id)`.execute(db);
  },
};
