import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccount } from '../../../src/discord/drafts/request-account.ts';
import type { ClipReference } from '../../../src/domain/request.ts';
import { removeAccountKey, saveAccountKey } from '../../../src/store/account-keys.ts';
import {
  ensureAccount,
  memberAccount,
  OPERATOR_ACCOUNT,
  serverAccount,
} from '../../../src/store/accounts.ts';
import { saveClips } from '../../../src/store/clips.ts';
import { savePersona } from '../../../src/store/personas.ts';
import { clipOf } from '../../store/support.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';

const OTHER = memberAccount('anna');
const SERVER = serverAccount('300');

function referenceTo(clipId: string): ClipReference {
  return { clipId, engine: 'sonic', source: 'generated' };
}

describe('findAccount', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore();
    const { db } = test.store;
    for (const accountId of [OTHER, SERVER]) await ensureAccount(db, accountId, 0);
    const clips = [
      clipOf('clip-1'),
      clipOf('clip-2', { accountId: OTHER }),
      clipOf('clip-3', { accountId: SERVER }),
    ];
    await saveClips(db, clips);
    const voice = { personaId: 'voice-1', accountId: OTHER, ownerId: 'anna', name: 'Ada', createdAt: 0 };
    await savePersona(db, voice);
  });
  afterAll(() => test.cleanup());

  const persona = { personaId: 'voice-1', name: 'Ada' };
  const find = (request: Parameters<typeof findAccount>[1], userId = 'anna', guildId?: string) =>
    findAccount(test.store.db, request, { userId, guildId });
  const setKey = (accountId: string) =>
    saveAccountKey(test.store.db, { accountId, keyId: 'k', sealed: 's', version: 1, setBy: '900', setAt: 0 });

  it('is that of the clips and the voice, which no other account knows', async () => {
    expect(await find({ clip: referenceTo('clip-1') })).toBe(OPERATOR_ACCOUNT);
    expect(await find({ clip: referenceTo('clip-2') })).toBe(OTHER);
    expect(await find({ persona })).toBe(OTHER);
    expect(await find({ clip: referenceTo('unheard-of'), secondClip: referenceTo('clip-2') })).toBe(OTHER);
  });

  it('is the operator’s where nothing is known', async () => {
    expect(await find({})).toBe(OPERATOR_ACCOUNT);
    expect(await find({ clip: referenceTo('unheard-of') })).toBe(OPERATOR_ACCOUNT);
    expect(await find({ persona }, 'ben')).toBe(OPERATOR_ACCOUNT);
  });

  it('is none where they belong to different ones', async () => {
    const both = { clip: referenceTo('clip-1'), secondClip: referenceTo('clip-2') };
    await expect(find(both)).rejects.toThrow('each key knows only its own');
  });

  it('is never one that somebody else pays for', async () => {
    await expect(find({ clip: referenceTo('clip-2') }, 'ben')).rejects.toThrow(
      'the own key of <@anna>, and no other key knows it',
    );
    await expect(find({ clip: referenceTo('clip-3') }, 'anna', '301')).rejects.toThrow(
      'the own key of another server',
    );
    await expect(find({ clip: referenceTo('clip-3') }, 'anna')).rejects.toThrow('another server');
    expect(await find({ clip: referenceTo('clip-3') }, 'ben', '300')).toBe(SERVER);
  });

  it('of something new is the member’s own, else the server’s, else the operator’s', async () => {
    await setKey(SERVER);
    expect(await find({}, 'anna', '300')).toBe(SERVER);
    expect(await find({}, 'anna', '301')).toBe(OPERATOR_ACCOUNT);
    await setKey(OTHER);
    expect(await find({}, 'anna', '300')).toBe(OTHER);
    expect(await find({}, 'anna')).toBe(OTHER);
    expect(await find({}, 'ben', '300')).toBe(SERVER);
    expect(await find({ clip: referenceTo('clip-1') }, 'anna', '300')).toBe(OPERATOR_ACCOUNT);
    await removeAccountKey(test.store.db, SERVER);
    expect(await find({}, 'ben', '300')).toBe(OPERATOR_ACCOUNT);
  });
});
