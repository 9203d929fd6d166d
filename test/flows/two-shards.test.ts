import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Guild } from '../../sandbox/discord/guild.ts';
import { shardOfGuild } from '../../sandbox/discord/snowflake.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const SHARDS = 2;

let world: TestWorld;
let bot: BotProcess;

beforeAll(async () => {
  world = await startQuickWorld({ startsBot: false, env: { SHARDS: '0-1', SHARD_COUNT: `${SHARDS}` } });
  bot = startBotProcess(world.env);
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await world.close();
});

/** A server whose events go to this shard. */
function addGuildOf(shard: number): Guild {
  for (;;) {
    world.discord.advance(1);
    const guild = world.discord.addGuild({ name: `Server ${shard}` });
    if (shardOfGuild(guild.id, SHARDS) === shard) return guild;
  }
}

it('serves a range of shards in one process', async () => {
  await bot.untilReady();
  expect([...world.discord.gateway.shards()].sort()).toEqual([0, 1]);
  for (const shard of [0, 1]) {
    const guild = addGuildOf(shard);
    guild.addMember(world.anna.user);
    const card = await world.anna
      .command(guild.addChannel({ name: 'songs' }), 'create', { prompt: `a song of shard ${shard}` })
      .reply();
    expect(card.text).toContain(`a song of shard ${shard}`);
  }
});
