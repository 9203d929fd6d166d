import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { abandonTask, acceptTask, startSubmitting, succeedTask } from '../../src/domain/transitions.ts';
import { saveClips } from '../../src/store/clips.ts';
import { forgetPerson } from '../../src/store/forget-person.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import type { Executor } from '../../src/store/schema.ts';
import { findTask, updateTask } from '../../src/store/tasks.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { clipOf, putTask, runningTask } from './support.ts';

/** Stores of two processes on the same tables. */
async function openTwo() {
  const { databaseUrl, remove } = await createPostgresDatabase();
  const one = await openStore({ databaseUrl });
  const other = await openStore({ databaseUrl });
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()]);
    await remove();
  });
  return { stores: [one, other] as const, db: one.db };
}

describe('somebody who leaves while another process changes a task of theirs', () => {
  const departure = { userId: '500', standIn: 'gone-1' };

  /** Deletes the person while a change is not committed; it is as soon as the deletion waits for it. */
  async function leaveDuring(
    change: (tx: Executor) => Promise<unknown>,
    [one, other]: readonly [Store, Store],
  ) {
    const changed = Promise.withResolvers<number | undefined>();
    const waiting = Promise.withResolvers<void>();
    const changing = one.transaction(async (tx) => {
      await change(tx);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      changed.resolve(rows[0]?.pid);
      await waiting.promise;
    });
    const blocker = await changed.promise;
    const leaving = other.transaction((tx) => forgetPerson(tx, departure, T0));
    const blocked = sql`select 1 from pg_stat_activity where ${blocker} = any(pg_blocking_pids(pid))`;
    await expect.poll(async () => (await blocked.execute(one.db)).rows).toHaveLength(1);
    waiting.resolve();
    await changing;
    return await leaving;
  }

  it('loses nothing of what that process found out: what was accepted is followed', async () => {
    const { stores, db } = await openTwo();
    const before = startSubmitting(queuedTask('a'), T0);
    await putTask(db, before);
    const after = acceptTask(before, 'provider-a', T0, T0);
    await leaveDuring((tx) => updateTask(tx, before, after), stores);
    expect(await findTask(db, 'a')).toMatchObject({
      state: 'running',
      providerTaskId: 'provider-a',
      origin: { userId: departure.standIn },
    });
  });

  it('leaves no song that it was just bringing', async () => {
    const { stores, db } = await openTwo();
    const before = abandonTask(runningTask('a'), '500', T0);
    await putTask(db, before);
    const songs = await leaveDuring(async (tx) => {
      await updateTask(tx, before, succeedTask(before, T0));
      await saveClips(tx, [clipOf('clip-1', { taskId: 'a' })]);
    }, stores);
    expect(songs).toBe(1);
    expect(await findTask(db, 'a')).toMatchObject({ state: 'succeeded' });
    expect(await db.selectFrom('clips').selectAll().execute()).toEqual([]);
  });
});
