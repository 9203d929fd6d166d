import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS, MESSAGE_COMMANDS } from '../../commands/index.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

const NAMES = [...COMMANDS, ...MESSAGE_COMMANDS].map(({ data }) => data.name);

/** The registrations so far, as the scope that each of them replaced. */
const registrations = () =>
  world.discord.requests
    .filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
    .map(({ path }) => (path.includes(`/guilds/${world.guild.id}/`) ? 'server' : 'global'));

const namesOf = (guild?: TestWorld['guild']) => world.discord.commands(guild).map(({ body }) => body.name);

async function restart(env: Record<string, string> = {}) {
  await world.stopBot();
  await world.startBot(env);
}

describe('registering commands', () => {
  it('happens when they changed, not at every start', async () => {
    world = await startQuickWorld();
    expect(registrations()).toEqual(['global']);
    expect(namesOf()).toEqual(NAMES);
    const ids = world.discord.commands().map(({ id }) => id);
    await restart();
    await restart();
    expect(registrations()).toEqual(['global']);
    expect(world.discord.commands().map(({ id }) => id)).toEqual(ids);
    // A new database remembers nothing, so it asks again; the commands stay the same ones.
    const url = (world.env.DATABASE_URL ?? '').replace('encore.db', 'another.db');
    await restart({ DATABASE_URL: url });
    expect(registrations()).toEqual(['global', 'global']);
    expect(world.discord.commands().map(({ id }) => id)).toEqual(ids);
  });

  it('moves to one server, and back, without showing anything twice', async () => {
    world = await startQuickWorld();
    const inServer = { DISCORD_GUILD_ID: world.guild.id };
    await restart(inServer);
    expect(registrations()).toEqual(['global', 'server', 'global']);
    expect(namesOf(world.guild)).toEqual(NAMES);
    expect(namesOf()).toEqual([]);
    expect((await world.anna.command(world.channel, 'help').reply()).text).toContain('/create');
    await restart(inServer);
    expect(registrations()).toHaveLength(3);

    await restart();
    expect(namesOf()).toEqual(NAMES);
    expect(namesOf(world.guild)).toEqual([]);
    const length = registrations().length;
    await restart();
    expect(registrations()).toHaveLength(length);
  });

  it('leaves a global list alone that it did not make', async () => {
    world = await startQuickWorld();
    await world.stopBot();
    const url = (world.env.DATABASE_URL ?? '').replace('encore.db', 'another.db');
    await world.startBot({ DATABASE_URL: url, DISCORD_GUILD_ID: world.guild.id });
    expect(registrations()).toEqual(['global', 'server']);
    expect(namesOf()).toEqual(NAMES);
  });

  it('does not keep the bot from starting when Discord refuses it', async () => {
    world = await startQuickWorld();
    await world.stopBot();
    world.discord.fault({
      method: 'PUT',
      route: /\/commands$/,
      times: 1,
      answer: { status: 403, code: 50001, message: 'Missing Access' },
    });
    const url = (world.env.DATABASE_URL ?? '').replace('encore.db', 'another.db');
    await world.startBot({ DATABASE_URL: url });
    await world.anna.command(world.channel, 'create', { prompt: 'it works all the same' }).reply();
    await world.untilClipCards(2);
    expect(world.log.some(({ msg }) => String(msg).includes('commands'))).toBe(true);
  });
});
