import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { findTask, insertTask } from '../../src/store/tasks.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { queuedTask, T0 } from '../support/tasks.ts';

/** What Kysely's migrations of PostgreSQL lock. */
const MIGRATION_LOCK = '3853314791062309107';

describe('a process that starts on PostgreSQL', () => {
  it('waits for the migrations of another one, longer than any other statement may take', async () => {
    const { databaseUrl, remove } = await createPostgresDatabase();
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    onTestFinished(async () => {
      await other.end();
      await remove();
    });
    await other.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const named = `${databaseUrl}&application_name=${randomUUID()}`;
    const statementTimeoutMs = 2_000;
    const opening = openStore({ databaseUrl: named, statementTimeoutMs });
    const opened = opening.catch((error: unknown) => error);
    const hasWaited = async () => {
      const { rowCount } = await other.query(
        `select 1 from pg_locks join pg_stat_activity using (pid)
          where application_name = $1 and not granted and waitstart < clock_timestamp() - $2::interval`,
        [new URL(named).searchParams.get('application_name'), `${statementTimeoutMs + 500} ms`],
      );
      return rowCount === 1;
    };
    await expect.poll(async () => await hasWaited()).toBe(true);
    await other.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    expect(await opened).not.toBeInstanceOf(Error);
    const store = await opening;
    onTestFinished(() => store.close());
    await insertTask(store.db, queuedTask('a'), T0);
    expect(await findTask(store.db, 'a')).toBeDefined();
    // Any other statement is broken off.
    await expect(sql`select pg_sleep(60)`.execute(store.db)).rejects.toThrow('timeout exceeded');
  });
});
