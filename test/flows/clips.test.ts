import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** Anna makes a song in the server, one in her direct messages, and one in another server. */
describe('naming a clip', () => {
  let world: TestWorld;
  let elsewhere: Channel;
  let dm: Channel;
  let shared: readonly Message[];

  const clipIdOf = (title: string, take = 0) =>
    world.musicApi.tasks.find(({ body }) => body.title === title)?.clips[take]?.clipId ?? '';
  const bodyOf = (title: string) => world.musicApi.tasks.find(({ body }) => body.title === title)?.body;

  beforeAll(async () => {
    world = await startQuickWorld({
      env: { ALLOW_DMS: 'true', BUDGET_MEMBER_DAY: 'unlimited' },
    });
    const { anna, ben, channel, discord } = world;
    const other = discord.addGuild({ name: 'Elsewhere' });
    elsewhere = other.addChannel({ name: 'other-songs' });
    other.addMember(anna.user);
    other.addMember(ben.user);
    dm = discord.openDm(anna.user);
    anna.command(channel, 'create', { prompt: 'waves', tags: 'shanty', title: 'Harbour' });
    anna.command(dm, 'create', { prompt: 'a diary', tags: 'lullaby', title: 'Secret' });
    anna.command(elsewhere, 'create', { prompt: 'mountains', tags: 'yodel', title: 'Summit' });
    shared = await world.untilClipCards(2);
    await world.untilClipCards(2, dm);
    await world.untilClipCards(2, elsewhere);
  });
  afterAll(() => world.close());

  async function offered(person: TestWorld['anna'], where: Channel, typed = '', command = 'extend') {
    const choices = await person.autocomplete(where, command, { clip: typed }, 'clip');
    return choices.map(({ name }) => name.split(' · ').slice(0, 2).join(' '));
  }

  it('offers own clips everywhere, and those of others where they were posted', async () => {
    const { anna, ben, channel, discord } = world;
    const all = [
      'Summit take 1',
      'Summit take 2',
      'Secret take 1',
      'Secret take 2',
      'Harbour take 1',
      'Harbour take 2',
    ];
    expect([...(await offered(anna, channel))].sort()).toEqual([...all].sort());
    expect([...(await offered(anna, dm))].sort()).toEqual([...all].sort());
    for (const command of ['extend', 'cover', 'stems']) {
      expect(await offered(ben, channel, '', command)).toEqual(['Harbour take 1', 'Harbour take 2']);
    }
    expect(await offered(ben, elsewhere)).toEqual(['Summit take 1', 'Summit take 2']);
    expect(await offered(ben, discord.openDm(ben.user))).toEqual([]);
  });

  it('searches titles, tags and ids, in any case, all words', async () => {
    const { anna, channel } = world;
    expect(await offered(anna, channel, 'SECR')).toEqual(['Secret take 1', 'Secret take 2']);
    expect(await offered(anna, channel, 'yodel summit')).toHaveLength(2);
    expect(await offered(anna, channel, clipIdOf('Harbour').slice(0, 13))).toEqual(['Harbour take 1']);
    const [choice] = await anna.autocomplete(channel, 'cover', { clip: 'harbour' }, 'clip');
    expect(choice?.name).toMatch(/^Harbour · take 1 · 0:0\d · shanty · [0-9a-f]{8}$/);
    expect(clipIdOf('Harbour').startsWith(choice?.name.slice(-8) ?? '?')).toBe(true);
    for (const odd of ['100%', '_', '\\', "'; drop table clips", 'x'.repeat(6_000), '\u0000']) {
      expect(Array.isArray(await offered(anna, channel, odd))).toBe(true);
    }
    expect(await offered(anna, channel, '%')).toEqual([]);
  });

  it('works on a list entry, an id and a message link alike', async () => {
    const { ben, channel } = world;
    const [entry] = await ben.autocomplete(channel, 'extend', { clip: 'harbour' }, 'clip');
    const card = shared[1] as Message;
    const named = [String(entry?.value), ` ${clipIdOf('Harbour')} `, card.link, `<${card.link}>`];
    for (const [index, clip] of named.entries()) {
      const place = openChannel(world, `named-${index}`);
      const title = `Pier ${index}`;
      const status = await ben.command(place, 'extend', { clip, at: '0:01', title }).reply();
      expect(status.ephemeral).toBe(false);
      await world.discord.until(() => bodyOf(title), { what: `/extend ${clip}` });
      expect(bodyOf(title)).toMatchObject({
        task_type: 'extend_music',
        continue_clip_id: clipIdOf('Harbour', index < 2 ? 0 : 1),
        continue_at: 1,
        tags: 'shanty',
      });
    }
    await world.untilClipCards(2, world.guild.channels.get([...world.guild.channels.keys()].at(-1) ?? ''));
  });

  it('maps every option of /extend and /cover', async () => {
    const { ben } = world;
    const clip = clipIdOf('Harbour');
    const place = openChannel(world, 'options');
    ben.command(place, 'extend', { clip, prompt: 'a storm comes', title: 'Storm' });
    await world.discord.until(() => bodyOf('Storm'));
    expect(bodyOf('Storm')).toEqual({
      task_type: 'extend_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a storm comes',
      tags: 'shanty',
      title: 'Storm',
      continue_clip_id: clip,
      continue_at: world.musicApi.tasks.find(({ body }) => body.title === 'Harbour')?.clips[0]?.durationS,
    });
    ben.command(place, 'cover', {
      clip,
      lyrics: '[Verse]\nHaul away',
      tags: 'metal',
      strength: 1,
      title: 'Loud',
    });
    await world.discord.until(() => bodyOf('Loud'));
    expect(bodyOf('Loud')).toEqual({
      task_type: 'cover_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: '[Verse]\nHaul away',
      tags: 'metal',
      title: 'Loud',
      continue_clip_id: clip,
      audio_weight: 0,
    });
    await world.untilClipCards(4, place);
  });

  it('maps every option of /create', async () => {
    const { ben, musicApi } = world;
    const place = openChannel(world, 'create-options');
    ben.command(place, 'create', {
      prompt: 'a train at night',
      tags: 'techno',
      title: 'Rails',
      vocals: 'female',
      duration: '1:00',
      model: 'sonic-v6-mini',
      avoid: 'banjo',
      'style-weight': 0.25,
      weirdness: 1,
    });
    await world.discord.until(() => bodyOf('Rails'));
    expect(bodyOf('Rails')).toEqual({
      task_type: 'create_music',
      mv: 'sonic-v6-mini',
      use_suno_cdn: false,
      custom_mode: true,
      auto_lyrics: true,
      prompt: 'a train at night',
      tags: 'techno',
      title: 'Rails',
      vocal_gender: 'f',
      duration: 60,
      negative_tags: 'banjo',
      style_weight: 0.25,
      weirdness_constraint: 1,
    });
    ben.command(place, 'create', { prompt: 'a quiet room', tags: 'piano', instrumental: true });
    await world.untilClipCards(4, place);
    expect(musicApi.tasks.at(-1)?.body).toEqual({
      task_type: 'create_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a quiet room',
      tags: 'piano',
      make_instrumental: true,
    });
  });

  it('offers the models, those that fit what was typed', async () => {
    const { anna, channel } = world;
    const all = await anna.autocomplete(channel, 'create', { prompt: 'x' }, 'model');
    expect(all.map(({ value }) => value)).toEqual(['sonic-v6', 'sonic-v6-wild', 'sonic-v6-mini']);
    const some = await anna.autocomplete(channel, 'create', { prompt: 'x', model: 'WILD' }, 'model');
    expect(some.map(({ value }) => value)).toEqual(['sonic-v6-wild']);
    const other = await anna.autocomplete(channel, 'create', { prompt: 'x', engine: 'producer' }, 'model');
    expect(other.map(({ value }) => value)).toEqual(['lyria-3-pro']);
    const earlier = { prompt: 'x', model: 'sonic-v5' };
    const [mapped] = await anna.autocomplete(channel, 'create', earlier, 'model');
    expect(mapped).toEqual({ name: 'sonic-v5, made with sonic-v6', value: 'sonic-v5' });
  });

  it.each(['Secret', 'Summit'])('refuses somebody else\'s "%s", which was not shared here', async (title) => {
    const { ben, channel, discord } = world;
    const before = discord.messages(channel).length;
    const posts = listPosts(world).length;
    const place = openChannel(world, `not-${title.toLowerCase()}`);
    for (const [name, more] of [
      ['extend', { at: '1' }],
      ['cover', {}],
      ['stems', { kind: 'full' }],
      ['stems', {}],
    ] as const) {
      const reply = await ben.command(place, name, { clip: clipIdOf(title), ...more }).reply();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain('belongs to somebody else and was not shared in this server');
      expect(reply.text).not.toContain(title);
    }
    expect(discord.messages(place).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    expect(discord.messages(channel)).toHaveLength(before);
    expect(listPosts(world)).toHaveLength(posts);
  });

  it('refuses links to other places, to messages of people, and to nothing', async () => {
    const { ben, channel, discord, guild } = world;
    const said = ben.say(channel, 'my favourite song');
    const [summit] = world.clipCards(elsewhere);
    const links = [
      [summit?.link ?? '', 'in another place'],
      [said.link, 'no clip card of mine'],
      [
        `https://discord.com/channels/${guild.id}/${channel.id}/100000000000000000`,
        'cannot read that message',
      ],
    ] as const;
    for (const [clip, words] of links) {
      const reply = await ben.command(channel, 'cover', { clip }).reply();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain(words);
    }
    expect(discord.messages(channel).some(({ loading }) => loading)).toBe(false);
  });

  it('does not offer a deleted clip any more, and does not work on it for others', async () => {
    const { anna, ben } = world;
    const place = openChannel(world, 'deleted');
    anna.command(place, 'create', { prompt: 'rubbish', title: 'Rubbish', tags: 'noise' });
    const [card] = (await world.untilClipCards(2, place)) as [Message, Message];
    // A card is seen a moment before the bot has stored that it is posted.
    await expect.poll(() => offered(ben, place, 'rubbish')).toHaveLength(2);
    const menu = await anna.press(card, 'More').reply();
    await anna.press(menu, 'Delete').reply();
    expect(card.deleted).toBe(true);
    expect(await offered(ben, place, 'rubbish')).toEqual(['Rubbish take 2']);
    expect(await offered(anna, place, 'rubbish')).toEqual(['Rubbish take 2']);
    const reply = await ben.command(place, 'cover', { clip: clipIdOf('Rubbish') }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toBe('This clip was deleted. Choose another one from the list.\nNothing was spent.');
  });
});
