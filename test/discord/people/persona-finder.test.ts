import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PersonaFinder } from '../../../src/discord/people/persona-finder.ts';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { forgetPersona, savePersona } from '../../../src/store/personas.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';

describe('PersonaFinder', () => {
  let test: TestStore;
  let finder: PersonaFinder;

  beforeAll(async () => {
    test = await openTestStore();
    finder = new PersonaFinder(test.store);
    for (const [index, [personaId, ownerId, name]] of [
      ['voice-0001', 'anna', 'Alto'],
      ['voice-0002', 'anna', 'Altona'],
      ['voice-0003', 'anna', 'Twin'],
      ['voice-0004', 'anna', 'twin'],
      ['voice-0005', 'ben', 'Bass'],
      ['voice-0006', 'anna', 'Old'],
      ['voice-0007', 'anna', 'x'.repeat(300)],
    ].entries()) {
      await savePersona(test.store.db, {
        ...{ personaId: personaId ?? '', ownerId: ownerId ?? '', name: name ?? '' },
        ...{ accountId: OPERATOR_ACCOUNT, createdAt: index },
      });
    }
    await forgetPersona(test.store.db, 'anna', 'voice-0006', 99);
  });
  afterAll(() => test.cleanup());

  it.each([
    ['an id', 'voice-0002', 'voice-0002'],
    ['an id with spaces around it', ' voice-0002 ', 'voice-0002'],
    ['a whole name, in any case', 'ALTO', 'voice-0001'],
  ])('finds a voice by %s', async (_, typed, personaId) => {
    expect(await finder.find(typed, 'anna')).toMatchObject({ personaId });
  });

  it.each([
    ['a part of a name', 'alt'],
    ['the voice of somebody else', 'voice-0005'],
    ['the name of somebody else’s', 'Bass'],
    ['one that was forgotten', 'voice-0006'],
  ])('refuses %s and says how to choose', async (_, typed) => {
    await expect(finder.find(typed, 'anna')).rejects.toThrow(
      `You have no voice "${typed}". Choose one from the list while you type; /persona create and /voice create make new ones.`,
    );
  });

  it('refuses a name that two voices have', async () => {
    await expect(finder.find('Twin', 'anna')).rejects.toThrow(
      'You have several voices called "Twin". Choose one from the list while you type.',
    );
  });

  it('offers own voices only, those of one name with the end of their ids', async () => {
    expect(await finder.complete('', 'anna')).toEqual([
      { name: `${'x'.repeat(99)}…`, value: 'voice-0007' },
      { name: 'twin · 0004', value: 'voice-0004' },
      { name: 'Twin · 0003', value: 'voice-0003' },
      { name: 'Altona', value: 'voice-0002' },
      { name: 'Alto', value: 'voice-0001' },
    ]);
    expect(await finder.complete('ALTON', 'anna')).toEqual([{ name: 'Altona', value: 'voice-0002' }]);
    expect(await finder.complete('', 'nobody')).toEqual([]);
  });
});
