import { describe, expect, it } from 'vitest';
import {
  findPersona,
  forgetPersona,
  listPersonas,
  type Persona,
  savePersona,
  searchPersonas,
} from '../../../src/store/personas.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

function personaOf(personaId: string, changes: Partial<Persona> = {}): Persona {
  return { personaId, accountId: 'operator', ownerId: '500', name: personaId, createdAt: T0, ...changes };
}

/** What singers have to do on every database. */
export function describePersonas(createDatabase: CreateDatabase): void {
  describe('personas', () => {
    it('are listed for their owner only, the newest first', async () => {
      const { db } = await useStore(createDatabase);
      const ada = personaOf('ada', { taskId: 'task-1', name: 'Ada „die Erste“ 🎤' });
      const bea = personaOf('bea', { createdAt: T0 + 1 });
      for (const persona of [ada, bea, personaOf('other', { ownerId: '501' })])
        await savePersona(db, persona);
      expect(await listPersonas(db, '500')).toEqual([bea, ada]);
      expect(await findPersona(db, '500', 'ada')).toEqual(ada);
      expect(await findPersona(db, '500', 'other')).toBeUndefined();
      expect(await listPersonas(db, '502')).toEqual([]);
    });

    it('are found by part of the name in any case, those that begin with it first', async () => {
      const { db } = await useStore(createDatabase);
      const names = ['Big Öl', 'ölig', 'Öl 100%', 'Other'];
      for (const [index, name] of names.entries()) {
        await savePersona(db, personaOf(name, { createdAt: T0 + index }));
      }
      await savePersona(db, personaOf('öl of somebody else', { ownerId: '501' }));
      const search = async (text: string, limit = 25) =>
        (await searchPersonas(db, { ownerId: '500', text, limit })).map(({ name }) => name);
      expect(await search('ÖL')).toEqual(['Öl 100%', 'ölig', 'Big Öl']);
      expect(await search('100%')).toEqual(['Öl 100%']);
      expect(await search('_')).toEqual([]);
      expect(await search('')).toEqual(['Other', 'Öl 100%', 'ölig', 'Big Öl']);
      expect(await search(' öl ', 2)).toEqual(['Öl 100%', 'ölig']);
    });

    it('are forgotten by their owner only, and offered again when they are made again', async () => {
      const { db } = await useStore(createDatabase);
      await savePersona(db, personaOf('ada'));
      expect(await forgetPersona(db, '501', 'ada', T0)).toBe(false);
      expect(await forgetPersona(db, '500', 'ada', T0)).toBe(true);
      expect(await forgetPersona(db, '500', 'ada', T0)).toBe(false);
      expect(await listPersonas(db, '500')).toEqual([]);
      expect(await findPersona(db, '500', 'ada')).toBeUndefined();
      expect(await searchPersonas(db, { ownerId: '500', text: 'ada', limit: 25 })).toEqual([]);
      await savePersona(db, personaOf('ada', { name: 'Ada again' }));
      expect(await findPersona(db, '500', 'ada')).toMatchObject({ name: 'Ada again', createdAt: T0 });
    });

    it('stay with their first owner, whoever reports them again', async () => {
      const { db } = await useStore(createDatabase);
      await savePersona(db, personaOf('ada'));
      await savePersona(db, personaOf('ada', { ownerId: '501', name: 'Mine' }));
      expect(await findPersona(db, '500', 'ada')).toMatchObject({ name: 'ada' });
      expect(await findPersona(db, '501', 'ada')).toBeUndefined();
    });

    it('belong to an account that exists', async () => {
      const { db } = await useStore(createDatabase);
      await expect(savePersona(db, personaOf('ada', { accountId: 'nobody' }))).rejects.toThrow(
        /foreign key/i,
      );
    });
  });
}
