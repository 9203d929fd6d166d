/** PostgreSQL databases for tests of backups. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished, vi } from 'vitest';
import { saveClips } from '../../src/store/clips.ts';
import { addEntry } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import { findTask } from '../../src/store/tasks.ts';
import { clipOf, entryOf, putTask, runningTask } from '../store/support.ts';
import { PATIENCE } from '../support/patience.ts';
import { queuedTask } from '../support/tasks.ts';
import { usePlaces } from './support.ts';

export async function runOn<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own, since who is connected is asked of a whole one. */
export async function useDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `encore_${randomBytes(8).toString('hex')}`;
  await runOn(server, `create database ${name}`);
  onTestFinished(async () => void (await runOn(server, `drop database ${name} with (force)`)));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A bot's database with some of everything. */
export async function useBot() {
  const { places, to, file } = await usePlaces();
  const databaseUrl = await useDatabase();
  const store = await openStore({ databaseUrl });
  await store.transaction(async (tx) => {
    for (const task of [queuedTask('queued'), runningTask('running')]) {
      await putTask(tx, task);
      await addEntry(tx, entryOf({ taskId: task.id }));
    }
    await saveClips(tx, [clipOf('clip-1', { title: '„Größe“ 🎵' })]);
  });
  await store.close();
  const options = { databaseUrl, mediaDir: places.mediaDir, to, withMedia: true, isPortable: true };
  return { databaseUrl, options, sqliteUrl: `sqlite:${file}` };
}

export async function readStates(databaseUrl: string) {
  const store = await openStore({ databaseUrl });
  try {
    const tasks = await Promise.all(['queued', 'running', 'later'].map((id) => findTask(store.db, id)));
    const words = await store.db.selectFrom('clip_words').selectAll().execute();
    return { states: tasks.map((task) => task?.state), words: words.length };
  } finally {
    await store.close();
  }
}

export async function listTables(databaseUrl: string): Promise<string[]> {
  const rows = await runOn<{ name: string }>(
    databaseUrl,
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  return rows.map(({ name }) => name);
}

/** For `beforeAll`: the server of the suite may still be starting. */
export async function untilServerAnswers(): Promise<void> {
  const server = inject('postgresUrl');
  await vi.waitFor(() => runOn(server, 'select 1'), PATIENCE);
}
