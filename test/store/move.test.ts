import { describe, expect, it, onTestFinished } from 'vitest';
import { saveClips, searchClips } from '../../src/store/clips.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { addEntry, sums } from '../../src/store/ledger.ts';
import { moveDatabase } from '../../src/store/move.ts';
import { openStore } from '../../src/store/open.ts';
import { findTask, insertTask } from '../../src/store/tasks.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { runSql } from '../support/run-sql.ts';
import { createSqliteDatabase } from '../support/store.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { clipOf, deliveryOf, entryOf, putTask, runningTask } from './support.ts';

/** A SQLite file with some of everything, and an empty PostgreSQL. */
async function openBoth(tasks = 3) {
  const [source, target] = await Promise.all([createSqliteDatabase(), createPostgresDatabase()]);
  onTestFinished(async () => {
    await Promise.all([source.remove(), target.remove()]);
  });
  const store = await openStore({ databaseUrl: source.databaseUrl });
  await store.transaction(async (tx) => {
    for (let index = 1; index <= tasks; index += 1) {
      await putTask(tx, runningTask(`task-${index}`));
      await addEntry(tx, entryOf({ taskId: `task-${index}` }));
    }
    await saveClips(tx, [clipOf('clip-1', { title: '„Größe“ 🎵 100%' })]);
    await insertDeliveries(tx, [deliveryOf('delivery-1')]);
  });
  await store.close();
  return { from: source.databaseUrl, to: target.databaseUrl };
}

describe('moveDatabase', () => {
  it('moves everything in batches, says how much, and can be repeated', async () => {
    const move = await openBoth(1_201);
    const moved = await moveDatabase(move);
    expect(moved).toMatchObject({
      wasThere: false,
      rows: { accounts: 1, tasks: 1_201, ledger: 1_201, clips: 1, deliveries: 1 },
    });
    expect(await moveDatabase(move)).toMatchObject({ wasThere: true, rows: moved.rows });
    const store = await openStore({ databaseUrl: move.to });
    expect(await findTask(store.db, 'task-1201')).toEqual(runningTask('task-1201'));
    expect(await sums(store.db, 'task-7')).toEqual({ reserved: 20, charged: 0 });
    await saveClips(store.db, [clipOf('clip-2', { title: 'Größer' })]);
    const found = await searchClips(store.db, { text: 'gross', userId: '500', limit: 5 });
    expect(found.map(({ clipId }) => clipId)).toEqual(['clip-2', 'clip-1']);
    await store.close();
  });

  it('brings an earlier move up to date as long as no bot has written there', async () => {
    const move = await openBoth();
    await moveDatabase(move);
    const source = await openStore({ databaseUrl: move.from });
    await insertTask(source.db, queuedTask('task-new'), T0);
    await source.close();
    expect(await moveDatabase(move)).toMatchObject({ wasThere: false, rows: { tasks: 4 } });
    const target = await openStore({ databaseUrl: move.to });
    await insertTask(target.db, queuedTask('task-there'), T0);
    await target.close();
    await expect(moveDatabase(move)).rejects.toThrow('The target holds other data than the source');
    const after = await openStore({ databaseUrl: move.to });
    expect(await findTask(after.db, 'task-there')).toBeDefined();
    await after.close();
  });

  it('refuses a target with data of its own', async () => {
    const [one, other] = [await openBoth(1), await openBoth(2)];
    await moveDatabase(one);
    const target = await openStore({ databaseUrl: one.to });
    await target.db.deleteFrom('cache').execute();
    await target.close();
    await expect(moveDatabase({ from: other.from, to: one.to })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('other data'),
    });
  });

  it.each([
    {
      what: 'a row is missing',
      trouble: { table: 'deliveries', change: 'return null' },
      words: 'Of the 1 rows of deliveries only 0 arrived. Nothing was changed.',
    },
    {
      what: 'the ledger comes to something else',
      trouble: { table: 'ledger', change: 'new.charged := new.charged + 1; return new' },
      words: 'The ledger came to operator 60 0 and would come to operator 60 3. Nothing was changed.',
    },
    {
      what: 'a row holds something else',
      trouble: { table: 'clips', change: "new.owner_id := '501'; return new" },
      words: 'Some rows would not arrive as they are. Nothing was changed.',
    },
  ])('takes everything back where $what afterwards', async ({ trouble: { table, change }, words }) => {
    const move = await openBoth();
    await (await openStore({ databaseUrl: move.to })).close();
    // What a trigger of the operator's, or a broken server, would make of the rows.
    await runSql(
      move.to,
      `create function spoil() returns trigger language plpgsql as $$ begin ${change}; end $$;
      create trigger spoils before insert on ${table} for each row execute function spoil()`,
    );
    await expect(moveDatabase(move)).rejects.toMatchObject({ name: 'StartError', message: words });
    const target = await openStore({ databaseUrl: move.to });
    onTestFinished(() => target.close());
    for (const table of ['tasks', 'ledger', 'clips', 'deliveries'] as const)
      expect(await target.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('refuses a source that a bot is using, and directions that it does not know', async () => {
    const move = await openBoth(1);
    const store = await openStore({ databaseUrl: move.from });
    await expect(moveDatabase(move)).rejects.toThrow('in use by another process');
    await store.close();
    await expect(moveDatabase({ ...move, from: 'sqlite:./no-such.db' })).rejects.toThrow('There is no file');
    for (const wrong of [
      { from: '', to: '' },
      { from: move.to, to: move.from },
    ])
      await expect(moveDatabase(wrong)).rejects.toThrow('npm run migrate -- --from sqlite:');
  });
});
