import { describe, expect, it } from 'vitest';
import { loseTask, startSubmitting } from '../../../src/domain/transitions.ts';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { addEntry } from '../../../src/store/ledger.ts';
import type { Store } from '../../../src/store/open.ts';
import {
  claimNotice,
  endNotice,
  findToldAt,
  listOpenNotices,
  NOTICE_INTERVAL_MS,
  recordEnded,
} from '../../../src/store/operator-notices.ts';
import { countWaiting, findSpending } from '../../../src/store/spending.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { putTask, runningTask, useStore } from '../support.ts';

const KEY = { cause: 'provider-down', subject: '' };
const LATER = T0 + NOTICE_INTERVAL_MS;

const claim = (store: Store, since: number, now: number, subject = '') =>
  store.transaction((tx) => claimNotice(tx, { ...KEY, subject, since }, now));
const end = (store: Store, now: number) => store.transaction((tx) => endNotice(tx, KEY, now));

/** What the operators were told of, and what an account spends, on every database. */
export function describeOperatorNotices(createDatabase: CreateDatabase): void {
  describe('notices', () => {
    it('of one cause may be given once an hour, by one of all who try', async () => {
      const store = await useStore(createDatabase);
      const claims = await Promise.all([1, 2, 3].map((ago) => claim(store, T0 - ago, T0)));
      expect(claims.filter((since) => since !== undefined)).toHaveLength(1);
      expect(await claim(store, T0, LATER - 1)).toBeUndefined();
      expect(await claim(store, T0, T0, 'about something else')).toBe(T0);
    });

    it('of what goes on name the time at which it began', async () => {
      const store = await useStore(createDatabase);
      await claim(store, T0 - 5, T0);
      expect(await claim(store, T0 + 7, LATER)).toBe(T0 - 5);
    });

    it('of what came back within the hour wait, and then name when that began', async () => {
      const store = await useStore(createDatabase);
      await claim(store, T0, T0);
      await end(store, T0 + 1);
      expect(await claim(store, T0 + 2, T0 + 2)).toBeUndefined();
      expect(await end(store, T0 + 3)).toBeUndefined();
      expect(await claim(store, T0 + 4, LATER)).toBe(T0 + 4);
    });

    it('are over once, for one of all who say so', async () => {
      const store = await useStore(createDatabase);
      expect(await end(store, T0)).toBeUndefined();
      await claim(store, T0 - 5, T0);
      expect(await listOpenNotices(store.db)).toEqual([{ ...KEY, since: T0 - 5, toldAt: T0 }]);
      const ends = await Promise.all([1, 2, 3].map(() => end(store, T0 + 1)));
      expect(ends.filter((since) => since === T0 - 5)).toHaveLength(1);
      expect(await listOpenNotices(store.db)).toEqual([]);
      expect(await findToldAt(store.db, KEY)).toBe(T0);
    });

    it('that could not be written are recorded by one of those who gave them', async () => {
      const store = await useStore(createDatabase);
      const record = (since: number, now: number) =>
        store.transaction((tx) => recordEnded(tx, { ...KEY, since, toldAt: since + 5 }, now));
      const first = await Promise.all([T0, T0 + 1, T0 + 2].map((since) => record(since, T0 + 10)));
      expect(first.filter(Boolean)).toHaveLength(1);
      expect(await record(T0 + 20, T0 + 30)).toBe(true);
      expect(await findToldAt(store.db, KEY)).toBe(T0 + 25);
    });
  });

  describe('spending', () => {
    const entry = { accountId: OPERATOR_ACCOUNT, memberId: '1', bookedAt: T0, flagged: false, reserved: 0 };

    it('is what was charged since then, less what was given back, and since when there is any', async () => {
      const store = await useStore(createDatabase);
      expect(await findSpending(store.db, OPERATOR_ACCOUNT, T0)).toEqual({ credits: 0, firstAt: undefined });
      const rows = [
        { kind: 'charge', charged: 20, at: T0 - 5 },
        { kind: 'charge', charged: 15, at: T0 + 1 },
        { kind: 'charge', charged: 30, at: T0 + 2 },
        { kind: 'refund', charged: -15, at: T0 + 3 },
        { kind: 'adjust', charged: 500, at: T0 + 4 },
      ] as const;
      for (const [index, row] of rows.entries())
        await addEntry(store.db, { ...entry, ...row, taskId: `${index}` });
      expect(await findSpending(store.db, OPERATOR_ACCOUNT, T0)).toEqual({ credits: 30, firstAt: T0 - 5 });
    });
  });

  describe('what waited', () => {
    it('are the tasks that were open in the meantime, and those in doubt', async () => {
      const store = await useStore(createDatabase);
      await putTask(store.db, queuedTask('queued'));
      await putTask(store.db, runningTask('running', T0));
      const lost = (id: string, at: number) =>
        loseTask(startSubmitting(queuedTask(id), at, false), { kind: 'answer-lost', text: '' }, at);
      await putTask(store.db, lost('lost before', T0 - 1));
      await putTask(store.db, lost('lost', T0 + 1));
      expect(await countWaiting(store.db, T0)).toEqual({ waited: 3, inDoubt: 1 });
    });
  });
}
