import { REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { DEFINITIONS, expectFound, type Surroundings, useSurroundings } from './support.ts';

/** Tells Discord commands, as the bot does. */
async function register({ discord }: Surroundings, body: readonly unknown[], guildId?: string) {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const id = discord.applicationId;
  await rest.put(guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id), {
    body,
  });
}

describe('Discord', () => {
  it('answers, and knows whose the token is', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine();
    expectFound(checked, 'discord', 'reached');
    expect(expectFound(checked, 'discord-token', 'accepted').message).toBe(
      'DISCORD_TOKEN is that of Encore.',
    );
    expectFound(checked, 'discord-gateway', 'reached');
  });

  it('may not be there', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ DISCORD_API_URL: 'http://127.0.0.1:1/api' });
    expect(expectFound(checked, 'discord', 'unreachable').message).toContain('ECONNREFUSED');
    expectFound(checked, 'discord-servers', 'skipped');
  });

  it('may be in trouble', async () => {
    const { examine, discord } = await useSurroundings();
    discord.fault({ answer: { status: 503 }, times: 10 });
    expectFound(await examine(), 'discord', 'unreachable');
  });

  it('may refuse the token, which is not told', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ DISCORD_TOKEN: 'not.the-right.token' });
    expectFound(checked, 'discord', 'reached');
    expectFound(checked, 'discord-token', 'refused');
    expectFound(checked, 'discord-gateway', 'skipped');
    expect(JSON.stringify(checked)).not.toContain('not.the-right.token');
  });

  it('is sent no message, no command and no identify', async () => {
    const { examine, discord } = await useSurroundings();
    await examine();
    expect(discord.requests.map(({ method }) => method)).not.toContain('POST');
    expect(new Set(discord.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(discord.gateway.describe()).toMatchObject({ session_start_limit: { remaining: 1_000 } });
  });
});

describe('the application', () => {
  it('may be public, which is in order with a list of servers', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine(), 'discord-application', 'public');
    const limited = await examine({ ALLOWED_GUILDS: '123456789012345678' });
    expect(expectFound(limited, 'discord-application', 'guarded').message).toContain('1 server.');
  });

  it('may be private', async () => {
    const { examine, changeApplication } = await useSurroundings();
    await changeApplication({ bot_public: false });
    expectFound(await examine(), 'discord-application', 'guarded');
  });

  it('needs no privileged intent', async () => {
    const { examine, changeApplication } = await useSurroundings();
    expectFound(await examine(), 'discord-intents', 'none');
    await changeApplication({ flags: 1 << 19 });
    expectFound(await examine(), 'discord-intents', 'unneeded');
  });

  it('may be added by servers, by people, or by neither', async () => {
    const { examine, changeApplication } = await useSurroundings();
    expectFound(await examine(), 'discord-install', 'everywhere');
    await changeApplication({ integration_types_config: { '0': {} } });
    expectFound(await examine(), 'discord-install', 'servers-only');
    await changeApplication({ integration_types_config: { '1': {} } });
    expectFound(await examine(), 'discord-install', 'no-servers');
  });
});

describe('the gateway', () => {
  it('may have few starts left, or none', async () => {
    const few = await useSurroundings({ discord: { identifiesPerDay: 5 } });
    expectFound(await few.examine(), 'discord-gateway', 'few');
    const none = await useSurroundings({ discord: { identifiesPerDay: 5, recommendedShards: 6 } });
    expectFound(await none.examine(), 'discord-gateway', 'used-up');
  });

  it('may be out of reach', async () => {
    const { examine, discord } = await useSurroundings();
    const body = { ...discord.gateway.describe(), url: 'ws://127.0.0.1:1' };
    discord.fault({ route: /gateway\/bot/, answer: { status: 200, body } });
    expectFound(await examine(), 'discord-gateway', 'unreachable');
  });
});

describe('the commands', () => {
  it('are the ones of this version once the bot has registered them', async () => {
    const surroundings = await useSurroundings();
    expectFound(await surroundings.examine(), 'discord-commands', 'none');
    await register(surroundings, DEFINITIONS);
    const { message } = expectFound(await surroundings.examine(), 'discord-commands', 'same');
    expect(message).toBe(`Discord knows the ${DEFINITIONS.length} commands of this version.`);
  });

  it('may differ by some', async () => {
    const surroundings = await useSurroundings();
    const [first, second, ...rest] = DEFINITIONS;
    const changed = { ...first, description_localizations: { de: 'Etwas anderes' } };
    await register(surroundings, [changed, { name: 'sing', description: 'Sing' }, ...rest]);
    const { message } = expectFound(await surroundings.examine(), 'discord-commands', 'different');
    expect(message).toContain(
      `2 of ${DEFINITIONS.length} are new or changed (${first?.name}, ${second?.name})`,
    );
    expect(message).toContain('2 at Discord are not of this version');
  });

  it('may be those of one server', async () => {
    const surroundings = await useSurroundings();
    const guild = surroundings.discord.addGuild({ name: 'Makers' });
    await register(surroundings, DEFINITIONS, guild.id);
    expectFound(await surroundings.examine({ DISCORD_GUILD_ID: guild.id }), 'discord-commands', 'same');
    const elsewhere = { DISCORD_GUILD_ID: '123456789012345678' };
    expectFound(await surroundings.examine(elsewhere), 'discord-commands', 'no-access');
  });
});
