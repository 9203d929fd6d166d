import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LEASE_MS } from '../../src/tracker/settings.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { listPosts, openChannel, readAccount, untilSays } from '../support/evidence.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;

let world: TestWorld;
const processes: BotProcess[] = [];

beforeAll(async () => {
  world = await startWorld({ startsBot: false, discord: { rateLimits: NO_RATE_LIMITS } });
});
afterEach(async () => {
  // Where a test has failed; the next one must not find its database in use.
  await world.stopBot();
  world.discord.clearFaults();
  world.musicApi.clearFaults();
  const tokens = world.discord.interactions().map(({ token }) => token);
  for (const bot of processes.splice(0)) {
    await bot.end('SIGKILL');
    for (const secret of [world.discord.token, world.musicApi.key, ...tokens]) {
      expect(bot.output).not.toContain(secret);
    }
  }
});
afterAll(() => world.close());

function spawnBot(changes: Readonly<Record<string, string>> = {}): BotProcess {
  const bot = startBotProcess({ ...world.env, ...changes });
  processes.push(bot);
  return bot;
}

/** A bot that cannot start: its words, one line each. */
async function refuse(changes: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const bot = spawnBot(changes);
  expect((await bot.untilExit()).code).toBe(1);
  expect(bot.complaints).not.toMatch(/^\s+at /m);
  expect(bot.output).not.toMatch(/"stack"/);
  return bot.complaints.trimEnd().split('\n');
}

describe('an .env that was copied from .env.example', () => {
  it('starts the bot once what is required is filled in: an empty variable is one that is not set', async () => {
    const copied = parseEnv(await readFile(new URL('../../.env.example', import.meta.url), 'utf8'));
    const bot = spawnBot({ ...(copied as Record<string, string>), ...world.env });
    await bot.untilReady();
    expect(bot.complaints).toBe('');
  });
});

describe('a configuration that is wrong', () => {
  it('is told in full, a line for each variable, without a stack and without a secret', async () => {
    const lines = await refuse({
      DISCORD_TOKEN: '',
      MUSICAPI_KEY: 'two words secret',
      MUSICAPI_URL: 'ftp://secret.example.com',
      POLL_INTERVAL_MS: '99',
      BUDGET_MEMBER_DAY: 'plenty',
      DATABASE_URL: 'mysql://root:secret@db/encore',
    });
    const [head, ...problems] = lines;
    expect(head).toContain('needs attention');
    expect(problems.map((line) => /^- (\w+) /.exec(line)?.[1])).toEqual([
      'DISCORD_TOKEN',
      'MUSICAPI_KEY',
      'MUSICAPI_URL',
      'DATABASE_URL',
      'BUDGET_MEMBER_DAY',
      'POLL_INTERVAL_MS',
    ]);
    for (const line of problems) expect(line).toContain('Example: ');
    expect(problems[0]).toContain('npm run demo');
    expect(lines.join('\n')).not.toContain('secret');
  });

  it('is told of one catalogue file that cannot be read', async () => {
    const path = join(tmpdir(), 'encore-no-such-catalogue.json');
    const lines = await refuse({ MUSICAPI_CATALOGUE: path });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^MUSICAPI_CATALOGUE cannot be used: /);
  });

  it('is told of a token that Discord refuses', async () => {
    const lines = await refuse({ DISCORD_TOKEN: 'bm9ib2R5.wrong.token-that-nobody-may-see' });
    expect(lines).toEqual([expect.stringContaining('Discord refused DISCORD_TOKEN')]);
    expect(lines[0]).not.toContain('nobody');
  });

  it('is told of a Discord that cannot be reached', async () => {
    const lines = await refuse({ DISCORD_API_URL: 'http://127.0.0.1:1/api' });
    expect(lines).toEqual([expect.stringContaining('Discord cannot be reached at http://127.0.0.1:1/api')]);
  });

  it('is told of a server that the bot is not in', async () => {
    const lines = await refuse({ DISCORD_GUILD_ID: '123456789012345678' });
    expect(lines).toEqual([expect.stringContaining('DISCORD_GUILD_ID')]);
  });
});

describe('a database that cannot be had', () => {
  it('because another process has it: the advice is PostgreSQL, and the first process goes on', async () => {
    const first = spawnBot();
    await first.untilReady();
    const lines = await refuse({});
    expect(lines).toEqual([expect.stringMatching(/another|already/i)]);
    expect(lines[0]).toMatch(/PostgreSQL/);
    expect((await first.end('SIGTERM')).code).toBe(0);
  });

  it('because a newer version was at it: nothing in it is touched', async () => {
    const path = join(tmpdir(), `encore-newer-${process.pid}`, 'encore.db');
    await mkdir(dirname(path), { recursive: true });
    const database = new Database(path);
    database.exec('create table migrations (name text primary key, timestamp text not null)');
    database.exec("insert into migrations values ('9999-the-future', '2099-01-01')");
    database.close();
    const lines = await refuse({ DATABASE_URL: `sqlite:${path}` });
    expect(lines).toEqual([expect.stringMatching(/newer version of Encore \(9999-the-future\)/)]);
  });

  it('because it is no database', async () => {
    const path = join(tmpdir(), `encore-text-${process.pid}.db`);
    await writeFile(path, 'this is a letter to my aunt, and it is long enough to be a header of something');
    const lines = await refuse({ DATABASE_URL: `sqlite:${path}` });
    expect(lines).toHaveLength(1);
  });
});

