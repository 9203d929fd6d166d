import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { wishDeparture } from '../../src/store/departures.ts';
import type { Store } from '../../src/store/open.ts';
import { listUnwantedFiles, noteUnwantedFiles } from '../../src/store/unwanted-files.ts';
import { Farewells } from '../../src/tracker/farewells.ts';
import { PrivacyKeeper, type PrivacyKeeperDeps } from '../../src/tracker/privacy-keeper.ts';
import { putTask, runningTask, useStore } from '../store/support.ts';

const log = createLogger({ level: 'silent' });

function startKeeper(store: Store, deps: Partial<PrivacyKeeperDeps>): PrivacyKeeper {
  const farewells = { finish: async () => ({ songs: 0 }) };
  const keeper = new PrivacyKeeper({ store, log, farewells, removeFile: async () => {}, ...deps });
  onTestFinished(() => keeper.stop());
  keeper.start();
  return keeper;
}

function wish(store: Store, userId: string, at: number) {
  return store.transaction((tx) => wishDeparture(tx, userId, { id: userId, at }));
}

describe('the keeper of privacy', () => {
  it('finishes the deletions that somebody else began a minute ago, and leaves younger ones to them', async () => {
    const store = await useStore();
    const now = await store.now();
    await wish(store, 'young', now);
    await wish(store, 'old', now - 60_000);
    await noteUnwantedFiles(store.db, ['song.mp3']);
    const finished: string[] = [];
    const finish = async ({ userId }: { readonly userId: string }) => {
      finished.push(userId);
      return { songs: 0 };
    };
    startKeeper(store, { farewells: { finish } });
    // Files come after the deletions.
    await expect.poll(() => listUnwantedFiles(store.db, 1)).toEqual([]);
    expect(finished).toEqual(['old']);
  });

  it('removes all files that are not wanted in one pass, and passes over those that it cannot remove', async () => {
    const store = await useStore();
    const names = Array.from({ length: 450 }, (_, index) => `song-${1_000 + index}.mp3`);
    await noteUnwantedFiles(store.db, names);
    const removed: string[] = [];
    const removeFile = async (name: string) => {
      removed.push(name);
      if (name === 'song-1199.mp3') throw new Error('busy');
    };
    startKeeper(store, { removeFile });
    await expect.poll(() => listUnwantedFiles(store.db, 450)).toEqual(['song-1199.mp3']);
    expect(removed).toEqual(names);
  });

  it('stops at once while it waits for cards, and the wish stays', async () => {
    const store = await useStore();
    await putTask(store.db, runningTask('a'));
    await store.db.updateTable('tasks').set({ card_due_at: 0 }).execute();
    const departure = await wish(store, '500', (await store.now()) - 60_000);
    const asked = Promise.withResolvers<void>();
    const farewells = new Farewells({
      store,
      log,
      decisions: {
        cancel: async () => undefined,
        abandon: async () => {
          asked.resolve();
          return undefined;
        },
        cancelGroup: async () => [],
        abandonGroup: async () => [],
      },
      onChange: () => {},
      onGone: async () => {},
    });
    const keeper = startKeeper(store, { farewells });
    await asked.promise;
    await keeper.stop();
    // Whoever had waited would have deleted everything after fifteen seconds.
    expect(departure).toEqual(await wish(store, '500', 0));
    expect(await store.db.selectFrom('tasks').select('requester_id').execute()).toEqual([
      { requester_id: '500' },
    ]);
  });
});
