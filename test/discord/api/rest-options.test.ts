import { DiscordAPIError, REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { DiscordApi } from '../../../src/discord/api/api.ts';
import { restOptions, routeOf } from '../../../src/discord/api/rest-options.ts';
import type { BotEvent } from '../../../src/telemetry/events.ts';

const BASE = 'https://discord.com/api/v10';
const TOKEN = 'aW50ZXJhY3Rpb246abcdefghijklmnopqrstuvwxyz';

describe('the template of an address', () => {
  test.each([
    ['/users/@me', '/users/@me'],
    ['/gateway/bot', '/gateway/bot'],
    ['/channels/123456789012345678/messages?limit=100&after=1', '/channels/:id/messages'],
    ['/channels/123456789012345678/messages/223456789012345678', '/channels/:id/messages/:id'],
    [`/webhooks/123456789012345678/${TOKEN}`, '/webhooks/:id/:token'],
    [`/webhooks/123456789012345678/lowercase/messages/%40original`, '/webhooks/:id/:token/messages/:id'],
    [`/interactions/123456789012345678/${TOKEN}/callback`, '/interactions/:id/:token/callback'],
  ])('of %s is %s', (path, route) => {
    expect(routeOf(`${BASE}${path}`)).toBe(route);
    expect(routeOf(`http://127.0.0.1:4000/some/base/v10${path}`)).toBe(route);
  });
});

describe('a call to Discord', () => {
  let discord: LocalDiscord;
  let events: BotEvent[] = [];
  let api: DiscordApi;
  beforeAll(async () => {
    discord = await startLocalDiscord();
    const observe = (event: BotEvent) => events.push(event);
    const rest = new REST(restOptions(discord.apiUrl, observe)).setToken(discord.token);
    api = new DiscordApi(rest, discord.apiUrl, observe);
  });
  afterAll(() => discord.close());

  test('is told of when it was answered, with how, whatever that is', async () => {
    events = [];
    await expect(api.getChannel('123456789012345678')).rejects.toThrow(DiscordAPIError);
    expect(events).toEqual([
      { kind: 'discord-call', route: 'GET /channels/:id', status: 404, ms: expect.any(Number) },
    ]);
  });

  test('is told of when it was not, with what was in the way', async () => {
    events = [];
    discord.fault({ route: /^\/guilds/, times: 10, answer: 'reset' });
    await expect(api.getGuild('123456789012345678')).rejects.toThrow();
    discord.clearFaults();
    expect(events[0]).toEqual({
      kind: 'discord-call',
      route: 'GET /guilds/:id',
      failure: expect.stringMatching(/^[A-Z_]+$/),
      ms: expect.any(Number),
    });
  });

  test('that has to wait is told of, with how long and for what', async () => {
    const guild = discord.addGuild({ name: 'Limited' });
    events = [];
    const headers = { 'retry-after': '0.05', 'x-ratelimit-scope': 'shared' };
    const body = { message: 'You are being rate limited.', retry_after: 0.05, global: false };
    discord.fault({ route: /^\/guilds/, answer: { status: 429, headers, body } });
    await api.getGuild(guild.id);
    const route = 'GET /guilds/:id';
    expect(events).toEqual([
      { kind: 'discord-call', route, status: 429, ms: expect.any(Number) },
      { kind: 'discord-rate-limit', route, scope: 'shared', waitMs: 50 },
      { kind: 'discord-call', route, status: 200, ms: expect.any(Number) },
    ]);
  });
});
