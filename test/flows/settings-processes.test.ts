import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Guild } from '../../sandbox/discord/guild.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { shardOfGuild } from '../../sandbox/discord/snowflake.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { listPosts, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const PROCESSES = 2;
const SERVERS_KEY = 'the-servers-own-musicapi-key';

let database: TestDatabase;
let world: TestWorld;
let bots: BotProcess[];
/** A server for each process, with a channel. */
let places: { guild: Guild; channel: Channel }[];
let maya: Person;
let nora: Person;

/** A server whose events go to this shard. */
function addGuildOf(shard: number): Guild {
  for (;;) {
    world.discord.advance(1);
    const guild = world.discord.addGuild({ name: `Server ${shard}` });
    if (shardOfGuild(guild.id, PROCESSES) === shard) return guild;
  }
}

beforeAll(async () => {
  database = await createPostgresDatabase();
  world = await startQuickWorld({
    startsBot: false,
    env: {
      DATABASE_URL: database.databaseUrl,
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      SHARD_COUNT: String(PROCESSES),
    },
  });
  const { discord, musicApi, anna } = world;
  musicApi.addKey({ key: SERVERS_KEY, credits: 1_000 });
  const [mayaUser, noraUser] = [discord.addUser({ name: 'Maya' }), discord.addUser({ name: 'Nora' })];
  [maya, nora] = [discord.as(mayaUser), discord.as(noraUser)];
  places = [0, 1].map((shard) => {
    const guild = addGuildOf(shard);
    for (const user of [mayaUser, noraUser])
      guild.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild });
    guild.addMember(anna.user);
    return { guild, channel: guild.addChannel({ name: 'songs' }) };
  });
  bots = [];
  for (const [index] of places.entries()) {
    const bot = startBotProcess({ ...world.env, SHARDS: `${index}-${index}` });
    bots.push(bot);
    // One after the other: they make the tables, and Discord lets only one identify at a time.
    await bot.untilReady();
  }
});

afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  await world.close();
  await database.remove();
});

function placeOf(shard: number) {
  const place = places[shard];
  if (!place) throw new Error(`no server of shard ${shard}`);
  return place;
}

async function open(person: Person, command: string, section: string, channel: Channel): Promise<Message> {
  const panel = await person.command(channel, command).reply();
  person.select(panel, 'What do you want to change?', [section]);
  await untilSays(world, panel, `**${section}**`);
  return panel;
}

async function post(prompt: string) {
  return await world.discord.until(() => listPosts(world, prompt)[0], { what: `a POST of ${prompt}` });
}

