import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

/** The only thing that this led to: one private sentence. */
async function expectRefused(
  sent: { reply(): Promise<Message>; followUps: readonly Message[] },
  words: string,
) {
  const reply = await sent.reply();
  expect(reply.ephemeral).toBe(true);
  expect(reply.text).toContain(words);
  expect(reply.text).toContain('othing was spent');
  expect(sent.followUps).toEqual([]);
}

const shownToAll = (channel: Channel) =>
  world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral);

describe('ALLOWED_GUILDS', () => {
  it('closes every way in from a server that is not listed', async () => {
    world = await startQuickWorld();
    const { anna, ben, discord, guild, musicApi } = world;
    const other = discord.addGuild({ name: 'Elsewhere' });
    const there = other.addChannel({ name: 'songs-too' });
    for (const { user } of [anna, ben]) other.addMember(user);
    musicApi.nextTask('fail');
    const failed = await anna.command(there, 'create', { prompt: 'this one fails' }).reply();
    await discord.until(() => failed.buttons.some(({ label }) => label === 'Try again'));
    anna.command(there, 'create', { prompt: 'made while it was allowed' });
    const [song] = (await world.untilClipCards(2, there)) as [Message, Message];
    const form = await anna.press(song, 'Extend').modal();
    const menu = await anna.press(song, 'More').reply();
    await world.stopBot();
    await world.startBot({ ALLOWED_GUILDS: guild.id });

    const posts = listPosts(world).length;
    const before = shownToAll(there).length;
    const clip = musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const closed = 'I am not switched on for this server';
    for (const [name, options] of [
      ['create', { prompt: 'x' }],
      ['extend', { clip, at: '1' }],
      ['cover', { clip }],
      ['stems', { clip, kind: 'full' }],
      ['stems', { clip }],
      ['tasks', {}],
      ['credits', {}],
      ['help', {}],
    ] as const) {
      await expectRefused(ben.command(there, name, options), closed);
    }
    for (const label of ['Extend', 'Cover', 'Stems', 'More', '0']) {
      await expectRefused(anna.press(song, label), closed);
    }
    await expectRefused(anna.press(menu, 'Again'), closed);
    await expectRefused(anna.press(failed, 'Try again'), closed);
    await expectRefused(anna.press(failed, 'Edit'), closed);
    await expectRefused(anna.submit(form), closed);
    expect(await anna.autocomplete(there, 'extend', {}, 'clip')).toEqual([]);
    expect(await anna.autocomplete(there, 'create', { prompt: 'x' }, 'model')).toEqual([]);
    expect(shownToAll(there)).toHaveLength(before);
    expect(song.button('0').label).toBe('0');
    expect(listPosts(world)).toHaveLength(posts);

    const card = await anna.command(world.channel, 'create', { prompt: 'here it works' }).reply();
    expect(card.ephemeral).toBe(false);
    await world.untilClipCards(2);
  });
});

describe('ALLOW_DMS', () => {
  it("keeps strangers from spending the operator's credits in direct messages", async () => {
    world = await startQuickWorld({ musicApi: { foreignClips: true } });
    const { anna, channel, discord } = world;
    const dm = discord.openDm(anna.user);
    const closed = 'I make songs in servers only';
    const clip = '5f0c3a52-0f0f-4c8d-9c1e-2b8a3d0e7c11';
    await expectRefused(anna.command(dm, 'create', { prompt: 'a secret' }), closed);
    await expectRefused(anna.command(dm, 'extend', { clip, at: '1' }), closed);
    await expectRefused(anna.command(dm, 'cover', { clip }), closed);
    await expectRefused(anna.command(dm, 'stems', { clip, kind: 'basic' }), closed);
    await expectRefused(anna.command(dm, 'stems', { clip }), closed);
    expect((await anna.command(dm, 'help').reply()).text).toContain('/create');
    expect((await anna.command(dm, 'credits').reply()).text).toContain('of 200 used');
    expect((await anna.command(dm, 'tasks').reply()).text).toContain('no open tasks');

    // A song that came by direct message, because the bot may not write in the channel and the token died.
    channel.setBotPermissions({ without: ['SendMessages'] });
    discord.fault({ method: 'POST', route: /^\/webhooks\//, times: 2, answer: { status: 401, code: 50027 } });
    anna.command(channel, 'create', { prompt: 'comes by direct message' });
    const [song] = (await world.untilClipCards(1, dm)) as [Message];
    for (const label of ['Extend', 'Cover', 'Stems']) await expectRefused(anna.press(song, label), closed);
    await anna.press(song, '0').reply();
    expect(song.button('❤️').label).toBe('1');
    expect(listPosts(world)).toHaveLength(1);
  });

  it('serves direct messages when the operator allows it', async () => {
    world = await startQuickWorld({ env: { ALLOW_DMS: 'true' } });
    const { anna, discord } = world;
    const dm = discord.openDm(anna.user);
    const card = await anna.command(dm, 'create', { prompt: 'a secret' }).reply();
    const songs = await world.untilClipCards(2, dm);
    await discord.until(() => card.text.startsWith('Done'));
    expect(card.text).toContain(`https://discord.com/channels/@me/${dm.id}/${songs[0]?.id}`);
    expect(songs.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    const menu = await anna.press(songs[0] as Message, 'More').reply();
    await anna.press(menu, 'Delete').reply();
    expect(songs[0]?.deleted).toBe(true);
  });
});

describe('an app that only a person has installed', () => {
  it("answers by follow-ups, in somebody else's server and in a private channel", async () => {
    world = await startQuickWorld({ env: { ALLOW_DMS: 'true' } });
    const { anna, ben, discord } = world;
    anna.user.installsApp = true;
    const other = discord.addGuild({ name: 'Not ours', installed: false });
    for (const { user } of [anna, ben]) other.addMember(user);
    const places = [other.addChannel({ name: 'chat' }), discord.addPrivateChannel([anna.user, ben.user])];
    for (const place of places) {
      const posts = discord.requests.filter(({ path }) => path.includes('/channels/')).length;
      const sent = anna.command(place, 'create', { prompt: 'a song for my friends' });
      const card = await sent.reply();
      const songs = await world.untilClipCards(2, place);
      await discord.until(() => card.text.startsWith('Done'));
      expect(sent.followUps.map(({ id }) => id)).toEqual(songs.map(({ id }) => id));
      expect(discord.requests.filter(({ path }) => path.includes('/channels/'))).toHaveLength(posts);
      const form = await ben.press(songs[0] as Message, 'Cover').modal();
      await ben.submit(form, { Tags: 'polka' }).reply();
      const covers = (await world.untilClipCards(4, place)).slice(2);
      expect(covers[0]?.pinged).toEqual([ben.user.id]);
    }
  });

  it('turns to a direct message when Discord takes no more follow-ups', async () => {
    world = await startQuickWorld();
    const { anna, discord } = world;
    anna.user.installsApp = true;
    const other = discord.addGuild({ name: 'Not ours', installed: false });
    other.addMember(anna.user);
    const place = other.addChannel({ name: 'chat' });
    discord.fault({ method: 'POST', route: /^\/webhooks\//, times: 2, answer: { status: 400, code: 40094 } });
    const card = await anna.command(place, 'create', { prompt: 'a song too many' }).reply();
    const dm = discord.openDm(anna.user);
    const songs = await world.untilClipCards(2, dm);
    await discord.until(() => card.text.startsWith('Done'));
    expect(songs[0]?.pinged).toEqual([anna.user.id]);
    expect(world.clipCards(place)).toEqual([]);
    expect(card.text).toContain(`https://discord.com/channels/@me/${dm.id}/`);
  });
});
