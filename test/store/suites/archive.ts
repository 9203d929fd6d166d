import { describe, expect, it } from 'vitest';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import {
  type ArchivedSong,
  evictArchived,
  findArchived,
  forgetArchived,
  listArchivedFiles,
  saveArchived,
} from '../../../src/store/archive.ts';
import { toggleHeart } from '../../../src/store/hearts.ts';
import type { Store } from '../../../src/store/open.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

function songOf(clipId: string, keptAt: number, bytes = 100): ArchivedSong {
  const file = { fileName: `${clipId}.mp3`, extension: 'mp3', mime: 'audio/mpeg', digest: `of ${clipId}` };
  return { accountId: OPERATOR_ACCOUNT, clipId, ...file, bytes, keptAt };
}

/** What the table of archived songs has to do on every database. */
export function describeArchive(createDatabase: CreateDatabase): void {
  describe('archive', () => {
    async function keep(store: Store, ...clipIds: readonly string[]) {
      for (const [index, clipId] of clipIds.entries())
        await saveArchived(store.db, songOf(clipId, T0 + index));
    }
    const evict = (store: Store, capBytes: number) => store.transaction((tx) => evictArchived(tx, capBytes));
    const love = (store: Store, clipId: string) =>
      store.transaction((tx) => toggleHeart(tx, clipId, 'anna', T0));

    it('keeps what was recorded last of a song', async () => {
      const { db } = await useStore(createDatabase);
      await saveArchived(db, songOf('song', T0));
      const large = songOf('song', T0 + 1, 5_000_000_000);
      await saveArchived(db, large);
      expect(await findArchived(db, large)).toEqual(large);
      expect(await findArchived(db, { ...large, clipId: 'other' })).toBeUndefined();
      expect(await listArchivedFiles(db, ['song.mp3', 'other.mp3'])).toEqual(new Set(['song.mp3']));
    });

    it('forgets a song, but not one that was kept anew meanwhile', async () => {
      const { db } = await useStore(createDatabase);
      const before = songOf('song', T0);
      const after = songOf('song', T0 + 1);
      await saveArchived(db, after);
      expect(await forgetArchived(db, before)).toBe(false);
      expect(await forgetArchived(db, after)).toBe(true);
      expect(await findArchived(db, after)).toBeUndefined();
    });

    it('lets nothing go while there is room', async () => {
      const store = await useStore(createDatabase);
      expect(await evict(store, 0)).toEqual([]);
      await keep(store, 'a', 'b', 'c');
      expect(await evict(store, 300)).toEqual([]);
    });

    it('lets the oldest songs without a heart go first, and no more of them than it must', async () => {
      const store = await useStore(createDatabase);
      await keep(store, 'a', 'b', 'c', 'd');
      await love(store, 'a');
      await love(store, 'c');
      expect(await evict(store, 399)).toEqual(['b.mp3']);
      expect(await evict(store, 150)).toEqual(['d.mp3', 'a.mp3']);
      expect(await evict(store, 0)).toEqual(['c.mp3']);
    });

    it('lets every song go once, however many processes make room at once', async () => {
      const store = await useStore(createDatabase);
      const names = Array.from({ length: 12 }, (_, index) => `song-${index + 10}`);
      await keep(store, ...names);
      const gone = await Promise.all(Array.from({ length: 4 }, () => evict(store, 200)));
      expect(gone.flat().toSorted()).toEqual(names.slice(0, 10).map((name) => `${name}.mp3`));
    });
  });
}
