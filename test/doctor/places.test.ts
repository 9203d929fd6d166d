import { REST } from 'discord.js';
import { PermissionFlagsBits, Routes } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { permissionsIn } from '../../src/doctor/permissions.ts';
import { expectFound, useSurroundings } from './support.ts';

/** Surroundings with one server that the bot is in. */
async function useServer() {
  const surroundings = await useSurroundings();
  const guild = surroundings.discord.addGuild({ name: 'Makers' });
  return { ...surroundings, guild };
}

describe('the servers', () => {
  it('are looked at all, and those named that lack permissions', async () => {
    const { examine, discord, guild } = await useServer();
    expectFound(await examine(), 'discord-servers', 'complete');
    guild.addMember(discord.botUser, { permissions: { without: ['AttachFiles', 'ReadMessageHistory'] } });
    const { message } = expectFound(await examine(), 'discord-servers', 'missing');
    expect(message).toContain('In Makers the bot lacks Attach Files (for the audio files)');
    expect(message).toContain('Read Message History (to find its own messages after a crash)');
    expect(message).not.toContain('Send Messages');
  });

  it('may be none', async () => {
    const { examine, discord } = await useSurroundings();
    const { fix } = expectFound(await examine(), 'discord-servers', 'none');
    expect(fix).toContain(`client_id=${discord.applicationId}`);
    expect(fix).toContain('permissions=117760');
  });

  it('are named up to a number', async () => {
    const { examine, discord } = await useSurroundings();
    for (let index = 0; index < 12; index += 1) {
      const guild = discord.addGuild({ name: `Server ${index}` });
      guild.addMember(discord.botUser, { permissions: ['ViewChannel'] });
    }
    const named = (await examine()).filter(({ id }) => id === 'discord-servers');
    expect(named).toHaveLength(11);
    expect(named.at(-1)?.message).toBe('2 more servers lack permissions, too.');
  });
});

describe('a server', () => {
  it('is looked at alone when it is named', async () => {
    const { examine, discord, guild } = await useServer();
    const checked = await examine({}, { guildId: guild.id });
    expectFound(checked, 'discord-server', 'complete');
    expect(checked.map(({ id }) => id)).not.toContain('discord-servers');
    guild.addMember(discord.botUser, { permissions: ['ViewChannel'] });
    expectFound(await examine({}, { guildId: guild.id }), 'discord-server', 'missing');
    guild.addMember(discord.botUser, { permissions: ['Administrator'] });
    expectFound(await examine({}, { guildId: guild.id }), 'discord-server', 'complete');
  });

  it('may be one that the bot is not in, or does not serve', async () => {
    const { examine, guild } = await useServer();
    expectFound(await examine({}, { guildId: '123456789012345678' }), 'discord-server', 'absent');
    const limited = { ALLOWED_GUILDS: '123456789012345678' };
    expectFound(await examine(limited, { guildId: guild.id }), 'discord-server', 'not-served');
  });
});

describe('a channel', () => {
  it('may take permissions away', async () => {
    const { examine, guild } = await useServer();
    const songs = guild.addChannel({ name: 'songs' });
    const looked = expectFound(await examine({}, { channelId: songs.id }), 'discord-channel', 'complete');
    expect(looked.message).toBe('In #songs no permission is missing.');
    songs.setBotPermissions({ without: ['EmbedLinks', 'CreatePublicThreads'] });
    const { message } = expectFound(await examine({}, { channelId: songs.id }), 'discord-channel', 'missing');
    expect(message).toContain('In #songs the bot lacks Embed Links (for the cards of songs).');
    songs.setBotPermissions({ without: ['CreatePublicThreads'] });
    const wish = expectFound(await examine({}, { channelId: songs.id }), 'discord-channel', 'complete');
    expect(wish.message).toContain('Only where it is wanted: Create Public Threads');
  });

  it('may be a thread, where one permission takes the place of another', async () => {
    const { examine, discord, guild } = await useServer();
    const songs = guild.addChannel({ name: 'songs' });
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const post = async (route: `/${string}`, body: object) =>
      (await rest.post(route, { body })) as { id: string };
    const message = await post(Routes.channelMessages(songs.id), { content: 'results' });
    const thread = await post(Routes.threads(songs.id, message.id), { name: 'takes' });
    songs.setBotPermissions({ without: ['SendMessagesInThreads'] });
    const looked = expectFound(await examine({}, { channelId: thread.id }), 'discord-channel', 'missing');
    expect(looked.message).toContain('lacks Send Messages in Threads (for finished songs).');
    songs.setBotPermissions({ without: ['SendMessages', 'CreatePublicThreads'] });
    const fine = expectFound(await examine({}, { channelId: thread.id }), 'discord-channel', 'complete');
    expect(fine.message).toBe('In #takes no permission is missing.');
  });

  it('may be hidden, gone, or elsewhere', async () => {
    const { examine, discord, guild } = await useServer();
    const other = discord.addGuild({ name: 'Others' });
    const hidden = guild.addChannel({ name: 'hidden', botPermissions: { without: ['ViewChannel'] } });
    expectFound(await examine({}, { channelId: hidden.id }), 'discord-channel', 'hidden');
    expectFound(await examine({}, { channelId: '123456789012345678' }), 'discord-channel', 'absent');
    const options = { guildId: other.id, channelId: guild.addChannel({ name: 'songs' }).id };
    expectFound(await examine({}, options), 'discord-channel', 'elsewhere');
    const dm = discord.openDm(discord.owner);
    expectFound(await examine({}, { channelId: dm.id }), 'discord-channel', 'elsewhere');
  });
});

describe('permissionsIn', () => {
  const { ViewChannel, SendMessages, AttachFiles, Administrator } = PermissionFlagsBits;
  const holder = { userId: '9', guildId: '1', roleIds: ['2', '3'], bits: ViewChannel | SendMessages };
  const rule = (id: string, type: 0 | 1, allow: bigint, deny: bigint) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  });

  it('goes from everybody over the roles to the member', () => {
    const nobody = rule('1', 0, 0n, ViewChannel | SendMessages);
    expect(permissionsIn(holder, [nobody])).toBe(0n);
    const roles = [
      rule('2', 0, ViewChannel, 0n),
      rule('3', 0, 0n, ViewChannel),
      rule('4', 0, AttachFiles, 0n),
    ];
    expect(permissionsIn(holder, [...roles, nobody])).toBe(ViewChannel);
    const own = rule('9', 1, AttachFiles, ViewChannel);
    expect(permissionsIn(holder, [own, ...roles, nobody])).toBe(AttachFiles);
  });

  it('takes nothing from administrators', () => {
    const bits = Administrator;
    expect(permissionsIn({ ...holder, bits }, [rule('9', 1, 0n, ViewChannel)])).toBe(bits);
  });
});
