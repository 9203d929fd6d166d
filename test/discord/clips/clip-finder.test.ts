import { REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiscordApi } from '../../../src/discord/api/api.ts';
import { ClipFinder } from '../../../src/discord/clips/clip-finder.ts';
import { deleteClip, saveClips, shareClip } from '../../../src/store/clips.ts';
import { clipOf } from '../../store/support.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';

const NOT_SHARED = 'belongs to somebody else and was not shared in this server';

/** Anna is member 500. Shared in server 300: `shared` and `deleted`; in 301: `elsewhere`. */
describe('a song that a list named', () => {
  let test: TestStore;
  let finder: ClipFinder;

  beforeAll(async () => {
    test = await openTestStore();
    const { db } = test.store;
    const api = new DiscordApi(new REST(), 'http://127.0.0.1:9/api');
    finder = new ClipFinder(test.store, api, async () => {
      throw new Error('no file is looked into here');
    });
    await saveClips(
      db,
      ['secret', 'shared', 'deleted', 'elsewhere'].map((id) => clipOf(id)),
    );
    for (const id of ['shared', 'deleted']) await shareClip(db, id, '300');
    await shareClip(db, 'elsewhere', '301');
    await deleteClip(db, 'deleted', T0);
  });
  afterAll(() => test.cleanup());

  const find = (clipId: string, userId: string, guildId: string | null) =>
    finder.findListed({ clipId, engine: 'sonic', source: 'generated' }, { user: { id: userId }, guildId });

  it.each(['secret', 'shared', 'deleted', 'elsewhere'])(
    'is always there for its owner: %s',
    async (clipId) => {
      for (const guildId of ['300', '302', null]) {
        expect((await find(clipId, '500', guildId)).clip?.clipId).toBe(clipId);
      }
    },
  );

  it('is there for others where it was shared', async () => {
    expect((await find('shared', '501', '300')).clip?.clipId).toBe('shared');
    expect((await find('elsewhere', '501', '301')).clip?.clipId).toBe('elsewhere');
  });

  it.each([
    ['secret', '300', NOT_SHARED],
    ['secret', null, NOT_SHARED],
    ['shared', '301', NOT_SHARED],
    ['shared', null, NOT_SHARED],
    ['elsewhere', '300', NOT_SHARED],
    ['deleted', '300', 'This clip was deleted.'],
    ['deleted', '301', NOT_SHARED],
  ])('is refused to others: %s in %s', async (clipId, guildId, words) => {
    await expect(find(clipId, '501', guildId)).rejects.toThrow(words);
  });

  it('is only a name where nobody knows it', async () => {
    expect(await find('unknown', '501', '300')).toEqual({
      reference: { clipId: 'unknown', engine: 'sonic', source: 'generated' },
      clip: undefined,
    });
  });
});
