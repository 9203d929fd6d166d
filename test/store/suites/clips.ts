import { describe, expect, it } from 'vitest';
import type { Clip } from '../../../src/domain/clip.ts';
import type { ClipSearch } from '../../../src/store/clip-sources.ts';
import {
  deleteClip,
  findClip,
  isSharedIn,
  listClipsOfTask,
  listFound,
  saveClips,
  searchClips,
  shareClip,
} from '../../../src/store/clips.ts';
import { toggleHeart } from '../../../src/store/hearts.ts';
import type { Executor } from '../../../src/store/schema.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { clipOf, useStore } from '../support.ts';

const FULL: Clip = clipOf('clip-1', {
  source: 'uploaded',
  parentClipId: 'clip-0',
  title: 'Größe 🎵',
  tags: 'pop, 80s',
  lyrics: '[Verse]\nla',
  prompt: 'a song',
  model: 'chirp-v5',
  durationSeconds: 123.4,
  audioUrl: 'https://cdn1.suno.ai/clip-1.mp3',
  imageUrl: 'https://cdn1.suno.ai/clip-1.jpeg',
  sharedGuildId: '300',
  deletedAt: T0 + 1,
});

async function search(db: Executor, text: string, changes: Partial<ClipSearch> = {}): Promise<string[]> {
  const clips = await searchClips(db, { text, userId: '500', limit: 25, ...changes });
  return clips.map((clip) => clip.clipId);
}