describe('a connection that Discord ends for good', () => {
  it('ends the bot with the reason, instead of leaving it deaf', async () => {
    const bot = spawnBot();
    await bot.untilReady();
    world.discord.gateway.closeWith(4004, 'Authentication failed.');
    expect((await bot.untilExit()).code).toBe(1);
    expect(bot.complaints).toMatch(/^Discord refused DISCORD_TOKEN\..*\n$/);
  });

  it('during the start ends it, too', async () => {
    const bot = spawnBot({ SHARDS: '0-0', SHARD_COUNT: '1' });
    await world.discord.until(() => world.discord.gateway.connected() > 0);
    world.discord.gateway.closeWith(4011, 'Sharding required.');
    expect((await bot.untilExit()).code).toBe(1);
    expect(bot.complaints).toContain('SHARDS=auto');
  });
});

describe('SIGTERM', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends an idle bot at once, in good order: %s', async (signal) => {
    const bot = spawnBot();
    await bot.untilReady();
    const { code, tookMs } = await bot.end(signal);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(9_000);
    expect(bot.complaints).toBe('');
  });

  it('waits for the answer to a request that is being sent; the next start goes on at once', async () => {
    const first = spawnBot();
    await first.untilReady();
    world.musicApi.fault({ ...CREATE, delayMs: 700 });
    const channel = openChannel(world, 'graceful');
    const card = await world.anna.command(channel, 'create', { prompt: 'graceful' }).reply();
    await expect.poll(() => listPosts(world, 'graceful'), { interval: 5 }).toHaveLength(1);
    expect((await first.end('SIGTERM')).code).toBe(0);
    expect(await readAccount(world, 'graceful')).toMatchObject({ task: { state: 'running' } });
    const store = await world.openStore();
    const held = await store.db
      .selectFrom('tasks')
      .select('id')
      .where('lease_owner', 'is not', null)
      .execute();
    expect(held).toEqual([]);
    await store.close();
    await world.startBot();
    const readyAt = performance.now();
    await world.untilClipCards(2, channel);
    // It did not wait for what the first one had claimed.
    expect(performance.now() - readyAt).toBeLessThan(DEFAULT_LEASE_MS);
    await untilSays(world, card, 'Done:');
    expect(listPosts(world, 'graceful')).toHaveLength(1);
    await world.stopBot();
  });

  it('a second time ends at once; what was being sent is unknown at the next start', async () => {
    const first = spawnBot();
    await first.untilReady();
    world.musicApi.fault({ ...CREATE, answer: 'hang' });
    const channel = openChannel(world, 'impatient');
    const card = await world.anna.command(channel, 'create', { prompt: 'impatient' }).reply();
    await expect.poll(() => listPosts(world, 'impatient'), { interval: 5 }).toHaveLength(1);
    first.signal('SIGTERM');
    await first.untilLogged(({ msg }) => msg === 'stopping');
    const { code, tookMs } = await first.end('SIGTERM');
    expect(code).toBe(1);
    expect(tookMs).toBeLessThan(9_000);
    await world.startBot();
    await untilSays(world, card, 'it is not known whether MusicAPI took it');
    expect(listPosts(world, 'impatient')).toHaveLength(1);
    await world.stopBot();
  });

  it('is not needed where the start fails: what was being sent meanwhile comes to its end', async () => {
    world.musicApi.fault({ ...CREATE, answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } });
    await world.startBot();
    const channel = openChannel(world, 'failed-start');
    const card = await world.anna.command(channel, 'create', { prompt: 'failed start' }).reply();
    await untilSays(world, card, 'MusicAPI asked for a pause');
    await world.stopBot();
    await expect.poll(() => Date.now() > card.createdAt + 1_000, { timeout: 3_000 }).toBe(true);
    world.musicApi.fault({ ...CREATE, delayMs: 500 });
    world.discord.fault({ route: /^\/gateway\/bot$/, answer: { delayMs: 200 } });
    const lines = await refuse({ DISCORD_GUILD_ID: '123456789012345678' });
    expect(lines).toEqual([expect.stringContaining('DISCORD_GUILD_ID')]);
    expect(listPosts(world, 'failed start')).toHaveLength(2);
    await world.startBot();
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
    expect(listPosts(world, 'failed start')).toHaveLength(2);
    await world.stopBot();
  });

  it('before the start is complete ends it, too', async () => {
    world.discord.fault({ method: 'GET', route: /^\/gateway\/bot$/, answer: 'hang' });
    const bot = spawnBot();
    await world.discord.until(() => world.discord.requests.at(-1)?.route === '/gateway/bot');
    const { code, tookMs } = await bot.end('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(9_000);
  });
});
