import { describe, expect, it } from 'vitest';
import {
  claimDueCards,
  findCard,
  redoCard,
  renewCards,
  saveCard,
  touchCard,
} from '../../../src/store/cards.ts';
import { listLostResults, moveLostResult } from '../../../src/store/lost-results.ts';
import type { Executor } from '../../../src/store/schema.ts';
import { releaseLeases } from '../../../src/store/task-claims.ts';
import { insertTask } from '../../../src/store/tasks.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { originOf, queuedTask, T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

const LEASE_MS = 30_000;

const OWNER = 'process-1';

async function claimCards(db: Executor, now: number, owner = OWNER) {
  return await claimDueCards(db, { now, limit: 10, owner, leaseUntil: now + LEASE_MS });
}

/** What the cards of tasks have to do on every database. */
export function describeCards(createDatabase: CreateDatabase): void {
  describe('cards of tasks', () => {
    it('has a new task shown at the moment that was set', async () => {
      const { db } = await useStore(createDatabase);
      const task = queuedTask('task-1');
      await insertTask(db, task, T0 + 2_000);
      expect(await claimCards(db, T0 + 1_999)).toEqual([]);
      const card = {
        channelId: undefined,
        messageId: undefined,
        dueAt: T0 + 2_000,
        digest: undefined,
        edits: 0,
        editedAt: undefined,
        version: 0,
      };
      expect(await claimCards(db, T0 + 2_000)).toEqual([{ task, card }]);
    });

    it('remembers what was shown, and what a later save leaves out', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0);
      const shown = { channelId: '400', messageId: '600', digest: '🎵 queued', edits: 1, editedAt: T0 };
      await claimCards(db, T0);
      await saveCard(db, 'task-1', OWNER, { version: 0, dueAt: T0 + 5_000, ...shown });
      await claimCards(db, T0 + 5_000);
      await saveCard(db, 'task-1', OWNER, { version: 0, dueAt: undefined });
      expect(await findCard(db, 'task-1')).toEqual({ ...shown, dueAt: undefined, version: 0 });
      expect(await claimCards(db, T0 + 10_000)).toEqual([]);
      expect(await findCard(db, 'nobody')).toBeUndefined();
    });

    it('gives a card to one owner at a time, and on after the lease', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0);
      expect(await claimCards(db, T0)).toHaveLength(1);
      await touchCard(db, 'task-1', T0 + 1);
      expect(await claimCards(db, T0 + 1, 'process-2')).toEqual([]);
      expect(await claimCards(db, T0 + LEASE_MS, 'process-2')).toHaveLength(1);
      await releaseLeases(db, 'process-2');
      expect(await claimCards(db, T0 + LEASE_MS)).toHaveLength(1);
    });

    it('stays due when it was touched while it was being shown', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0);
      const [due] = await claimCards(db, T0);
      await touchCard(db, 'task-1', T0);
      await saveCard(db, 'task-1', OWNER, { version: due?.card.version ?? -1, dueAt: T0 + 60_000 });
      const [again] = await claimCards(db, T0);
      expect(again?.card.version).toBe(1);
      await saveCard(db, 'task-1', OWNER, { version: 1, dueAt: T0 + 60_000 });
      expect(await claimCards(db, T0 + 59_999)).toEqual([]);
      expect(await claimCards(db, T0 + 60_000)).toHaveLength(1);
    });

    it('takes no result from a process whose claim was taken over, and tells it so', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0);
      await claimCards(db, T0);
      await claimCards(db, T0 + LEASE_MS, 'process-2');
      const late = { version: 0, dueAt: undefined, digest: 'of process 1', edits: 1 };
      expect(await saveCard(db, 'task-1', OWNER, late)).toBe(false);
      expect(await findCard(db, 'task-1')).toMatchObject({ digest: undefined, edits: 0, dueAt: T0 });
      expect(await claimCards(db, T0 + LEASE_MS, 'process-3')).toEqual([]);
      const own = { version: 0, dueAt: undefined, digest: 'of process 2', edits: 1 };
      expect(await saveCard(db, 'task-1', 'process-2', own)).toBe(true);
      expect(await saveCard(db, 'task-1', OWNER, late)).toBe(false);
      expect(await findCard(db, 'task-1')).toMatchObject({ digest: 'of process 2', dueAt: undefined });
    });

    it('prolongs the claims that an owner still has, and says which those are', async () => {
      const { db } = await useStore(createDatabase);
      for (const id of ['task-1', 'task-2', 'task-3']) await insertTask(db, queuedTask(id), T0);
      await claimCards(db, T0);
      await saveCard(db, 'task-1', OWNER, { version: 0, dueAt: T0 });
      await claimCards(db, T0, 'process-2');
      const renewed = await renewCards(db, { owner: OWNER, until: T0 + 2 * LEASE_MS }, ['task-1', 'task-2']);
      expect(renewed).toEqual(['task-2']);
      const due = await claimCards(db, T0 + LEASE_MS, 'process-3');
      expect(due.map(({ task }) => task.id).sort()).toEqual(['task-1', 'task-3']);
    });

    it('has a card of which nobody knows what it shows shown once more, also when nothing was left to show', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0);
      await claimCards(db, T0);
      await saveCard(db, 'task-1', OWNER, { version: 0, dueAt: undefined, digest: 'failed:card', edits: 1 });
      await redoCard(db, 'task-1', 'failed:', T0 + 1);
      const [due] = await claimCards(db, T0 + 1);
      expect(due?.card).toMatchObject({ digest: 'failed:', edits: 1, version: 1 });
    });

    it('lists results that nobody could be sent for their owner, and moves each to another answer once', async () => {
      const { db } = await useStore(createDatabase);
      for (const id of ['task-1', 'task-2', 'task-3']) await insertTask(db, queuedTask(id), T0);
      await insertTask(db, queuedTask('task-4', { origin: { userId: '501' } }), T0);
      await claimCards(db, T0);
      for (const [index, id] of ['task-2', 'task-1', 'task-4'].entries()) {
        const saved = { version: 0, dueAt: undefined, digest: 'a:lost', lostAt: T0 + index };
        await saveCard(db, id, OWNER, { ...saved, channelId: '400', messageId: '600', edits: 7 });
      }
      const listIds = async () => (await listLostResults(db, '500', 5)).map(({ id }) => id);
      expect(await listIds()).toEqual(['task-1', 'task-2']);
      expect(await listLostResults(db, '500', 1)).toHaveLength(1);
      const origin = originOf({ token: 'newer', isPrivate: true });
      expect(await moveLostResult(db, 'task-1', origin, T0 + 9)).toBe(true);
      expect(await moveLostResult(db, 'task-1', origin, T0 + 9)).toBe(false);
      expect(await moveLostResult(db, 'task-3', origin, T0 + 9)).toBe(false);
      expect(await listIds()).toEqual(['task-2']);
      const [due, ...others] = await claimCards(db, T0 + 9);
      expect(others).toEqual([]);
      expect(due?.task).toMatchObject({ id: 'task-1', origin });
      expect(due?.card).toMatchObject({ messageId: undefined, digest: undefined, edits: 0, version: 1 });
    });

    it('never puts off a card that is due earlier', async () => {
      const { db } = await useStore(createDatabase);
      await insertTask(db, queuedTask('task-1'), T0 + 1_000);
      await touchCard(db, 'task-1', T0 + 9_000);
      expect((await findCard(db, 'task-1'))?.dueAt).toBe(T0 + 1_000);
      await touchCard(db, 'task-1', T0 + 500);
      expect((await findCard(db, 'task-1'))?.dueAt).toBe(T0 + 500);
      await claimCards(db, T0 + 500);
      await saveCard(db, 'task-1', OWNER, { version: 2, dueAt: undefined });
      await touchCard(db, 'task-1', T0 + 9_000);
      expect((await findCard(db, 'task-1'))?.dueAt).toBe(T0 + 9_000);
    });
  });
}