/** What the repository of clips has to do on every database. */
export function describeClips(createDatabase: CreateDatabase): void {
  describe('clips', () => {
    it('keeps all that is known of a clip, however little', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [FULL, clipOf('clip-2')]);
      expect(await findClip(db, 'clip-1')).toEqual(FULL);
      expect(await findClip(db, 'clip-2')).toEqual(clipOf('clip-2'));
      expect(await findClip(db, 'clip-3')).toBeUndefined();
      await saveClips(db, []);
    });

    it('takes over what is newly known, but neither owner, task, sharing nor deletion', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [FULL]);
      await saveClips(db, [
        clipOf('clip-1', { ownerId: '501', taskId: 'task-2', take: 2, title: 'New', createdAt: T0 + 5 }),
      ]);
      expect(await findClip(db, 'clip-1')).toEqual(
        clipOf('clip-1', {
          source: 'uploaded',
          parentClipId: 'clip-0',
          title: 'New',
          sharedGuildId: '300',
          deletedAt: T0 + 1,
        }),
      );
    });

    it('lists what a task made in the order of the takes', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('b', { take: 2 }), clipOf('c', { taskId: 'task-2' }), clipOf('a')]);
      expect((await listClipsOfTask(db, 'task-1')).map((clip) => clip.clipId)).toEqual(['a', 'b']);
    });

    it("finds a person's own clips everywhere, and those of others only where they were shared", async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [
        clipOf('own'),
        clipOf('private', { ownerId: '501' }),
        clipOf('shared', { ownerId: '501' }),
      ]);
      await shareClip(db, 'shared', '300');
      expect(await search(db, '')).toEqual(['own']);
      expect(await search(db, '', { guildId: '300' })).toEqual(['own', 'shared']);
      expect(await search(db, '', { guildId: '301' })).toEqual(['own']);
      expect(await search(db, '', { userId: '502', guildId: '300' })).toEqual(['shared']);
      expect(await search(db, '', { userId: '502' })).toEqual([]);
    });

    it('offers a deleted clip to nobody, but still knows it', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('clip-1')]);
      await shareClip(db, 'clip-1', '300');
      await deleteClip(db, 'clip-1', T0 + 1);
      await deleteClip(db, 'clip-1', T0 + 2);
      expect(await search(db, '', { guildId: '300' })).toEqual([]);
      expect(await findClip(db, 'clip-1')).toMatchObject({ deletedAt: T0 + 1, sharedGuildId: '300' });
    });

    it('finds a clip in every server where it was posted', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('clip-1', { ownerId: '501' }), clipOf('clip-2', { ownerId: '501' })]);
      for (const guildId of ['300', '301', '301']) await shareClip(db, 'clip-1', guildId);
      expect(await search(db, '', { guildId: '300' })).toEqual(['clip-1']);
      expect(await search(db, '', { guildId: '301' })).toEqual(['clip-1']);
      expect(await search(db, '', { guildId: '302' })).toEqual([]);
      const clip = clipOf('clip-1');
      expect(await isSharedIn(db, clip, '301')).toBe(true);
      expect(await isSharedIn(db, clip, '302')).toBe(false);
      expect(await isSharedIn(db, { ...clip, accountId: 'other' }, '301')).toBe(false);
      expect(await findClip(db, 'clip-1')).toMatchObject({ sharedGuildId: '300' });
    });

    it('lists the newest first and the takes of a task in order, no more than asked for', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('old')]);
      await saveClips(db, [clipOf('take-1', { take: 1 }), clipOf('take-2', { take: 2 })]);
      expect(await search(db, '')).toEqual(['take-1', 'take-2', 'old']);
      expect(await search(db, '', { limit: 1 })).toEqual(['take-1']);
      // What is newly known of a clip makes no new clip of it.
      await saveClips(db, [clipOf('old', { title: 'Known' })]);
      expect(await search(db, '')).toEqual(['take-1', 'take-2', 'old']);
    });

    it('lists no stems unasked, and finds them by their names', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('song', { title: 'Rain' })]);
      await saveClips(db, [clipOf('stem', { title: 'Rain drums', kind: 'stem' })]);
      expect(await search(db, '')).toEqual(['song']);
      expect(await search(db, 'rain')).toEqual(['stem', 'song']);
    });

    it.each([
      ['RAIN', ['id-rain']],
      ['rain summer', ['id-rain']],
      ['  summer   ra ', ['id-rain']],
      ['ain', []],
      ['summer winter', []],
      ['größe', ['ID-UPPER']],
      ['GRÖSSE', ['ID-UPPER']],
      ['grosse', ['ID-UPPER']],
      ['id-upper', ['ID-UPPER']],
      ['upper', ['ID-UPPER']],
      ['80S', ['id-rain']],
      ['🎵', ['ID-UPPER']],
      ['100%', ['id-percent']],
      ['%', []],
      ['_', []],
      ['a_b', ['id-percent', 'id-backslash']],
      ['a\\b', ['id-percent', 'id-backslash']],
      ['\\', []],
      ["'; drop table clips; --", []],
      ['\u0000rain', ['id-rain']],
      [`rain${' '.repeat(200)}nothing`, ['id-rain']],
      ['dont', ['id-words']],
      ["don't", ['id-words']],
      ['ferry', ['id-words']],
      ['lighthouse keep', ['id-words']],
      ['海', ['id-words']],
      ['の海', ['id-words']],
      ['夜の海の歌', ['id-words']],
      ['海の夜', []],
      ['3f2504e0', ['3f2504e0-4f89-41d3-9a0c-0305e82c3301']],
      ['3F2504E0-4f89', ['3f2504e0-4f89-41d3-9a0c-0305e82c3301']],
      ['41d3', []],
    ])('finds %j by the beginnings of words in title, tags, lyrics, prompt and id', async (text, found) => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [
        clipOf('id-rain', { title: 'Summer Rain', tags: 'pop, 80s' }),
        clipOf('ID-UPPER', { title: 'GRÖẞE 🎵' }),
        clipOf('id-percent', { title: '100% a_b' }),
        clipOf('id-backslash', { title: 'a\\b' }),
        clipOf('id-words', {
          title: '夜の海の歌',
          lyrics: "[Verse]\nDon't wait for the ferry",
          prompt: 'a lighthouse keeper',
        }),
        clipOf('3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
      ]);
      expect(await search(db, text)).toEqual(found);
    });

    it('finds a clip by what it is called now', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('clip-1', { title: 'Draft', lyrics: 'la '.repeat(50) })]);
      await saveClips(db, [clipOf('clip-1', { title: 'Harbour' })]);
      expect(await search(db, 'draft')).toEqual([]);
      expect(await search(db, 'la')).toEqual([]);
      expect(await search(db, 'harbour')).toEqual(['clip-1']);
    });

    it('searches those of one person: all own ones, of others those that were shared here', async () => {
      const { db } = await useStore(createDatabase);
      const of = (ownerId: string) => ({ ownerId, title: 'Rain' });
      await saveClips(
        db,
        ['own', 'theirs', 'secret', 'third'].map((id, index) =>
          clipOf(id, of(String(500 + ([0, 1, 1, 2][index] ?? 0)))),
        ),
      );
      for (const id of ['own', 'theirs', 'third']) await shareClip(db, id, '300');
      for (const text of ['', 'rain']) {
        expect(await search(db, text, { guildId: '300', ownerId: '501' })).toEqual(['theirs']);
        expect(await search(db, text, { guildId: '300', ownerId: '500' })).toEqual(['own']);
        expect(await search(db, text, { guildId: '301', ownerId: '501' })).toEqual([]);
        expect(await search(db, text, { ownerId: '500' })).toEqual(['own']);
        expect(await search(db, text, { ownerId: '501' })).toEqual([]);
        expect(await search(db, text, { guildId: '300' })).toEqual(['own', 'theirs', 'third']);
      }
    });

    it("searches a person's favourites, as far as they may be found here", async () => {
      const store = await useStore(createDatabase);
      const { db } = store;
      await saveClips(db, [
        clipOf('own', { title: 'Rain' }),
        clipOf('shared', { ownerId: '501', title: 'Sun' }),
        clipOf('secret', { ownerId: '501', title: 'Rain' }),
        clipOf('unloved', { title: 'Rain' }),
      ]);
      await shareClip(db, 'shared', '300');
      await store.transaction(async (tx) => {
        for (const id of ['own', 'shared', 'secret']) await toggleHeart(tx, id, '500', T0);
        await toggleHeart(tx, 'unloved', '501', T0);
      });
      const favourites = { isFavourite: true, guildId: '300' };
      expect(await search(db, '', favourites)).toEqual(['own', 'shared']);
      expect(await search(db, '', { isFavourite: true })).toEqual(['own']);
      expect(await search(db, 'rain', favourites)).toEqual(['own']);
      expect(await search(db, 'sun', { ...favourites, ownerId: '501' })).toEqual(['shared']);
      expect(await search(db, '', { ...favourites, userId: '502' })).toEqual([]);
    });

    it.each(['', 'rain', 'rare'])(
      'is read page by page in both directions while new songs come, searching %j',
      async (text) => {
        const { db } = await useStore(createDatabase);
        const make = (ids: readonly string[]) =>
          saveClips(
            db,
            ids.toReversed().map((id) => clipOf(id, { title: 'Rain', tags: 'rare' })),
          );
        await make(['c1', 'c2', 'c3', 'c4', 'c5']);
        await shareClip(db, 'c3', '300');
        const read = async (from?: ClipSearch['from'], limit = 2) =>
          await listFound(db, { text, userId: '500', guildId: '300', limit, from, isThorough: true });
        const ids = (page: Awaited<ReturnType<typeof read>>) => page.map(({ clip }) => clip.clipId);
        const first = await read();
        expect(ids(first)).toEqual(['c5', 'c4']);
        await make(['c6']);
        const second = await read({ number: first.at(-1)?.number ?? 0, direction: 'older' });
        expect(ids(second)).toEqual(['c3', 'c2']);
        const back = await read({ number: second[0]?.number ?? 0, direction: 'newer' });
        // The nearest first.
        expect(ids(back)).toEqual(['c4', 'c5']);
        expect(ids(await read({ number: back.at(-1)?.number ?? 0, direction: 'newer' }))).toEqual(['c6']);
        expect(ids(await read({ number: second.at(-1)?.number ?? 0, direction: 'older' }))).toEqual(['c1']);
      },
    );

    it('finds songs behind thousands of newer ones, by words that thousands have', async () => {
      const store = await useStore(createDatabase);
      const { db } = store;
      const make = async (prefix: string, title: (index: number) => string) => {
        for (let start = 2_000; start >= 0; start -= 500) {
          const clips = Array.from({ length: 500 }, (_, place) =>
            clipOf(`${prefix}${start + place}`, { title: title(start + place) }),
          );
          await store.transaction((tx) => saveClips(tx, clips));
        }
      };
      await make('a', (index) => `ancient ${index === 7 ? 'harbour' : 'hill'}`);
      await make('b', () => 'modern hill');
      const found = async (text: string, changes: Partial<ClipSearch> = {}) =>
        (await search(db, text, { limit: 3, ...changes })).join(' ');
      for (const isThorough of [false, true]) {
        expect(await found('', { isThorough })).toBe('b0 b1 b2');
        expect(await found('h', { isThorough })).toBe('b0 b1 b2');
        expect(await found('ancient', { isThorough })).toBe('a0 a1 a2');
        expect(await found('anci hi', { isThorough })).toBe('a0 a1 a2');
        expect(await found('ancient harb', { isThorough })).toBe('a7');
        expect(await found('ancient modern', { isThorough })).toBe('');
        expect(await found('ancient', { isThorough, userId: '501' })).toBe('');
      }
      // Other things go on between two strides: SQLite itself never pauses.
      let turns = 0;
      const count = () => {
        turns += 1;
        next = setImmediate(count);
      };
      let next = setImmediate(count);
      await found('ancient modern', { isThorough: true });
      clearImmediate(next);
      expect(turns).toBeGreaterThan(0);
    });

    it('names table, column and clip when stored content cannot be read', async () => {
      const { db } = await useStore(createDatabase);
      await saveClips(db, [clipOf('clip-1')]);
      await db.updateTable('clips').set({ data: '{"title":5}' }).execute();
      await expect(findClip(db, 'clip-1')).rejects.toThrow(
        'clips.data of clip-1 cannot be read: unexpected title (invalid_type)',
      );
    });
  });
}