describe('settings of two processes on PostgreSQL', () => {
  it('what a member sets in a server that one serves holds in a server that the other serves', async () => {
    const { anna } = world;
    const [here, there] = [placeOf(0), placeOf(1)];
    const panel = await open(anna, 'settings me', 'Engine and model', here.channel);
    anna.select(panel, 'Engine', ['sonic']);
    await untilSays(world, panel, 'Changed. **Engine:** sonic');
    anna.select(panel, 'Model', ['sonic-v6-mini']);
    await untilSays(world, panel, 'Changed. **Model:** sonic-v6-mini');
    anna.select(panel, 'What do you want to change?', ['Language']);
    await untilSays(world, panel, '**Language**\n');
    anna.select(panel, 'Language', ['de']);
    await untilSays(world, panel, 'Geändert. **Sprache:** Deutsch');

    const answerThere = async () => (await anna.command(there.channel, 'tasks').reply()).text;
    await vi.waitUntil(async () => (await answerThere()).includes('keine offenen Aufträge'), PATIENCE);
    await anna.command(there.channel, 'create', { prompt: 'asked for there' }).reply();
    expect((await post('asked for there')).body).toMatchObject({ mv: 'sonic-v6-mini' });

    const other = await anna.command(there.channel, 'settings me').reply();
    expect(other.text).toContain('**Modell:** sonic-v6-mini');
    expect(other.text).toContain('**Sprache:** Deutsch');
  });

  it('what managers set holds for every task, whichever process sends and delivers it; and for no other server', async () => {
    const { anna, discord } = world;
    const [here, there] = [placeOf(0), placeOf(1)];
    const panel = await open(maya, 'settings server', 'Results', here.channel);
    maya.select(panel, 'Where songs go', ['thread']);
    await untilSays(world, panel, '**Results:** in a thread for each request (before:');
    maya.select(panel, 'What do you want to change?', ['Own MusicAPI key']);
    await untilSays(world, panel, '**Own MusicAPI key**\n');
    maya.submit(await maya.press(panel, 'Set a key').modal(), { Key: SERVERS_KEY });
    await untilSays(world, panel, 'MusicAPI has taken the key. Balance: 1,000 credits.');

    const prompts = ['first', 'second', 'third', 'fourth'].map((word) => `the ${word} of the server`);
    for (const prompt of prompts) await anna.command(here.channel, 'create', { prompt }).reply();
    for (const prompt of prompts) expect((await post(prompt)).key).toBe(SERVERS_KEY);
    const threads = await discord.until(() => {
      const all = discord.threads(here.channel);
      return all.length === prompts.length && all;
    });
    for (const thread of threads) await world.untilClipCards(2, thread);

    await anna.command(there.channel, 'create', { prompt: 'in the other server' }).reply();
    expect((await post('in the other server')).key).toBe(world.musicApi.key);
    await world.untilClipCards(2, there.channel);

    maya.press(panel, 'Remove it');
    await untilSays(world, panel, 'The key was removed.');
    await anna.command(here.channel, 'create', { prompt: 'without the key' }).reply();
    expect((await post('without the key')).key).toBe(world.musicApi.key);
  });

  it('of two who change the same at the same time one is told that the other was faster', async () => {
    const { channel } = placeOf(0);
    const panels = [
      await open(maya, 'settings server', 'Explicit words', channel),
      await open(nora, 'settings server', 'Results', channel),
      await open(maya, 'settings server', 'Results', channel),
    ] as const;
    const [apart, hers, his] = panels;
    maya.select(apart, 'Where they may stand', ['age-restricted']);
    nora.select(hers, 'Where songs go', ['channel']);
    maya.select(his, 'Where songs go', ['direct-message']);
    await untilSays(world, apart, 'Changed. **Explicit words:** only in channels that are age-restricted');
    const said = await world.discord.until(() => {
      const texts = [hers, his].map(({ text }) => text);
      return texts.every((text) => text.includes('Changed.') || text.includes('Somebody has')) && texts;
    });
    expect(said.filter((text) => text.includes('Changed. **Results:**'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('Somebody has changed this'))).toHaveLength(1);
    const [winner] = said.flatMap((text) => /Changed\. \*\*Results:\*\* ([^(]+) \(/.exec(text)?.[1] ?? []);
    for (const text of said) expect(text).toContain(`\n**Results:** ${winner}\n`);
  });

  it('holds when the process that wrote it down is gone', async () => {
    const { guild, channel } = placeOf(0);
    const panel = await maya.command(channel, 'settings server').reply();
    maya.press(panel, 'Pause');
    await untilSays(world, panel, '**Songs:** paused');
    await bots[0]?.end('SIGKILL');
    const next = startBotProcess({ ...world.env, SHARDS: '0-0' });
    bots.push(next);
    await next.untilReady();
    const refused = await world.anna.command(channel, 'create', { prompt: 'after it' }).reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain('auf diesem Server angehalten');
    // A panel is pressed long after whoever built it.
    maya.press(panel, 'Go on');
    await untilSays(world, panel, '**Songs:** may be asked for (before: paused');
    const store = await world.openStore();
    const acts = await store.db
      .selectFrom('audit')
      .select(['actor_id', 'target_id', 'detail'])
      .where('guild_id', '=', guild.id)
      .where('target_id', '=', 'isPaused')
      .orderBy('id')
      .execute();
    await store.close();
    expect(acts).toEqual([
      { actor_id: maya.user.id, target_id: 'isPaused', detail: 'false -> true' },
      { actor_id: maya.user.id, target_id: 'isPaused', detail: 'true -> false' },
    ]);
  });
});
