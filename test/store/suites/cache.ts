import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCache } from '../../../src/store/keyv-store.ts';
import { type CreateDatabase, openTestStore } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

/** What caches have to do on every database. */
export function describeCache(createDatabase: CreateDatabase): void {
  describe('createCache', () => {
    it('keeps values of any kind, each in its namespace', async () => {
      const store = await useStore(createDatabase);
      const drafts = createCache<unknown>(store, 'drafts');
      const balances = createCache<number>(store, 'balances');
      const draft = { lyrics: '„La“ 🎵\n%_\\', take: 2, nested: [null, true] };
      await drafts.set('key', draft);
      await balances.set('key', 250);
      expect(await drafts.get('key')).toEqual(draft);
      expect(await createCache(store, 'balances').get('key')).toBe(250);
      await drafts.clear();
      expect(await drafts.get('key')).toBeUndefined();
      expect(await balances.get('key')).toBe(250);
    });

    it('replaces, finds, deletes, one or many', async () => {
      const store = await useStore(createDatabase);
      const cache = createCache<number>(store, 'numbers');
      await cache.setMany([
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ]);
      await cache.set('a', 3);
      expect(await cache.getMany(['b', 'nothing', 'a'])).toEqual([2, undefined, 3]);
      expect(await cache.has('a')).toBe(true);
      expect(await cache.hasMany(['a', 'nothing'])).toEqual([true, false]);
      expect(await cache.delete('a')).toBe(true);
      expect(await cache.delete('a')).toBe(false);
      expect(await cache.deleteMany(['b', 'nothing'])).toEqual([true, false]);
      expect(await cache.get('b')).toBeUndefined();
    });

    it("forgets a value when its time is over by the store's clock, whatever the host's says", async () => {
      const clock = { now: T0 };
      const { store, cleanup } = await openTestStore({ createDatabase, now: () => clock.now });
      onTestFinished(cleanup);
      // The host's clock stands still: what passes of it before a value is stored is taken off the value's time.
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const short = createCache<string>(store, 'hints', 500);
      await short.set('hint', 'soon gone');
      await short.set('other', 'stays', 60_000);
      clock.now += 499;
      expect(await short.getMany(['hint', 'other'])).toEqual(['soon gone', 'stays']);
      clock.now += 1;
      expect(await short.getMany(['hint', 'other'])).toEqual([undefined, 'stays']);
      expect(await short.hasMany(['hint', 'other'])).toEqual([false, true]);
      // By another cache, because each sweeps only once in a while.
      await createCache<number>(store, 'anything').set('key', 1);
      const rows = await store.db.selectFrom('cache').select(['key', 'expires']).orderBy('key').execute();
      expect(rows).toEqual([
        { key: 'key', expires: null },
        { key: 'other', expires: T0 + 60_000 },
      ]);
    });

    it('answers "not found" when the database is gone, and does not throw', async () => {
      const store = await useStore(createDatabase);
      const cache = createCache<number>(store, 'numbers');
      await cache.set('key', 1);
      await store.close();
      expect(await cache.get('key')).toBeUndefined();
      expect(await cache.set('key', 2)).toBe(false);
    });
  });
}
