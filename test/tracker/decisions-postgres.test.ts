import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { cancelTask, startSubmitting } from '../../src/domain/transitions.ts';
import { createLogger } from '../../src/log.ts';
import { openStore } from '../../src/store/open.ts';
import type { Executor } from '../../src/store/schema.ts';
import { rescheduleTasks } from '../../src/store/task-claims.ts';
import { findTask, updateTask } from '../../src/store/tasks.ts';
import { createChanges } from '../../src/tracker/changes.ts';
import { createDecisions } from '../../src/tracker/decisions.ts';
import { putTask } from '../store/support.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { runningTask } from './support.ts';

/** A gateway's decisions, and what lets another process change a task while one of them is made. */
async function openBoth(task: Task) {
  const { databaseUrl, remove } = await createPostgresDatabase();
  const gateway = await openStore({ databaseUrl });
  const worker = await openStore({ databaseUrl });
  onTestFinished(async () => {
    await Promise.all([gateway.close(), worker.close()]);
    await remove();
  });
  await putTask(worker.db, task);
  const changes = createChanges({ store: gateway, log: createLogger({ level: 'silent' }) });
  const decisions = createDecisions({ store: gateway, changes, now: async () => T0 });

  /** Decides while a change is not committed; it is as soon as the decision waits for it. */
  async function decideDuring<T>(change: (tx: Executor) => Promise<unknown>, decide: () => Promise<T>) {
    const changed = Promise.withResolvers<number | undefined>();
    const waiting = Promise.withResolvers<void>();
    const changing = worker.transaction(async (tx) => {
      await change(tx);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      changed.resolve(rows[0]?.pid);
      await waiting.promise;
    });
    const blocker = await changed.promise;
    const deciding = decide();
    const blocked = sql`select 1 from pg_stat_activity where ${blocker} = any(pg_blocking_pids(pid))`;
    await expect.poll(async () => (await blocked.execute(worker.db)).rows).toHaveLength(1);
    waiting.resolve();
    await changing;
    return await deciding;
  }
  return { decisions, decideDuring, find: () => findTask(worker.db, task.id) };
}

describe('a decision about a task that another process is just changing', () => {
  const running = runningTask({ id: 'a', groupId: 'a' });
  const lookedAt = { ...running, polls: running.polls + 1, nextPollAt: T0 + 30_000 };

  it('holds when that was only a look at it', async () => {
    const { decisions, decideDuring, find } = await openBoth(running);
    const after = await decideDuring(
      (tx) => rescheduleTasks(tx, [lookedAt]),
      () => decisions.abandon('a', '500'),
    );
    expect(after).toMatchObject({ state: 'abandoned', abandonedBy: '500' });
    expect(await find()).toEqual(after);
  });

  it('holds for those asked for together, too', async () => {
    const { decisions, decideDuring } = await openBoth(running);
    const after = await decideDuring(
      (tx) => rescheduleTasks(tx, [lookedAt]),
      () => decisions.abandonGroup('a', '500'),
    );
    expect(after).toMatchObject([{ state: 'abandoned', polls: lookedAt.polls }]);
  });

  it('comes too late when the task has ended: it says how', async () => {
    const queued = queuedTask('a');
    const { decisions, decideDuring } = await openBoth(queued);
    const cancelled = cancelTask(queued, '501', T0);
    const after = await decideDuring(
      (tx) => updateTask(tx, queued, cancelled),
      () => decisions.cancel('a', '500'),
    );
    expect(after).toMatchObject({ state: 'cancelled', cancelledBy: '501' });
  });

  it('lets a task come back that is just being sent', async () => {
    const queued = queuedTask('a');
    const { decisions, decideDuring } = await openBoth(queued);
    const after = await decideDuring(
      (tx) => updateTask(tx, queued, startSubmitting(queued, T0)),
      () => decisions.cancel('a', '500'),
    );
    expect(after).toMatchObject({ state: 'submitting', withdrawnBy: '500' });
  });
});
