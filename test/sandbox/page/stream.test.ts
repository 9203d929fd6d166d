import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../../sandbox/page/protocol.ts';
import { startPageServer } from '../../../sandbox/page/server.ts';
import { type PageWorld, startPageWorld } from './page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await startPageWorld();
});
afterAll(() => world.close());

const text = ({ message }: ShownMessage) => JSON.stringify(message);

describe('the world', () => {
  it('has the people whom one can be, each with role and language, and the bot', async () => {
    const { body } = await world.get('/api/world');
    expect(body.bot).toEqual({ id: world.stage.discord.botUser.id, name: 'Encore' });
    expect(body.people.map((one: { name: string }) => one.name)).toEqual([
      'Anna',
      'Mona',
      'Ben',
      'Cleo',
      'Jonas',
      'Owner',
    ]);
    expect(world.people.mona.role).toBe('moderates Music Makers');
    expect(world.people.jonas.locale).toBe('de');
  });

  it('says who is not there', async () => {
    expect(await world.get('/api/events?as=12')).toEqual({
      status: 404,
      body: { error: 'There is nobody with the id 12. Load the page again.' },
    });
  });
});

describe('the stream of a person', () => {
  it('begins with the servers and channels as this person sees them', async () => {
    const [anna, cleo] = await Promise.all([world.watch(world.people.anna), world.watch(world.people.cleo)]);
    const names = (watcher: typeof anna) =>
      watcher.state.servers.map(({ name, channels }) => [name, ...channels.map((one) => one.name)]);
    const musicMakers = ['Music Makers', 'songs', 'late-night', 'announcements'];
    expect(names(anna)).toEqual([musicMakers, ['Kitchen Band', 'rehearsal']]);
    expect(names(cleo)).toEqual([musicMakers]);
    expect(anna.channel('late-night').ageRestricted).toBe(true);
    expect(anna.channel('announcements').botMayPost).toBe(false);
    expect(anna.channel('songs')).toMatchObject({ botMayPost: true, uploadLimitBytes: 10 * 1024 * 1024 });
    expect(anna.state.dm.id).not.toBe(cleo.state.dm.id);
    expect(anna.state.servers[0]?.roles.map(({ name }) => name)).toEqual(['Producers']);
    expect(anna.state.servers[0]?.members.map(({ name }) => name)).toContain('Encore');
  });

  it('tells of a new card, of its edits and of what is deleted, to everybody who sees it', async () => {
    const [anna, ben] = await Promise.all([world.watch(world.people.anna), world.watch(world.people.ben)]);
    const songs = anna.channel('songs');
    const { body } = await world.post('/api/command', {
      as: world.people.anna.id,
      channel: songs.id,
      command: 'create',
      options: { prompt: 'rain on a tent', title: 'Tent' },
    });
    expect(body.kind).toBe('deferred');
    const find = (watcher: typeof anna) =>
      watcher.messages(songs).find(({ message }) => message.id === body.messageId);
    await ben.until(() => find(ben) && text(find(ben) as ShownMessage).includes('Done:'));
    expect(ben.heard.filter((name) => name === 'message').length).toBeGreaterThan(2);
    const [song] = await anna.until(() => {
      const found = anna.messages(songs).filter(({ message }) => message.attachments.length > 0);
      return found.length === 2 && found;
    });
    expect([song?.ephemeral, song?.pinged]).toEqual([false, true]);
    const seen = ben.messages(songs).find(({ message }) => message.id === song?.message.id);
    expect(seen?.pinged).toBe(false);

    const channel = world.stage.channel;
    const [first] = world.stage.discord.messages(channel);
    if (first) world.stage.discord.deleteMessage(first);
    await ben.until(() => find(ben) === undefined);
    expect(ben.heard.at(-1)).toBe('gone');
  });

  it('keeps a private answer to the one whom it is for', async () => {
    const [anna, ben] = await Promise.all([world.watch(world.people.anna), world.watch(world.people.ben)]);
    const songs = anna.channel('songs');
    const { body } = await world.post('/api/command', {
      as: world.people.ben.id,
      channel: songs.id,
      command: 'help',
      options: {},
    });
    const help = await ben.until(() =>
      ben.messages(songs).find(({ message }) => message.id === body.messageId),
    );
    expect(help.ephemeral).toBe(true);
    await world.post('/api/say', {
      as: world.people.ben.id,
      channel: songs.id,
      content: 'after help',
      files: [],
    });
    await anna.until(() => anna.messages(songs).find(({ message }) => message.content === 'after help'));
    expect(anna.messages(songs).map(({ message }) => message.id)).not.toContain(body.messageId);
    expect(
      (await world.watch(world.people.anna)).state.messages.map(({ message }) => message.id),
    ).not.toContain(body.messageId);
  });

  it('tells of a thread before the first message in it, and of what the bot may do', async () => {
    const anna = await world.watch(world.people.anna);
    const { discord, channel } = world.stage;
    const person = world.cast[0]?.person;
    const said = person?.say(channel, 'a thread begins here');
    await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages/${said?.id}/threads`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'results' }),
    });
    await anna.until(() => anna.heard.includes('places'));
    expect(anna.channel('results')).toMatchObject({ parentId: channel.id, id: said?.id });
    await world.turn(`may-post-${channel.id}`, false);
    await anna.until(() => !anna.channel('songs').botMayPost);
    await world.turn(`may-post-${channel.id}`, true);
    await anna.until(() => anna.channel('songs').botMayPost);
  });

  it('tells when the commands have changed', async () => {
    const anna = await world.watch(world.people.anna);
    const { discord } = world.stage;
    await fetch(
      `${discord.apiUrl}/v10/applications/${discord.applicationId}/guilds/${world.stage.guild.id}/commands`,
      {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'hello', description: 'Says hello' }),
      },
    );
    await anna.until(() => anna.heard.includes('commands'));
  });

  it('comes again, and whole, after the connection was lost', async () => {
    const port = Number(new URL(world.page.url).port);
    const anna = await world.watch(world.people.anna);
    await world.page.close();
    world.cast[0]?.person.say(world.stage.channel, 'said meanwhile');
    const second = await startPageServer(world.stage, world.cast, port);
    try {
      await anna.until(() => anna.states === 2);
      expect(anna.state.messages.map(({ message }) => message.content)).toContain('said meanwhile');
    } finally {
      await second.close();
    }
  });
});
