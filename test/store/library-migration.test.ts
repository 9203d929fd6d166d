import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSharedIn, saveClips, searchClips } from '../../src/store/clips.ts';
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts';
import { library } from '../../src/store/migrations/0006-library.ts';
import type { Database } from '../../src/store/schema.ts';
import { EncoreSqliteDialect } from '../../src/store/sqlite-driver.ts';
import { clipOf } from './support.ts';

describe('the migration of the library', () => {
  it('keeps every clip, lists them as before, and finds them by all their words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'encore-migration-'));
    const file = new BetterSqlite3(join(folder, 'encore.db'));
    file.pragma('foreign_keys = ON');
    const db = new Kysely<Database>({ dialect: new EncoreSqliteDialect(file) });
    onTestFinished(async () => {
      await db.destroy();
      await rm(folder, { recursive: true, force: true });
    });
    await firstTables.up(db);
    const insert = file.prepare(`insert into clips (clip_id, account_id, engine, source, kind, task_id, take,
      owner_id, shared_guild_id, created_at, search_text, data) values (?, 'operator', 'sonic', 'generated',
      'song', ?, ?, '500', ?, ?, '', ?)`);
    insert.run(
      'new-2',
      'task-2',
      2,
      null,
      2_000,
      JSON.stringify({ title: 'Night Sea', lyrics: 'la lantern' }),
    );
    insert.run('new-1', 'task-2', 1, '300', 2_000, JSON.stringify({ title: 'Night Sea' }));
    insert.run('old', 'task-1', 1, null, 1_000, '{"title":5}');
    for (let index = 0; index < 450; index += 1) {
      insert.run(`older-${index}`, 'task-0', index + 1, null, 500, JSON.stringify({ tags: 'shanty' }));
    }
    await library.up(db);

    const find = async (text: string) =>
      (await searchClips(db, { text, userId: '500', limit: 1_000 })).map(({ clipId }) => clipId);
    expect(await find('night')).toEqual(['new-1', 'new-2']);
    expect(await find('lant')).toEqual(['new-2']);
    expect((await find('shanty')).slice(0, 2)).toEqual(['older-0', 'older-1']);
    expect(await find('shanty')).toHaveLength(450);
    // One that cannot be read is still there, by its id.
    await expect(find('old')).rejects.toThrow('clips.data of old cannot be read');
    expect(await isSharedIn(db, { clipId: 'new-1', accountId: 'operator' }, '300')).toBe(true);
    await saveClips(db, [clipOf('newest', { title: 'Night Train' })]);
    expect(await find('night')).toEqual(['newest', 'new-1', 'new-2']);
  });
});
