import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { numberedKey, wordType } from '../dialect.ts';
import type { Executor } from '../schema.ts';
import { fillClipWords } from '../word-index.ts';

/**
 * Clips get a number, in whose order they are listed; the servers in which each was posted, the words by which it is
 * found, and its family each get an index.
 */
export const library: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await numberClips(db);
    await db.schema
      .createTable('clip_shares')
      .addColumn('guild_id', 'text', (column) => column.notNull())
      .addColumn('clip_number', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('clip_shares_key', ['guild_id', 'clip_number'])
      .execute();
    await sql`insert into clip_shares (guild_id, clip_number)
      select shared_guild_id, number from clips where shared_guild_id is not null`.execute(db);
    const { type, end } = wordType();
    await sql`create table clip_words (
      clip_number bigint not null references clips (number) on delete cascade,
      word ${type} not null,
      constraint clip_words_key primary key (clip_number, word)
    ) ${end}`.execute(db);
    await fillClipWords(db as unknown as Executor); // the tables that it uses are as this version knows them
    // Last: made at once it costs far less than row by row.
    await sql`create index clip_words_word on clip_words (word, clip_number)`.execute(db);
  },
};

/** SQLite numbers the rows of a table only if it was made so: the clips move into a new one, the oldest first. */
async function numberClips(db: Kysely<unknown>): Promise<void> {
  await sql`create table numbered_clips (
    number ${numberedKey()},
    clip_id text not null,
    account_id text not null references accounts (id),
    engine text not null,
    source text not null,
    kind text not null,
    task_id text not null,
    parent_clip_id text,
    take integer not null,
    owner_id text not null,
    shared_guild_id text,
    created_at bigint not null,
    deleted_at bigint,
    data text not null
  )`.execute(db);
  const columns = sql.raw(
    'clip_id, account_id, engine, source, kind, task_id, parent_clip_id, take, owner_id, shared_guild_id, created_at, deleted_at, data',
  );
  await sql`insert into numbered_clips (${columns})
    select ${columns} from clips order by created_at, task_id, take desc`.execute(db);
  await db.schema.dropTable('clips').execute();
  await db.schema.alterTable('numbered_clips').renameTo('clips').execute();
  await sql`create unique index clips_id on clips (clip_id, account_id)`.execute(db);
  await sql`create index clips_task on clips (task_id)`.execute(db);
  await sql`create index clips_parent on clips (parent_clip_id) where parent_clip_id is not null`.execute(db);
  // Not by the number itself: a database that could read the table in that order would, past all other owners' clips.
  await sql`create index clips_owner on clips (owner_id, (number + 0)) where deleted_at is null`.execute(db);
}
