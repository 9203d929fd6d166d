import { Client, GatewayIntentBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalDiscord } from '../../../sandbox/discord/server.ts';
import { shardOfGuild } from '../../../sandbox/discord/snowflake.ts';
import { api, createDiscord, createScene, registerCommands, startBot } from './support.ts';

interface Payload {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests read payloads of every shape
  readonly d: any;
}

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

/** A gateway client made by hand. */
async function connect(discord: LocalDiscord, query = '?v=10&encoding=json') {
  const { body } = await api(discord, 'GET', '/gateway/bot');
  const socket = new WebSocket(`${body.url}/${query}`);
  sockets.push(socket);
  const received: Payload[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    received.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
  const next = async (look: (payload: Payload) => boolean): Promise<Payload> => {
    for (;;) {
      const found = received.find(look);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  await new Promise((resolve) => socket.once('open', resolve));
  const identify = (extra: object = {}) =>
    send(2, {
      token: discord.token,
      intents: 0,
      properties: { os: 'x', browser: 'x', device: 'x' },
      ...extra,
    });
  return { socket, received, closed, next, send, identify };
}

const hello = (payload: Payload) => payload.op === 10;
const event = (name: string) => (payload: Payload) => payload.t === name;
const ready = event('READY');

describe('the gateway', () => {
  it('says hello, acknowledges heartbeats, and knows the guilds after identify', async () => {
    const { discord, guild } = await createScene({ heartbeatIntervalMs: 12_345 });
    discord.addGuild({ name: 'Elsewhere', installed: false });
    const client = await connect(discord);
    expect((await client.next(hello)).d.heartbeat_interval).toBe(12_345);
    client.send(1, null);
    await client.next((payload) => payload.op === 11);
    client.identify();
    const { d } = await client.next(ready);
    expect(d).toMatchObject({
      v: 10,
      user: { id: discord.botUser.id },
      session_id: expect.any(String),
      resume_gateway_url: expect.stringMatching(/^ws:/),
      guilds: [{ id: guild.id, unavailable: true }],
      shard: [0, 1],
      application: { id: discord.applicationId, flags: 0 },
    });
    expect(client.received.some((payload) => payload.t === 'GUILD_CREATE')).toBe(false);
  });

  it.each([
    ['a wrong token', { token: 'x' }, 4004],
    ['a shard beyond the count', { shard: [1, 1] }, 4010],
    ['a shard that is no pair', { shard: [0] }, 4010],
    ['unknown intents', { intents: 2 ** 30 }, 4013],
    ['privileged intents that are switched off', { intents: GatewayIntentBits.MessageContent }, 4014],
  ])('closes on identify with %s', async (_title, extra, code) => {
    const client = await connect(await createDiscord());
    await client.next(hello);
    client.identify(extra);
    expect(await client.closed).toBe(code);
  });

  it.each([
    ['another version', '?v=9&encoding=json', 4012],
    ['another encoding', '?v=10&encoding=etf', 4002],
  ])('closes on %s', async (_title, query, code) => {
    const client = await connect(await createDiscord(), query);
    expect(await client.closed).toBe(code);
  });

  it.each([
    ['what is not JSON', 'nonsense', 4002],
    ['more than 4096 bytes', JSON.stringify({ op: 1, d: null, extra: 'x'.repeat(4096) }), 4002],
    ['an unknown opcode', '{"op":99}', 4001],
    ['a presence before identify', '{"op":3,"d":{}}', 4003],
  ])('closes on %s', async (_title, text, code) => {
    const client = await connect(await createDiscord());
    await client.next(hello);
    client.socket.send(text);
    expect(await client.closed).toBe(code);
  });

  it('closes on a second identify and on more than 120 payloads a minute', async () => {
    const discord = await createDiscord({ identifyWindowMs: 0 });
    const twice = await connect(discord);
    twice.identify();
    await twice.next(ready);
    twice.identify();
    expect(await twice.closed).toBe(4005);
    const hasty = await connect(discord);
    for (let i = 0; i < 121; i += 1) hasty.send(1, null);
    expect(await hasty.closed).toBe(4008);
  });

  it('drops a client that never sends a heartbeat', async () => {
    const client = await connect(await createDiscord({ heartbeatIntervalMs: 200 }));
    client.identify();
    await client.next(ready);
    expect(await client.closed).toBe(4009);
  });

  it('lets one shard of a bucket identify per five seconds', async () => {
    const discord = await createDiscord({ maxConcurrency: 2 });
    const [first, second, third] = [await connect(discord), await connect(discord), await connect(discord)];
    first.identify({ shard: [0, 4] });
    await first.next(ready);
    second.identify({ shard: [1, 4] });
    await second.next(ready);
    third.identify({ shard: [2, 4] });
    expect((await third.next((payload) => payload.op === 9)).d).toBe(false);
    discord.advance(5000);
    third.identify({ shard: [2, 4] });
    await third.next(ready);
    expect(discord.gateway.shards().sort()).toEqual([0, 1, 2]);
    expect((await api(discord, 'GET', '/gateway/bot')).body.session_start_limit).toMatchObject({
      remaining: 997,
      max_concurrency: 2,
    });
  });

  it('lets identify so often in a day, and says when the next one begins', async () => {
    const discord = await createDiscord({ identifyWindowMs: 0, identifiesPerDay: 1 });
    const [first, second] = [await connect(discord), await connect(discord)];
    first.identify();
    await first.next(ready);
    const { session_start_limit: limit } = (await api(discord, 'GET', '/gateway/bot')).body;
    expect(limit).toMatchObject({ total: 1, remaining: 0 });
    expect(limit.reset_after).toBeLessThanOrEqual(24 * 3_600_000);
    second.identify();
    expect((await second.next((payload) => payload.op === 9)).d).toBe(false);
    discord.advance(limit.reset_after);
    second.identify();
    await second.next(ready);
  });

  it('sends guild events to the shard of the guild, and DMs to the first', async () => {
    const { discord, guild, channel, anna, user } = await createScene({ maxConcurrency: 2 });
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const shards = [await connect(discord), await connect(discord)];
    for (const [id, client] of shards.entries()) {
      client.identify({ shard: [id, 2] });
      await client.next(ready);
    }
    const { interaction } = anna.command(channel, 'x');
    const inDm = anna.command(discord.openDm(user), 'x').interaction;
    const home = shardOfGuild(guild.id, 2);
    const got = async (shard: number, id: string) => {
      const found = await shards[shard]?.next(
        (payload) => payload.t === 'INTERACTION_CREATE' && payload.d.id === id,
      );
      return found?.d.id;
    };
    expect(await got(home, interaction.id)).toBe(interaction.id);
    expect(await got(0, inDm.id)).toBe(inDm.id);
    expect(shards[1 - home]?.received.some((payload) => payload.d?.id === interaction.id)).toBe(false);
  });

  it('replays what a resumed session has missed', async () => {
    const { discord, channel, anna } = await createScene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const first = await connect(discord);
    first.identify();
    const { d, s } = await first.next(ready);
    discord.disconnect();
    expect(await first.closed).toBe(1006);
    await discord.until(() => discord.gateway.connected() === 0);
    const { interaction } = anna.command(channel, 'x');

    const second = await connect(discord);
    second.send(6, { token: discord.token, session_id: d.session_id, seq: s });
    const missed = await second.next(event('INTERACTION_CREATE'));
    expect(missed.d.id).toBe(interaction.id);
    await second.next(event('RESUMED'));
    expect(second.received.filter(ready)).toEqual([]);
  });

  it('refuses to resume what is unknown or too old', async () => {
    const discord = await createDiscord();
    const stranger = await connect(discord);
    stranger.send(6, { token: discord.token, session_id: 'x', seq: 1 });
    expect((await stranger.next((payload) => payload.op === 9)).d).toBe(false);
    const first = await connect(discord);
    first.identify();
    const { d, s } = await first.next(ready);
    discord.disconnect();
    await discord.until(() => discord.gateway.connected() === 0);
    discord.advance(120_001);
    const second = await connect(discord);
    second.send(6, { token: discord.token, session_id: d.session_id, seq: s });
    expect((await second.next((payload) => payload.op === 9)).d).toBe(false);
  });
});

describe('a discord.js client on the gateway', () => {
  it('survives a lost connection and gets what happened meanwhile', async () => {
    const { discord, channel, anna } = await createScene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const { errors } = await startBot(discord, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply('here');
    });
    discord.disconnect();
    await discord.until(() => discord.gateway.connected() === 0);
    expect((await anna.command(channel, 'x').reply()).content).toBe('here');
    expect(discord.gateway.connected()).toBe(1);
    discord.gateway.requestReconnect();
    await discord.until(() => discord.gateway.connected() === 0 || undefined);
    expect((await anna.command(channel, 'x').reply()).content).toBe('here');
    expect(errors).toEqual([]);
  });

  it('starts anew after an invalid session', async () => {
    const { discord, channel, anna } = await createScene({ identifyWindowMs: 0 });
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    await startBot(discord, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply('here');
    });
    discord.gateway.invalidate();
    await discord.until(() => discord.gateway.connected() === 0 || undefined);
    await discord.whenConnected();
    expect((await anna.command(channel, 'x').reply()).content).toBe('here');
  });

  it('sees a replayed interaction twice, and its second answer is refused', async () => {
    const { discord, channel, anna } = await createScene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const { errors } = await startBot(discord, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply('here');
    });
    const sent = anna.command(channel, 'x');
    await sent.reply();
    discord.replay(sent);
    const refused = await discord.until(() => discord.requests.find((one) => one.errorCode === 40_060));
    expect(refused.status).toBe(400);
    await expect.poll(() => errors).toMatchObject([{ code: 40_060 }]);
  });

  it('gets guilds only with the Guilds intent', async () => {
    const { discord, guild, channel } = await createScene();
    const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } });
    try {
      const isReady = new Promise((resolve) => client.once('clientReady', resolve));
      await client.login(discord.token);
      await isReady;
      expect(client.guilds.cache.get(guild.id)?.name).toBe('Music makers');
      expect(client.channels.cache.has(channel.id)).toBe(true);
    } finally {
      await client.destroy();
    }
  });
});
