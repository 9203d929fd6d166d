import { REST } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { DiscordApi } from '../../../src/discord/api/api.ts';
import { restOptions } from '../../../src/discord/api/rest-options.ts';
import { UploadLimits } from '../../../src/discord/delivery/upload-limits.ts';
import { createLogger } from '../../../src/log.ts';
import { unobserved } from '../../../src/telemetry/events.ts';
import { QUEUED } from '../support/examples.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60_000;

let discord: LocalDiscord;
let now = 0;
beforeAll(async () => {
  discord = await startLocalDiscord();
});
afterAll(() => discord.close());

function createLimits(): UploadLimits {
  const rest = new REST(restOptions(discord.apiUrl, unobserved)).setToken(discord.token);
  const api = new DiscordApi(rest, discord.apiUrl);
  return new UploadLimits(api, createLogger({ level: 'silent' }), () => now);
}

const countLooks = () => discord.requests.filter(({ route }) => route === '/guilds/:guild').length;

describe('UploadLimits', () => {
  it.each([
    [0, 10],
    [1, 10],
    [2, 50],
    [3, 100],
  ] as const)('knows the limit of a channel in a server of boost tier %i: %i MiB', async (boostTier, mib) => {
    const guild = discord.addGuild({ name: 'Boosted', boostTier });
    const limits = createLimits();
    expect(await limits.get('channel', { ...QUEUED.origin, guildId: guild.id })).toBe(mib * MIB);
  });

  it('takes the limit of an interaction from the interaction, and direct messages for the least', async () => {
    const limits = createLimits();
    const origin = { ...QUEUED.origin, attachmentLimitBytes: 77 };
    expect(await limits.get('follow-up', origin)).toBe(77);
    expect(await limits.get('direct-message', origin)).toBe(10 * MIB);
    expect(await limits.get('channel', { ...origin, guildId: undefined })).toBe(10 * MIB);
  });

  it('asks once a day', async () => {
    const guild = discord.addGuild({ name: 'Asked', boostTier: 2 });
    const limits = createLimits();
    const origin = { ...QUEUED.origin, guildId: guild.id };
    const before = countLooks();
    await limits.get('channel', origin);
    guild.boostTier = 3;
    expect(await limits.get('channel', origin)).toBe(50 * MIB);
    expect(countLooks()).toBe(before + 1);
    now += DAY_MS + 1;
    expect(await limits.get('channel', origin)).toBe(100 * MIB);
  });

  it('takes the least for a server that it cannot ask about, and asks again', async () => {
    const guild = discord.addGuild({ name: 'Closed', boostTier: 3, installed: false });
    const limits = createLimits();
    const origin = { ...QUEUED.origin, guildId: guild.id };
    expect(await limits.get('channel', origin)).toBe(10 * MIB);
    guild.installed = true;
    expect(await limits.get('channel', origin)).toBe(100 * MIB);
  });
});
