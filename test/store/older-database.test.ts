import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { MIGRATION_NAMES } from '../../src/store/migrate.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { runSql } from '../support/run-sql.ts';
import { originOf } from '../support/tasks.ts';
import type { TestWorld } from '../support/world.ts';

const FOLDER = new URL('../fixtures/older-databases/', import.meta.url);

/**
 * As they were released: how their tables were made on either database (recorded), what stood in tables that came later,
 * and what clips had besides.
 */
const LEVELS = [
  {
    level: '0004',
    files: { sqlite: '0004.sql', postgres: '0004.sql' },
    more: undefined,
    clipText: 'search_text',
  },
  {
    level: '0009',
    files: { sqlite: '0009.sqlite.sql', postgres: '0009.postgres.sql' },
    more: '0009.rows.sql',
    clipText: undefined,
  },
] as const;

const CASES = LEVELS.flatMap((level) => [
  { ...level, kind: 'sqlite' as const },
  { ...level, kind: 'postgres' as const },
]);

let world: TestWorld | undefined;
let removeDatabase: (() => Promise<void>) | undefined;
afterEach(async () => {
  await world?.close();
  await removeDatabase?.();
  removeDatabase = undefined;
});

/** A PostgreSQL database of its own, as the recorded statements name no schema. */
async function createDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `encore_${randomBytes(8).toString('hex')}`;
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await vi.waitFor(() => run(`create database ${name}`), PATIENCE);
  removeDatabase = () => run(`drop database ${name} with (force)`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Something that MusicAPI is making for a bot that is not there any more. */
async function startSong({ musicApi }: TestWorld): Promise<string> {
  const answer = await fetch(`${musicApi.url}/sonic/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${musicApi.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      task_type: 'create_music',
      custom_mode: false,
      mv: 'sonic-v4-5',
      gpt_description_prompt: 'a song that was being made',
    }),
  });
  return JSON.parse(await answer.text()).task_id;
}

describe.each(CASES)('a database of level $level on $kind', ({ level, files, kind, more, clipText }) => {
  it('is brought up to date, and the bot goes on with what is in it', async () => {
    const databaseUrl = kind === 'postgres' ? await createDatabase() : undefined;
    world = await startQuickWorld({
      startsBot: false,
      env: databaseUrl ? { DATABASE_URL: databaseUrl } : {},
    });
    const { anna, guild, channel, discord, musicApi } = world;
    const userId = anna.mention.replace(/\D/g, '');
    const origin = originOf({
      applicationId: discord.applicationId,
      guildId: guild.id,
      channelId: channel.id,
      userId,
      userName: 'Anna',
      tokenExpiresAt: Date.now() - 1,
    });
    const facts: Readonly<Record<string, string>> = {
      now: String(Date.now()),
      user: userId,
      guild: guild.id,
      channel: channel.id,
      provider: await startSong(world),
      origin: JSON.stringify(origin),
      searchColumn: clipText ? `${clipText}, ` : '',
      searchText: clipText ? "'old lantern', " : '',
    };
    const text = (name: string) => readFile(new URL(name, FOLDER), 'utf8');
    const parts = await Promise.all([files[kind], 'rows.sql', ...(more ? [more] : [])].map(text));
    const statements = parts.join('').replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? name);
    await runSql(world.env.DATABASE_URL, statements);

    await world.startBot();
    // The song that was being made, and the one that waited.
    await world.untilClipCards(4);
    expect(musicApi.tasks).toHaveLength(2);
    const library = await anna.command(channel, 'library', { search: 'lantern' }).reply();
    expect(library.text).toContain('Old Lantern');
    const again = await anna.command(channel, 'create', { prompt: 'a new song' }).reply();
    await discord.until(() => again.text.startsWith('Done'));
    await world.stopBot();

    const store = await world.openStore();
    const applied = await store.db
      .selectFrom('tasks')
      .select(['id', 'state'])
      .orderBy('created_at')
      .execute();
    expect(applied.map(({ state }) => state)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'unknown',
      'succeeded',
    ]);
    const books = await store.db
      .selectFrom('ledger')
      .select(({ fn }) => [fn.sum('reserved').as('reserved'), fn.sum('charged').as('charged')])
      .where('kind', '!=', 'adjust')
      .executeTakeFirstOrThrow();
    expect({ reserved: Number(books.reserved), charged: Number(books.charged) }).toEqual({
      reserved: 20,
      charged: 80,
    });
    await store.close();
    expect(MIGRATION_NAMES.some((name) => name > `${level}-~`)).toBe(true);
  });
});
