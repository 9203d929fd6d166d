import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { describeContent, type Row, readSqlite } from '../../src/store/table-content.ts';

/** An empty SQLite database of the running test. */
async function useStore() {
  const folder = await mkdtemp(join(tmpdir(), 'encore-content-'));
  const store = await openStore({ databaseUrl: `sqlite:${join(folder, 'encore.db')}` });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  return store;
}

it('what a table holds is read in batches, all of it', async () => {
  const { db, transaction } = await useStore();
  await transaction(async (tx) => {
    for (let index = 0; index < 1_201; index += 1) {
      const row = { namespace: 'filler', key: `${index}`, value: '', expires: null };
      await tx.insertInto('cache').values(row).execute();
    }
  });
  const batches: (readonly Row[])[] = [];
  for await (const batch of readSqlite(db)('cache')) batches.push(batch);
  expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201]);
  expect(new Set(batches.flat().map(({ key }) => key)).size).toBe(1_201);
});

it('its digest depends on the rows, and not on how they come', async () => {
  const { db } = await useStore();
  const digestOf = async (...batches: readonly (readonly Row[])[]) => {
    const read = async function* () {
      yield* batches;
    };
    return (await describeContent(db, ['audit'], read)).digest;
  };
  const [one, two] = [
    { id: 1, text: 'one' },
    { id: 2, text: 'two' },
  ];
  const digest = await digestOf([one, two]);
  expect(await digestOf([two], [{ text: 'one', id: 1 }])).toBe(digest);
  expect(await digestOf([one])).not.toBe(digest);
  expect(await digestOf([one, { ...two, text: 'three' }])).not.toBe(digest);
});
