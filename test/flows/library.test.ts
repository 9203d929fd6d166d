import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** Anna makes songs in the server, one in her direct messages, and one in another server. */
describe('the library', () => {
  let world: TestWorld;
  let elsewhere: Channel;
  let dm: Channel;
  let harbour: readonly [Message, Message];

  const clipIdOf = (title: string, take = 0) =>
    world.musicApi.tasks.find(({ body }) => body.title === title)?.clips[take]?.clipId ?? '';
  const rowsOf = (message: Message) =>
    (message.embeds[0]?.description ?? '')
      .split('\n')
      .filter(Boolean)
      .map((row) => /(?:\[|\*\*)(.+?)(?:\]|\*\*)/.exec(row)?.[1] ?? row);

  async function make(channel: Channel, title: string, more: Record<string, string> = {}) {
    const before = world.clipCards(channel).length;
    world.anna.command(channel, 'create', { prompt: `a song called ${title}`, title, ...more });
    const cards = await world.untilClipCards(before + 2, channel);
    return cards.slice(before) as [Message, Message];
  }

  /** Somebody else makes a song with the same key of MusicAPI. */
  async function makeElsewhere() {
    const { musicApi } = world;
    const response = await fetch(`${musicApi.url}/sonic/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${musicApi.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        task_type: 'create_music',
        mv: 'sonic-v6',
        custom_mode: false,
        gpt_description_prompt: 'made elsewhere',
        use_suno_cdn: false,
      }),
    });
    const { task_id: taskId } = (await response.json()) as { task_id: string };
    // The first 200 may come while the takes are still being made.
    const isMade = async () => {
      const answer = await fetch(`${musicApi.url}/sonic/task/${taskId}`, {
        headers: { authorization: `Bearer ${musicApi.key}` },
      });
      if (answer.status !== 200) return false;
      const { data } = (await answer.json()) as { data: readonly { state: string }[] };
      return data.every(({ state }) => state === 'succeeded');
    };
    await expect.poll(isMade).toBe(true);
    return musicApi.tasks.find((task) => task.taskId === taskId)?.clips[0]?.clipId ?? '';
  }

  beforeAll(async () => {
    world = await startQuickWorld({ env: { ALLOW_DMS: 'true', BUDGET_MEMBER_DAY: 'unlimited' } });
    const { anna, ben, channel, discord } = world;
    const other = discord.addGuild({ name: 'Elsewhere' });
    elsewhere = other.addChannel({ name: 'other-songs' });
    for (const { user } of [anna, ben]) other.addMember(user);
    dm = discord.openDm(anna.user);
    harbour = await make(channel, 'Harbour', { tags: 'shanty' });
    await make(dm, 'Secret');
    await make(elsewhere, 'Summit');
    for (const title of ['First', 'Second', 'Third']) await make(channel, title, { tags: 'polka' });
  });
  afterAll(() => world.close());

  it('lists own songs everywhere, and those of others where they were posted, the newest first', async () => {
    const { anna, ben, channel } = world;
    const own = await anna.command(channel, 'library').reply();
    expect(own.ephemeral).toBe(true);
    expect(own.content).toBe('Your songs, and those shared in this server');
    expect(rowsOf(own)).toEqual(['Third', 'Third', 'Second', 'Second', 'First', 'First', 'Summit', 'Summit']);
    expect(own.embeds[0]?.description).toMatch(
      /^1️⃣ \[Third\]\(https:\S+\) · take 1 · 0:0\d · sonic · <t:\d+:R> · ❤️ 0 hearts$/m,
    );
    // What stands in another server has no link that works here.
    expect(own.embeds[0]?.description).toMatch(/^7️⃣ \*\*Summit\*\* · take 1/m);
    const shared = await ben.command(channel, 'library').reply();
    expect(rowsOf(shared)).toEqual([
      ...['Third', 'Third', 'Second', 'Second', 'First', 'First', 'Harbour', 'Harbour'],
    ]);
    expect(rowsOf(await ben.command(elsewhere, 'library').reply())).toEqual(['Summit', 'Summit']);
  });

  it('is turned by buttons that work after a restart, and skips nothing while songs come', async () => {
    const { anna, channel } = world;
    const list = await anna.command(channel, 'library').reply();
    expect(list.buttons.map(({ label }) => label)).toEqual([...Array(8).fill('Show'), 'Older']);
    await world.stopBot();
    await world.startBot();
    await make(openChannel(world, 'later'), 'Fourth');
    await anna.press(list, 'Older').reply();
    expect(rowsOf(list)).toEqual(['Secret', 'Secret', 'Harbour', 'Harbour']);
    expect(list.buttons.map(({ label }) => label)).toEqual([...Array(4).fill('Show'), 'Newest', 'Newer']);
    await anna.press(list, 'Newer').reply();
    expect(rowsOf(list)).toEqual([
      'Third',
      'Third',
      'Second',
      'Second',
      'First',
      'First',
      'Summit',
      'Summit',
    ]);
    expect(list.buttons.slice(8).map(({ label }) => label)).toEqual(['Newest', 'Newer', 'Older']);
    await anna.press(list, 'Newest').reply();
    expect(rowsOf(list).slice(0, 3)).toEqual(['Fourth', 'Fourth', 'Third']);
  });

  it('is searched by words of title, tags and prompt, on every page', async () => {
    const { anna, channel } = world;
    const list = await anna.command(channel, 'library', { search: 'SONG pol' }).reply();
    expect(rowsOf(list)).toEqual(['Third', 'Third', 'Second', 'Second', 'First', 'First']);
    expect(list.embeds[0]?.footer?.text).toBe('Search: SONG pol');
    expect(rowsOf(await anna.command(channel, 'library', { search: 'harb' }).reply())).toEqual([
      'Harbour',
      'Harbour',
    ]);
    // Longer than a button can carry.
    const long = `song called ${'a '.repeat(60)}`;
    const all = await anna.command(channel, 'library', { search: long }).reply();
    expect(rowsOf(all)).toHaveLength(8);
    await anna.press(all, 'Older').reply();
    expect(rowsOf(all).at(-1)).toBe('Harbour');
    expect(all.embeds[0]?.footer?.text).toContain('Search: song called a a');
  });

  it('is narrowed down to one person, and to favourites', async () => {
    const { anna, ben, mod, channel } = world;
    const ofAnna = await ben.command(channel, 'library', { owner: anna.user, search: 'harbour' }).reply();
    expect(ofAnna.content).toBe(`Songs of ${anna.mention}`);
    expect(rowsOf(ofAnna)).toEqual(['Harbour', 'Harbour']);
    const none = await anna.command(channel, 'library', { owner: ben.user }).reply();
    expect(none.text).toContain(`${ben.mention} has shared no song in this server`);
    const noHearts = await mod.command(channel, 'library', { favourites: true }).reply();
    expect(noHearts.text).toBe(
      'You have no favourites yet. Press the heart on a song, and it is listed here.',
    );
    await ben.press(harbour[1], '❤️').reply();
    const favourites = await ben.command(channel, 'library', { favourites: true }).reply();
    expect(favourites.content).toBe('Your favourites');
    expect(favourites.embeds[0]?.description).toMatch(/\[Harbour\]\(\S+\) · take 2 .* · ❤️ 1 heart$/);
    expect(rowsOf(favourites)).toHaveLength(1);
  });

  it('says what to do where it is empty', async () => {
    const { ben, mod, channel, discord } = world;
    const nothing = await ben.command(discord.openDm(ben.user), 'library').reply();
    expect(nothing.text).toBe('You have no songs yet. Make one with /create.');
    const notFound = await mod.command(channel, 'library', { search: 'xyzzy' }).reply();
    expect(notFound.text).toContain('has words that begin like "xyzzy" in its title, tags, lyrics or prompt');
    expect(notFound.buttons).toEqual([]);
  });

  it('shows a song for the eyes of the person alone, with its file and its buttons', async () => {
    const { ben, channel, musicApi } = world;
    const list = await ben.command(channel, 'library', { search: 'harbour' }).reply();
    const card = await ben.press(list, '1️⃣').reply();
    expect(card.ephemeral).toBe(true);
    expect(card.content).toBe('**Harbour**, take 1 of 2');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Extend', 'Cover', 'Stems', 'More', '0']);
    expect(card.attachments[0]?.title).toBe('Harbour - take 1');
    expect((await card.file()).equals(await harbour[0].file())).toBe(true);
    // Favourites can be given here too, and are counted there.
    await ben.press(card, '❤️').reply();
    expect(card.button('❤️').label).toBe('1');
    await ben.press(card, '❤️').reply();
    expect(card.button('❤️').label).toBe('0');
    expect(listPosts(world).filter(({ path }) => path.endsWith('/download'))).toEqual([]);
    expect(musicApi.tasks.filter(({ body }) => body.title === 'Harbour')).toHaveLength(1);
  });

  it('brings songs that could not be delivered', async () => {
    const { anna, musicApi } = world;
    const place = openChannel(world, 'abandoned');
    musicApi.nextTask('never');
    const card = await anna.command(place, 'create', { prompt: 'a lost one', title: 'Zanzibar' }).reply();
    await untilSays(world, card, 'Being made');
    await anna.press(card, 'Stop waiting').reply();
    const task = musicApi.tasks.at(-1);
    musicApi.setTask(task?.taskId ?? '', []);
    await expect
      .poll(async () => rowsOf(await anna.command(place, 'library', { search: 'zanzibar' }).reply()))
      .toEqual(['Zanzibar', 'Zanzibar']);
    const list = await anna.command(place, 'library', { search: 'zanzibar' }).reply();
    expect(list.text).toContain('not posted yet');
    const shown = await anna.press(list, '1️⃣').reply();
    expect(shown.attachments[0]?.title).toBe('Zanzibar - take 1');
  });

  it('refuses to show what was deleted meanwhile', async () => {
    const { anna, ben } = world;
    const place = openChannel(world, 'deleted-meanwhile');
    const [card] = await make(place, 'Rubbish');
    await expect
      .poll(async () => rowsOf(await ben.command(place, 'library', { search: 'rubbish' }).reply()))
      .toEqual(['Rubbish', 'Rubbish']);
    const list = await ben.command(place, 'library', { search: 'rubbish' }).reply();
    await anna.press(await anna.press(card, 'More').reply(), 'Delete').reply();
    const reply = await ben.press(list, '1️⃣').reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toBe('This clip was deleted. Choose another one from the list.');
    expect(rowsOf(await ben.command(place, 'library', { search: 'rubbish' }).reply())).toEqual(['Rubbish']);
  });

  it('speaks German to those who read it', async () => {
    const { discord, guild } = world;
    const user = discord.addUser({ name: 'Greta', locale: 'de' });
    guild.addMember(user);
    const list = await discord.as(user).command(world.channel, 'library', { search: 'harbour' }).reply();
    expect(list.content).toBe('Deine Songs und die, die auf diesem Server geteilt wurden');
    expect(list.buttons.map(({ label }) => label)).toEqual(['Zeigen', 'Zeigen']);
    expect(list.embeds[0]?.footer?.text).toBe('Suche: harbour');
  });

  describe('/clip show', () => {
    it('posts a fresh card for everybody, in any channel', async () => {
      const { ben } = world;
      const place = openChannel(world, 'shown');
      const card = await ben.command(place, 'clip show', { clip: clipIdOf('Harbour', 1) }).reply();
      expect(card.ephemeral).toBe(false);
      expect(card.content).toBe('**Harbour**, take 2 of 2');
      expect((await card.file()).equals(await harbour[1].file())).toBe(true);
      expect(card.button('❤️').label).toBe('1');
      // Its buttons are as good as those of the first card.
      await ben.press(card, '❤️').reply();
      expect(card.button('❤️').label).toBe('0');
      const form = await ben.press(card, 'Extend').modal();
      expect(form.title).toContain('Harbour');
    });

    it('is taken back by whoever wanted it, without taking the song', async () => {
      const { anna, ben, discord, guild } = world;
      const place = openChannel(world, 'shown-and-deleted');
      const card = await ben.command(place, 'clip show', { clip: clipIdOf('First') }).reply();
      const user = discord.addUser({ name: 'Carla' });
      guild.addMember(user);
      const carla = discord.as(user);
      const refused = await carla.press(await carla.press(card, 'More').reply(), 'Delete').reply();
      expect(refused.text).toContain('or a moderator, may delete this');
      expect(card.deleted).toBe(false);
      await ben.press(await ben.press(card, 'More').reply(), 'Delete').reply();
      expect(card.deleted).toBe(true);
      expect(rowsOf(await anna.command(place, 'library', { search: 'first' }).reply())).toEqual([
        'First',
        'First',
      ]);
    });

    it('shares an own song from elsewhere where it is shown, and nowhere else', async () => {
      const { anna, ben } = world;
      const place = openChannel(world, 'shared-by-showing');
      const clip = clipIdOf('Summit', 1);
      const refused = await ben.command(place, 'clip show', { clip }).reply();
      expect(refused.ephemeral).toBe(true);
      expect(refused.text).toContain('belongs to somebody else and was not shared in this server');
      await anna.command(place, 'clip show', { clip }).reply();
      await expect
        .poll(async () => rowsOf(await ben.command(place, 'library', { search: 'summit' }).reply()))
        .toEqual(['Summit']);
      expect((await ben.command(place, 'clip show', { clip }).reply()).ephemeral).toBe(false);
      // In the server where it comes from it stays shared.
      expect(rowsOf(await ben.command(elsewhere, 'library', { search: 'summit' }).reply())).toEqual([
        'Summit',
        'Summit',
      ]);
    });

    it.each(['clip show', 'clip tree'])('refuses /%s of what is not for this person', async (command) => {
      const { ben, discord } = world;
      const place = openChannel(world, `refused-${command.replace(' ', '-')}`);
      const [secret] = world.clipCards(dm);
      const refusals = [
        [clipIdOf('Secret'), 'belongs to somebody else'],
        [clipIdOf('Summit'), 'belongs to somebody else'],
        [secret?.link ?? '', 'in another place'],
        ['not a clip!', 'That is no clip.'],
      ] as const;
      for (const [clip, words] of refusals) {
        const reply = await ben.command(place, command, { clip }).reply();
        expect(reply.ephemeral).toBe(true);
        expect(reply.text).toContain(words);
        expect(reply.text).not.toMatch(/Secret|Summit/);
      }
      expect(discord.messages(place).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
      const choices = await ben.autocomplete(place, command, { clip: 'secret' }, 'clip');
      expect(choices).toEqual([]);
    });

    it('offers to fetch what nobody knows, for its price, and knows it from then on', async () => {
      const { anna, ben, musicApi } = world;
      const place = openChannel(world, 'unknown');
      // A song that MusicAPI knows and this bot does not.
      const clip = await makeElsewhere();
      // The first answer says that it is being prepared.
      const downloads = () =>
        musicApi.requests.filter(({ path, status }) => path.endsWith('/download') && status === 200);
      const offer = await ben.command(place, 'clip show', { clip }).reply();
      expect(offer.ephemeral).toBe(true);
      expect(offer.text).toContain(`I do not know the clip \`${clip}\``);
      expect(offer.text).toContain('for 2 credits');
      expect(offer.buttons.map(({ label }) => label)).toEqual(['Fetch it']);
      const tree = await ben.command(place, 'clip tree', { clip }).reply();
      expect(tree.text).toContain('so I do not know its family either');
      expect(downloads()).toEqual([]);
      const card = await ben.press(offer, 'Fetch it').reply();
      await untilSays(world, card, 'Made, and attached.');
      expect(card.ephemeral).toBe(false);
      const shown = await ben.command(place, 'clip show', { clip }).reply();
      expect(shown.buttons.map(({ label }) => label)).toEqual(['Extend', 'Cover', 'Stems', 'More', '0']);
      expect(shown.attachments).toHaveLength(1);
      expect(downloads()).toHaveLength(1);
      // It is theirs, and shared by showing it.
      expect(
        rowsOf(await ben.command(place, 'library', { owner: ben.user, search: clip }).reply()),
      ).toHaveLength(1);
      await expect
        .poll(async () => (await anna.command(place, 'clip show', { clip }).reply()).ephemeral)
        .toBe(false);
    });

    it('says so where MusicAPI does not have it either', async () => {
      const { ben } = world;
      const place = openChannel(world, 'nowhere');
      const clip = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
      const offer = await ben.command(place, 'clip show', { clip }).reply();
      const card = await ben.press(offer, 'Fetch it').reply();
      await untilSays(world, card, 'Not made. Nothing was spent.');
      expect((await ben.command(place, 'clip show', { clip }).reply()).buttons).toHaveLength(1);
    });
  });

  describe('a family', () => {
    it('stands on the cards of its parents, and in the tree', async () => {
      const { anna, ben, discord } = world;
      const place = openChannel(world, 'family');
      const [root] = await make(place, 'Root');
      const clip = clipIdOf('Root');
      ben.command(place, 'cover', { clip, title: 'Branch' });
      await world.untilClipCards(4, place);
      ben.command(place, 'extend', { clip: clipIdOf('Branch'), at: '0:01', title: 'Leaf' });
      await world.untilClipCards(6, place);
      await ben.command(place, 'stems', { clip, kind: 'basic' }).reply();
      await expect.poll(() => root.text).toContain('Led to: [Stems');
      const [, , branch, , leaf] = world.clipCards(place) as Message[];
      expect(root.text).toContain(`[Cover: Branch](${branch?.link})`);
      expect(root.attachments[0]?.title).toBe('Root - take 1');
      expect(root.buttons).toHaveLength(5);
      await expect.poll(() => branch?.text).toContain(`[Extend: Leaf](${leaf?.link})`);
      expect(branch?.text).toContain(`From: [Root](${root.link})`);

      const tree = await anna.command(place, 'clip tree', { clip: clipIdOf('Branch') }).reply();
      expect(tree.ephemeral).toBe(false);
      const lines = (tree.embeds[0]?.description ?? '').split('\n');
      expect(tree.embeds[0]?.title).toBe('The family of Branch');
      expect(lines[0]).toBe(`[Root](${root.link}) · Create, take 1`);
      expect(lines[1]).toBe(`└ [Branch](${branch?.link}) · Cover, take 1 ← this one`);
      expect(lines[2]).toBe(`\u2003└ [Leaf](${leaf?.link}) · Extend, take 1`);
      expect(lines[3]).toMatch(/^\u2003└ \[Leaf\]\(\S+\) · Extend, take 2$/);
      expect(lines[4]).toMatch(/^└ \[Branch\]\(\S+\) · Cover, take 2$/);
      expect(lines[5]).toMatch(/^└ \[Stems\S*.*\]\(\S+\) · \d tracks$/);
      expect(lines).toHaveLength(6);

      const shown = await ben.command(place, 'clip show', { clip }).reply();
      expect(shown.text).toContain(`[Cover: Branch](${branch?.link})`);
      expect(discord.messages(place).some(({ loading }) => loading)).toBe(false);
    });

    it('is delivered although the card of the parent is gone', async () => {
      const { anna, log } = world;
      const place = openChannel(world, 'orphans');
      const [card] = await make(place, 'Parent');
      await expect
        .poll(async () => rowsOf(await anna.command(place, 'library', { search: 'parent' }).reply()))
        .toContain('Parent');
      world.discord.deleteMessage(card);
      anna.command(place, 'cover', { clip: clipIdOf('Parent'), title: 'Orphan' });
      await expect
        .poll(() => world.clipCards(place).filter(({ text }) => text.includes('Orphan')).length)
        .toBe(2);
      await expect
        .poll(() =>
          log.some(
            ({ msg, clipId }) => msg === 'card of a parent not edited' && clipId === clipIdOf('Parent'),
          ),
        )
        .toBe(true);
    });

    it('has no names of songs that were not shared where it is shown', async () => {
      const { anna, ben } = world;
      const place = openChannel(world, 'hidden-family');
      const clip = clipIdOf('Secret');
      anna.command(place, 'cover', { clip, title: 'Confession' });
      await world.untilClipCards(2, place);
      const child = clipIdOf('Confession');
      await expect
        .poll(async () => (await ben.command(place, 'clip tree', { clip: child }).reply()).text)
        .toContain('a song that was not shared here');
      const tree = await ben.command(place, 'clip tree', { clip: child }).reply();
      expect(tree.embeds[0]?.description).not.toContain('Secret');
      const own = await anna.command(dm, 'clip tree', { clip }).reply();
      expect(own.embeds[0]?.description).toContain('Secret');
      expect(own.embeds[0]?.description).toContain('Confession');
      // The card of a secret song does not name what became of it elsewhere.
      expect(world.clipCards(dm)[0]?.text).not.toContain('Led to');
    });
  });
});
