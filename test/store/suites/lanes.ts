import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { noteKeyRefused, removeAccountKey, saveAccountKey } from '../../../src/store/account-keys.ts';
import { ensureAccount, getAccount, memberAccount, OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { insertTask } from '../../../src/store/tasks.ts';
import { takeHead } from '../../../src/tracker/take-head.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

const SETTINGS = { pollIntervalMs: 15_000, submitIntervalMs: 3_000, deadlineMs: 3_600_000 };

function contextOf(owner: string) {
  return {
    catalogue: createCatalogue(),
    settings: SETTINGS,
    owner,
    webhooks: undefined,
    now: async () => T0,
  };
}

/** What many processes may send at once, on every database. */
export function describeLanes(createDatabase: CreateDatabase): void {
  describe('lanes', () => {
    it('let one create and four direct tasks through, however many processes ask at once', async () => {
      const store = await useStore(createDatabase);
      for (let index = 0; index < 8; index += 1) {
        await insertTask(store.db, queuedTask(`song-${index}`), T0);
        await insertTask(store.db, queuedTask(`tool-${index}`, { isDirect: true }), T0);
      }
      const heads = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const lane = index % 2 === 0 ? 'create' : 'direct';
          const context = contextOf(`process-${index}`);
          return store.transaction((tx) => takeHead(tx, OPERATOR_ACCOUNT, lane, context, () => {}));
        }),
      );
      const taken = heads.flatMap((head) => (head.kind === 'taken' ? head.task.id : []));
      expect(taken.filter((id) => id.startsWith('song'))).toHaveLength(1);
      expect(taken.filter((id) => id.startsWith('tool'))).toHaveLength(4);
      expect(new Set(taken).size).toBe(5);
      expect((await getAccount(store.db, OPERATOR_ACCOUNT)).nextCreateAt).toBe(T0 + 3_000);
    });

    it('hold back what a refused key pays for, and end it when the key is removed', async () => {
      const store = await useStore(createDatabase);
      const accountId = memberAccount('500');
      const key = { accountId, keyId: 'k', sealed: 's', version: 1, setBy: '500', setAt: T0 };
      await ensureAccount(store.db, accountId, T0);
      await saveAccountKey(store.db, key);
      for (const id of ['song-1', 'song-2']) {
        await insertTask(store.db, { ...queuedTask(id), accountId }, T0);
      }
      const take = () =>
        store.transaction((tx) => takeHead(tx, accountId, 'create', contextOf('process'), () => {}));
      await noteKeyRefused(store.db, key, T0);
      expect(await take()).toMatchObject({ kind: 'wait' });
      await saveAccountKey(store.db, { ...key, version: 2 });
      expect(await take()).toMatchObject({ kind: 'taken', task: { id: 'song-1' } });
      await removeAccountKey(store.db, accountId);
      await store.db.updateTable('accounts').set({ next_create_at: 0 }).execute();
      expect(await take()).toMatchObject({
        kind: 'refused',
        task: { id: 'song-2', state: 'failed', failure: { kind: 'own-key' } },
      });
      expect(await take()).toEqual({ kind: 'empty' });
    });
  });
}
