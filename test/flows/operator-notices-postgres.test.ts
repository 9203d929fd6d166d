import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { shardOfGuild } from '../../sandbox/discord/snowflake.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { type CuttableProxy, startProxy } from '../support/cuttable-proxy.ts';
import { untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

/** Every process has servers and does all the work: each of them notices what is wrong. */
const PROCESSES = 2;

let database: TestDatabase;
let proxy: CuttableProxy;
let world: TestWorld;
let bots: BotProcess[] = [];

beforeAll(async () => {
  database = await createPostgresDatabase();
  const url = new URL(database.databaseUrl);
  proxy = await startProxy({ host: url.hostname, port: Number(url.port || 5432) });
  world = await startQuickWorld({
    startsBot: false,
    env: {
      DATABASE_URL: database.databaseUrl.replace(url.host, `127.0.0.1:${proxy.port}`),
      SHARD_COUNT: String(PROCESSES),
    },
  });
  world.guild.addMember(world.discord.owner);
  for (let shard = 0; shard < PROCESSES; shard += 1) {
    const bot = startBotProcess({ ...world.env, SHARDS: `${shard}-${shard}` });
    bots = [...bots, bot];
    // One after the other: they make the tables, and Discord lets only one identify at a time.
    await bot.untilReady();
  }
});

afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  await world.close();
  await proxy.close();
  await database.remove();
});

/** What the operator was told, oldest first. */
function listTold(): readonly string[] {
  const { discord } = world;
  return discord.messages(discord.openDm(discord.owner)).map(({ text }) => text);
}

const told = (words: string) => listTold().filter((text) => text.includes(words)).length;

/** Asks for songs until every process has sent one, so that each knows how MusicAPI answers. */
async function untilAllHaveAsked(msg: string): Promise<void> {
  const has = (bot: BotProcess) => bot.log.some((line) => line.msg === msg);
  for (const bot of bots) await vi.waitUntil(() => has(bot), PATIENCE);
}

it('of what every process notices, one of them tells, and one of them says that it is over', async () => {
  const { musicApi, anna, channel } = world;
  musicApi.revokeKey(musicApi.key);
  const shard = shardOfGuild(world.guild.id, PROCESSES);
  expect([0, 1]).toContain(shard);
  for (let song = 0; song < 6; song += 1) {
    const card = await anna.command(channel, 'create', { prompt: `song ${song}` }).reply();
    await untilSays(world, card, 'Not made.');
  }
  await vi.waitUntil(() => told('MusicAPI refuses the key') > 0, PATIENCE);
  musicApi.addKey({ key: musicApi.key, credits: 10_000 });
  const card = await anna.command(channel, 'create', { prompt: 'at last' }).reply();
  await untilSays(world, card, 'Done:');
  await vi.waitUntil(() => told('accepts the key of this bot again') > 0, PATIENCE);
  expect(listTold()).toHaveLength(2);
});

it('while the database is away it is told once, although nobody can remember it, and once that it is back', async () => {
  proxy.cut();
  await untilAllHaveAsked('the database does not answer: everything waits until it does');
  await vi.waitUntil(() => told('The database does not answer') > 0, PATIENCE);
  // The other process tries as well, and Discord takes both for one.
  const tries = () =>
    world.discord.requests.filter(
      ({ method, path, body }) =>
        method === 'POST' &&
        /\/messages$/.test(path) &&
        JSON.stringify(body).includes('The database does not'),
    );
  await vi.waitUntil(() => tries().length === PROCESSES, PATIENCE);
  proxy.mend();
  await untilAllHaveAsked('the database answers again');
  await vi.waitUntil(() => told('The database answers again (away for ') > 0, PATIENCE);
  await world.anna.command(world.channel, 'create', { prompt: 'goes on' }).reply();
  await world.untilClipCards(4);
  expect([told('The database does not answer'), told('The database answers again')]).toEqual([1, 1]);
});
