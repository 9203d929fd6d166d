import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { addEntry, sums } from '../src/store/ledger.ts';
import { openStore } from '../src/store/open.ts';
import { findTask } from '../src/store/tasks.ts';
import { entryOf, putTask, runningTask } from './store/support.ts';
import { createPostgresDatabase } from './support/postgres.ts';
import { createSqliteDatabase } from './support/store.ts';

const PROGRAM = fileURLToPath(new URL('../src/migrate.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

/** A SQLite file with a task, and an empty PostgreSQL. */
async function openBoth() {
  const [source, target] = await Promise.all([createSqliteDatabase(), createPostgresDatabase()]);
  onTestFinished(async () => {
    await Promise.all([source.remove(), target.remove()]);
  });
  const store = await openStore({ databaseUrl: source.databaseUrl });
  await putTask(store.db, runningTask('a'));
  await addEntry(store.db, entryOf({ taskId: 'a' }));
  await store.close();
  return { from: source.databaseUrl, to: target.databaseUrl };
}

/** What `npm run migrate --` with these arguments runs, with its end. */
async function migrate(...args: readonly string[]) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(NODE, [PROGRAM, ...args], {
    env: { PATH, NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, output, complaints };
}

it('npm run migrate moves everything to PostgreSQL, counts it, and can be repeated', async () => {
  const { from, to } = await openBoth();
  const counts = / 1 accounts, .*\b1 ledger, .*\b1 tasks\b/;
  const next = 'Now set DATABASE_URL to the PostgreSQL address.\n';

  const moved = await migrate('--from', from, '--to', to);
  expect(moved).toMatchObject({ code: 0, complaints: '' });
  expect(moved.output).toMatch(counts);
  expect(moved.output.startsWith('Everything was moved and checked: ')).toBe(true);
  expect(moved.output.endsWith(next)).toBe(true);

  const again = await migrate('--from', from, '--to', to);
  expect(again).toMatchObject({ code: 0, complaints: '' });
  expect(again.output).toBe(moved.output.replace(/^[^:]+/, 'Everything was there already'));

  const store = await openStore({ databaseUrl: to });
  onTestFinished(() => store.close());
  expect(await findTask(store.db, 'a')).toEqual(runningTask('a'));
  expect(await sums(store.db, 'a')).toEqual({ reserved: 20, charged: 0 });
});

it('npm run migrate says why it does not, and fails', async () => {
  const { from, to } = await openBoth();
  expect(await migrate('--form', from, '--to', to)).toEqual({
    code: 1,
    output: '',
    complaints:
      'Say where from and where to: npm run migrate -- --from sqlite:<file> --to postgres://<address>\n',
  });
  const elsewhere = await migrate('--from', from, '--to', 'postgres://encore:my-secret@127.0.0.1:1/encore');
  expect(elsewhere).toMatchObject({ code: 1, output: '' });
  expect(elsewhere.complaints).toMatch(
    /^The PostgreSQL database cannot be used \(.*\): check DATABASE_URL\.\n$/,
  );
  expect(elsewhere.complaints).not.toContain('my-secret');
});
