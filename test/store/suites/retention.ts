import { describe, expect, it } from 'vitest';
import {
  abandonTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  rescheduleTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../../src/domain/transitions.ts';
import { listClipsOfTask, saveClips } from '../../../src/store/clips.ts';
import { findDelivery, insertDeliveries } from '../../../src/store/deliveries.ts';
import type { Store } from '../../../src/store/open.ts';
import { dropDeadTokens, emptyOldTasks } from '../../../src/store/retention.ts';
import { findTask } from '../../../src/store/tasks.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { clipOf, deliveryOf, putTask, runningTask, useStore } from '../support.ts';

const RETENTION = { guildId: '300', before: T0 + 1_000, limit: 100 };

const empty = (store: Store, changes = {}) =>
  store.transaction((tx) => emptyOldTasks(tx, { ...RETENTION, ...changes }, T0 + 9_000));

/** Ids of the tasks in which the prompt still stands. */
async function listTyped({ db }: Store): Promise<readonly string[]> {
  const rows = await db.selectFrom('tasks').select(['id', 'request', 'details']).orderBy('id').execute();
  return rows
    .filter(({ request, details }) => /rain|quoted/.test(`${request} ${details}`))
    .map(({ id }) => id);
}

/** What is kept only for a while, on every database. */
export function describeRetention(createDatabase: CreateDatabase): void {
  describe('interaction tokens', () => {
    it('are dropped when they are dead, and nothing else of where a request came from is', async () => {
      const store = await useStore(createDatabase);
      const origin = { token: 'a-very-fake-token' };
      await putTask(store.db, queuedTask('dead', { origin: { ...origin, tokenExpiresAt: T0 } }));
      await putTask(store.db, runningTask('alive', T0, { origin: { ...origin, tokenExpiresAt: T0 + 1 } }));
      const before = await findTask(store.db, 'dead');
      expect(await store.transaction((tx) => dropDeadTokens(tx, T0, 10))).toBe(1);
      expect(await findTask(store.db, 'dead')).toEqual({
        ...before,
        origin: { ...before?.origin, token: '' },
      });
      expect((await findTask(store.db, 'alive'))?.origin.token).toBe('a-very-fake-token');
      expect(await store.transaction((tx) => dropDeadTokens(tx, T0, 10))).toBe(0);
    });

    it('are dropped so many at a time, also where a row cannot be read', async () => {
      const store = await useStore(createDatabase);
      for (const id of ['1', '2', '3']) await putTask(store.db, queuedTask(id));
      await store.db.updateTable('tasks').set({ origin: 'not JSON' }).where('id', '=', '1').execute();
      const late = T0 + 86_400_000;
      const drop = () => store.transaction((tx) => dropDeadTokens(tx, late, 2));
      expect([await drop(), await drop(), await drop()]).toEqual([2, 1, 0]);
    });
  });

  describe('old tasks', () => {
    it('lose what was typed and answered when they have ended, whatever their end', async () => {
      const store = await useStore(createDatabase);
      const failure = { kind: 'moderation', text: 'quoted words' } as const;
      const submitting = startSubmitting(queuedTask('unknown'), T0);
      const lost = loseTask(submitting, failure, T0);
      const over = [
        succeedTask(runningTask('succeeded'), T0, { kind: 'tags', tags: 'quoted tags' }),
        failTask(runningTask('failed'), failure, T0),
        cancelTask(queuedTask('cancelled'), '500', T0),
        rescheduleTask(expireTask(runningTask('expired'), T0, T0), undefined),
        rescheduleTask(abandonTask(runningTask('abandoned'), '500', T0), undefined),
        settleUnknown(lost),
      ];
      const others = [
        queuedTask('queued'),
        runningTask('running'),
        startSubmitting(queuedTask('submitting'), T0),
        expireTask(runningTask('expired-just-now'), T0, T0),
        { ...lost, id: 'unknown-just-now', requestKey: 'unknown-just-now' },
        succeedTask(runningTask('elsewhere', T0, { origin: { guildId: '301' } }), T0),
        succeedTask(runningTask('later', T0, { createdAt: T0 + 1_000 }), T0 + 2_000),
      ];
      for (const task of [...over, ...others]) await putTask(store.db, task);
      expect(await empty(store, { limit: 4 })).toBe(4);
      expect(await empty(store)).toBe(2);
      expect(await empty(store)).toBe(0);
      expect(await listTyped(store)).toEqual(others.map(({ id }) => id).sort());
      for (const { id, state, price } of over) {
        const task = await findTask(store.db, id);
        expect(task, id).toMatchObject({ state, price, origin: { userId: '500', token: '', userName: '' } });
      }
    });

    it('lose what nobody was brought and what somebody deleted, and leave songs and their cards', async () => {
      const store = await useStore(createDatabase);
      await putTask(store.db, succeedTask(runningTask('task-1'), T0));
      await saveClips(store.db, [clipOf('kept', { lyrics: 'rain' }), clipOf('deleted', { deletedAt: T0 })]);
      const states = ['delivered', 'pending', 'undecided', 'undeliverable'] as const;
      await insertDeliveries(
        store.db,
        states.map((state) => deliveryOf(state, { state })),
      );
      await empty(store);
      const left = await Promise.all(states.map((state) => findDelivery(store.db, state)));
      expect(left.map((delivery) => delivery?.state)).toEqual(['delivered', undefined, undefined, undefined]);
      expect(await listClipsOfTask(store.db, 'task-1')).toMatchObject([{ clipId: 'kept', lyrics: 'rain' }]);
    });
  });
}
