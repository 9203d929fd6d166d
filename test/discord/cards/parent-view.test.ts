import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatParent } from '../../../src/discord/cards/asked.ts';
import { viewParent, viewParents } from '../../../src/discord/cards/parent-view.ts';
import type { Request } from '../../../src/domain/request.ts';
import { saveClips, shareClip } from '../../../src/store/clips.ts';
import { speak } from '../../../src/words/words.ts';
import { clipOf } from '../../store/support.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';

const referenceTo = (clipId: string) => ({ clipId, engine: 'sonic', source: 'generated' }) as const;

/** Ada is member 500. Her song was posted in server 300, and nowhere else. */
describe('the title of the song that a request works on', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore();
    const { db } = test.store;
    await saveClips(db, [clipOf('rain', { title: 'Neon Rain' }), clipOf('sun', { title: 'Old Sun' })]);
    await shareClip(db, 'rain', '300');
  });
  afterAll(() => test.cleanup());

  const titleFor = async (clipId: string, userId: string, guildId: string | undefined) => {
    const view = await viewParent(test.store.db, referenceTo(clipId), { userId, guildId });
    return view && formatParent(view);
  };

  it('is read where it was shared, whoever asked', async () => {
    expect(await titleFor('rain', '501', '300')).toBe('Neon Rain');
  });

  it.each([
    ['rain', '301'],
    ['rain', undefined],
    ['sun', '300'],
  ])('stays where it was when somebody else asked: %s in %s', async (clipId, guildId) => {
    expect(await titleFor(clipId, '501', guildId)).toBe('a song from elsewhere');
    const german = await speak('de', () => titleFor(clipId, '501', guildId));
    expect(german).toBe('Song von anderswo');
  });

  it('is read everywhere where its owner asked', async () => {
    for (const guildId of ['300', '301', undefined]) {
      expect(await titleFor('sun', '500', guildId)).toBe('Old Sun');
    }
  });

  it('is looked at for each of two', async () => {
    const request: Request = {
      operation: 'mashup',
      engine: 'sonic',
      clip: referenceTo('rain'),
      secondClip: referenceTo('sun'),
    };
    const both = await viewParents(test.store.db, request, { userId: '501', guildId: '300' });
    expect(both && formatParent(both)).toBe('Neon Rain and a song from elsewhere');
  });

  it('is the id of one that nobody knows', async () => {
    expect(await titleFor('unknown', '501', '301')).toBe('unknown');
  });
});
