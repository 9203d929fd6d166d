import { describe, expect, it } from 'vitest';
import { delayCreates, getAccount, OPERATOR_ACCOUNT, takeCreateSlot } from '../../../src/store/accounts.ts';
import { countHearts, toggleHeart } from '../../../src/store/hearts.ts';
import { keepSecret } from '../../../src/store/secrets.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

/** What accounts and hearts have to do on every database. */
export function describeSmallTables(createDatabase: CreateDatabase): void {
  describe('accounts', () => {
    it("has the operator's from the start", async () => {
      const { db } = await useStore(createDatabase);
      expect(await getAccount(db, OPERATOR_ACCOUNT)).toEqual({ id: 'operator', nextCreateAt: 0 });
      await expect(getAccount(db, 'nobody')).rejects.toThrow('there is no account nobody');
    });

    it('gives one turn per interval, however many ask at once', async () => {
      const store = await useStore(createDatabase);
      const take = (now: number) =>
        store.transaction(async (tx) => await takeCreateSlot(tx, OPERATOR_ACCOUNT, now, 3_000));
      const turns = await Promise.all(Array.from({ length: 20 }, () => take(T0)));
      expect(turns.filter(Boolean)).toHaveLength(1);
      expect(await take(T0 + 2_999)).toBe(false);
      expect(await take(T0 + 3_000)).toBe(true);
      expect(await takeCreateSlot(store.db, 'nobody', T0, 3_000)).toBe(false);
    });

    it('puts the next turn off, never forward', async () => {
      const { db } = await useStore(createDatabase);
      await delayCreates(db, OPERATOR_ACCOUNT, T0 + 60_000);
      await delayCreates(db, OPERATOR_ACCOUNT, T0);
      expect((await getAccount(db, OPERATOR_ACCOUNT)).nextCreateAt).toBe(T0 + 60_000);
    });
  });

  describe('secrets', () => {
    it('keeps the first value of a name for everybody, also for those who ask at once', async () => {
      const store = await useStore(createDatabase);
      const values = await Promise.all(
        ['a', 'b', 'c'].map((fresh) => store.transaction((tx) => keepSecret(tx, 'webhooks', fresh))),
      );
      expect(new Set(values).size).toBe(1);
      expect(await keepSecret(store.db, 'webhooks', 'd')).toBe(values[0]);
      expect(await keepSecret(store.db, 'others', 'd')).toBe('d');
    });
  });

  describe('hearts', () => {
    it('gives and takes back one heart per person, also for clips that nobody knows', async () => {
      const store = await useStore(createDatabase);
      const press = (userId: string) =>
        store.transaction(async (tx) => await toggleHeart(tx, 'clip-1', userId, T0));
      expect(await press('500')).toEqual({ count: 1, on: true });
      expect(await press('501')).toEqual({ count: 2, on: true });
      expect(await press('500')).toEqual({ count: 1, on: false });
      expect(await countHearts(store.db, 'clip-1')).toBe(1);
      expect(await countHearts(store.db, 'clip-2')).toBe(0);
    });

    it('counts every heart when many press at once', async () => {
      const store = await useStore(createDatabase);
      const pressed = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          store.transaction(async (tx) => await toggleHeart(tx, 'clip-1', `user-${index}`, T0)),
        ),
      );
      const counts = pressed.map((hearts) => hearts.count).sort((a, b) => a - b);
      expect(counts).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    });
  });
}
