import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MIGRATION_NAMES } from '../../src/store/migrate.ts';

it('the notes say of every migration what it does, and of no other', async () => {
  const notes = await readFile(new URL('../../docs/upgrading.md', import.meta.url), 'utf8');
  const named = [...notes.matchAll(/^\| (\d{4}-[\w-]+) \| \w/gm)].map(([, name]) => name);
  expect(named).toEqual(MIGRATION_NAMES);
});
