import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, readAccounts } from '../support/evidence.ts';
import { makeSong } from '../support/make-song.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** All about one song of Anna's, its extension, and its copy at the producer engine. The last test settles the account. */
describe('operations on a clip', () => {
  let world: TestWorld;
  let channel: Channel;
  let song: Message;
  let clipId: string;
  let otherId: string;
  let lengthS: number;

  beforeAll(async () => {
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    });
    const made = await makeSong(world, 'Harbour');
    channel = made.channel;
    song = made.cards[0];
    [clipId = '', otherId = ''] = made.facts.map((clip) => clip.clipId);
    lengthS = made.facts[0]?.durationS ?? 0;
  });
  afterAll(() => world.close());

  const bodiesAt = (path: string) =>
    listPosts(world)
      .filter((post) => post.path === `/api/v1${path}`)
      .map(({ body }) => body);
  const lastBody = (path: string) => bodiesAt(path).at(-1);

  /** The clip cards that a command leads to, in a channel of its own. */
  async function cardsOf(path: string, options: Record<string, string | number>, count = 2) {
    const place = openChannel(world, path.replace(' ', '-'));
    world.anna.command(place, path, options);
    return await world.untilClipCards(count, place);
  }

  /** The lines of the private refusal of a command that reaches nobody else. */
  async function refusalOf(path: string, options: Record<string, string | number>) {
    const posts = listPosts(world).length;
    const place = openChannel(world, 'refused');
    const sent = world.anna.command(place, path, options);
    const reply = await sent.reply();
    expect(reply.ephemeral).toBe(true);
    expect(world.discord.messages(place).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    expect(listPosts(world)).toHaveLength(posts);
    return reply.text.split('\n');
  }

  describe('of the sonic engine', () => {
    it('/remaster, with and without a variation', async () => {
      const [card] = await cardsOf('remaster', { clip: clipId, variation: 'high' });
      expect(lastBody('/sonic/create')).toEqual({
        task_type: 'remaster',
        mv: 'sonic-v6',
        use_suno_cdn: false,
        continue_clip_id: clipId,
        variation_category: 'high',
      });
      expect(card?.text).toContain('Made with: Remaster');
      expect(card?.text).toContain(`From: [Harbour](${song.link})`);
    });

    it('Remaster in More, by its form', async () => {
      const menu = await world.anna.press(song, 'More').reply();
      const modal = await world.anna.press(menu, 'Remaster').modal();
      expect(modal.fields.map(({ label }) => label)).toEqual(['Variation']);
      const posts = bodiesAt('/sonic/create').length;
      await world.anna.submit(modal, {}).reply();
      await world.discord.until(() => bodiesAt('/sonic/create').length > posts);
      expect(lastBody('/sonic/create')).toEqual({
        task_type: 'remaster',
        mv: 'sonic-v6',
        use_suno_cdn: false,
        continue_clip_id: clipId,
      });
      await world.untilClipCards(4, channel);
    });

    it('/concat makes the whole song of an extension, and Whole song does it once', async () => {
      const [extension] = await cardsOf('extend', { clip: clipId, at: '0.5', title: 'Pier' });
      const extensionId = world.musicApi.tasks.find(({ body }) => body.title === 'Pier')?.clips[0]?.clipId;
      const [whole] = await cardsOf('concat', { clip: extensionId ?? '' }, 1);
      expect(lastBody('/sonic/create')).toEqual({
        task_type: 'concat_music',
        use_suno_cdn: false,
        continue_clip_id: extensionId,
      });
      expect(whole?.text).toContain('Made with: Whole song');
      expect(whole?.text).toContain('Price: 2 credits');
      const posts = bodiesAt('/sonic/create').length;
      const menu = await world.anna.press(extension as Message, 'More').reply();
      const [first, second] = [world.anna.press(menu, 'Whole song'), world.anna.press(menu, 'Whole song')];
      const said = await world.discord.until(() =>
        [first, second].flatMap(({ followUps }) => followUps).find(({ ephemeral }) => ephemeral),
      );
      expect(said.text).toContain('This was already asked for, so nothing more was spent');
      await world.discord.until(() => bodiesAt('/sonic/create').length > posts);
      expect(lastBody('/sonic/create')).toMatchObject({ task_type: 'concat_music' });
      expect(bodiesAt('/sonic/create')).toHaveLength(posts + 1);
    });

    it('/replace with lyrics, and with a description', async () => {
      await cardsOf('replace', { clip: clipId, from: '0.2', to: '0:01', lyrics: 'la la', prompt: 'softer' });
      const fields = { mv: 'sonic-v6', use_suno_cdn: false, clip_id: clipId, auto_concat: true };
      expect(lastBody('/sonic/replace-section')).toEqual({
        ...fields,
        infill_start_s: 0.2,
        infill_end_s: 1,
        prompt: 'softer',
        infill_lyrics: 'la la',
      });
      const [card] = await cardsOf('replace', { clip: clipId, from: '0', to: '0.5', lyrics: 'oh' });
      expect(lastBody('/sonic/replace-section')).toEqual({
        ...fields,
        infill_start_s: 0,
        infill_end_s: 0.5,
        prompt: 'oh',
        infill_lyrics: 'oh',
      });
      expect(card?.text).toContain('Made with: Replace');
    });

    it('/mashup of two songs', async () => {
      const [card] = await cardsOf('mashup', {
        first: song.link,
        second: otherId,
        tags: 'ska',
        title: 'Both',
      });
      expect(lastBody('/sonic/mashup')).toEqual({
        mv: 'sonic-v6',
        use_suno_cdn: false,
        custom_mode: false,
        gpt_description_prompt: 'A mashup of both songs: their melodies and moods in one new song.',
        tags: 'ska',
        title: 'Both',
        mashup_clip_ids: [clipId, otherId],
      });
      expect(card?.text).toContain('Made with: Mashup');
      expect(card?.text).toMatch(/From: \[.+\]\(https:.+\) and \[.+\]\(https:.+\)/);
    });

    it('Mashup in More asks for the other song', async () => {
      const menu = await world.anna.press(song, 'More').reply();
      const modal = await world.anna.press(menu, 'Mashup').modal();
      expect(modal.fields.map(({ label }) => label)).toEqual(['Second song', 'Prompt', 'Tags', 'Title']);
      const posts = bodiesAt('/sonic/mashup').length;
      await world.anna.submit(modal, { 'Second song': otherId, Prompt: 'a duel' }).reply();
      await world.discord.until(() => bodiesAt('/sonic/mashup').length > posts);
      expect(lastBody('/sonic/mashup')).toEqual({
        mv: 'sonic-v6',
        use_suno_cdn: false,
        custom_mode: false,
        gpt_description_prompt: 'a duel',
        mashup_clip_ids: [clipId, otherId],
      });
    });
  });

  describe('refused before anything is spent', () => {
    it('/add on a song that was made here', async () => {
      const needsUpload = (label: string) => [
        `${label} works on uploaded audio only: use /upload first.`,
        'Nothing was spent.',
      ];
      expect(await refusalOf('add vocals', { clip: clipId, lyrics: 'la la' })).toEqual(
        needsUpload('Add vocals'),
      );
      expect(await refusalOf('add instrumental', { clip: clipId })).toEqual(needsUpload('Add instrumental'));
    });

    it('/concat of what is no extension', async () => {
      expect(await refusalOf('concat', { clip: clipId })).toEqual([
        'Whole song joins an extension to what it goes on from, and this clip is no extension. Use Extend first.',
        'Nothing was spent.',
      ]);
    });

    it('/replace of a part that is none, with all that is wrong', async () => {
      expect(await refusalOf('replace', { clip: clipId, from: '1', to: '0.5', prompt: 'x' })).toEqual([
        'The part must end after it begins: `to` has to be later than `from`.',
        'Nothing was spent.',
      ]);
      expect(
        await refusalOf('replace', { clip: clipId, from: 'noon', to: '9:00', lyrics: '[Verse' }),
      ).toEqual([
        '- "noon" is no time for `from`. Write it as 1:30, 90 or 90s.',
        `- 9:00 is past the end: the clip is 0:0${Math.round(lengthS)} long.`,
        '- Line 1: “\\[Verse” has no closing bracket of its own. Write \\[Verse\\] on a line of its own.',
        'Nothing was spent.',
      ]);
      expect(await refusalOf('replace', { clip: clipId, from: '0', to: '1' })).toEqual([
        'Give lyrics or a prompt: what is to be in this part of the song?',
        'Nothing was spent.',
      ]);
    });

    it('/mashup of a song with itself', async () => {
      expect(await refusalOf('mashup', { first: clipId, second: song.link })).toEqual([
        'Choose two different songs.',
        'Nothing was spent.',
      ]);
    });

    it('a name that is no clip', async () => {
      expect(await refusalOf('remaster', { clip: 'no such song!' })).toEqual([
        'That is no clip. Choose one from the list while you type, paste a link to a message with a song of mine, or give a clip id.',
        'Nothing was spent.',
      ]);
    });
  });

  describe('of the producer engine', () => {
    let copy: Message;
    let copyId: string;

    it('To producer takes the song there', async () => {
      const menu = await world.anna.press(song, 'More').reply();
      await world.anna.press(menu, 'To producer').reply();
      copy = await world.discord.until(() =>
        world.clipCards(channel).find(({ text }) => text.includes('Made with: To producer')),
      );
      expect(bodiesAt('/producer/upload')).toEqual([
        { audio_url: expect.stringMatching(new RegExp(`^http://${world.musicApi.host}/.+\\.mp3`)) },
      ]);
      expect(copy.text.split('\n')).toEqual([
        `${world.anna.mention} Your copy is here: **Harbour**`,
        'Harbour',
        'Engine: producer',
        `Length: 0:0${Math.round(lengthS)}`,
        'Made with: To producer',
        `From: [Harbour](${song.link})`,
        'Price: 2 credits',
        `For: ${world.anna.mention}`,
      ]);
      copyId =
        world.musicApi.tasks.find(({ operation }) => operation === 'producer/upload')?.clips[0]?.clipId ?? '';
    });

    it('Extend has the fields of that engine', async () => {
      const modal = await world.anna.press(copy, 'Extend').modal();
      expect(modal.fields.map(({ label }) => label)).toEqual(['From', 'Instruction', 'Lyrics', 'Length']);
      expect(modal.field('From').value).toBe(`0:0${Math.floor(lengthS)}`);
      const posts = bodiesAt('/producer/create').length;
      await world.anna
        .submit(modal, { From: '0.5', Instruction: 'add brass', Lyrics: '', Length: '30' })
        .reply();
      await world.discord.until(() => bodiesAt('/producer/create').length > posts);
      expect(lastBody('/producer/create')).toEqual({
        task_type: 'extend_music',
        clip_id: copyId,
        starts_at: 0.5,
        instruction: 'add brass',
        length: 30,
      });
    });

    it('Cover and Replace go there too', async () => {
      const modal = await world.anna.press(copy, 'Cover').modal();
      expect(modal.fields.map(({ label }) => label)).toEqual(['Instruction', 'Strength']);
      const [covered] = await cardsOf('cover', { clip: copyId, prompt: 'as a waltz', strength: 0.8 }, 1);
      expect(lastBody('/producer/create')).toEqual({
        task_type: 'cover_music',
        clip_id: copyId,
        instruction: 'as a waltz',
        strength: 0.8,
      });
      expect(covered?.text).toContain('Engine: producer');
      await cardsOf('replace', { clip: copyId, from: '0', to: '1', prompt: 'a drum fill' }, 1);
      expect(lastBody('/producer/create')).toEqual({
        task_type: 'replace_music',
        clip_id: copyId,
        starts_at: 0,
        ends_at: 1,
        instruction: 'a drum fill',
      });
    });

    it('refuses what that engine does not take, with all of it', async () => {
      expect(await refusalOf('extend', { clip: copyId, at: '1', title: 'x', tags: 'y' })).toEqual([
        '- Extend takes no `tags` with the engine producer. Leave it out.',
        '- Extend takes no `title` with the engine producer. Leave it out.',
        'Nothing was spent.',
      ]);
      expect(await refusalOf('replace', { clip: copyId, from: '0', to: '1', lyrics: 'la' })).toEqual([
        '- Give `prompt` (the instruction): Replace needs it.',
        '- Replace takes no `lyrics` with the engine producer. Leave it out.',
        'Nothing was spent.',
      ]);
      const wrongEngine = [
        'This clip was made by producer, so sonic cannot work on it.',
        'Nothing was spent.',
      ];
      expect(await refusalOf('remaster', { clip: copyId })).toEqual(wrongEngine);
      expect(await refusalOf('mashup', { first: clipId, second: copyId })).toEqual(wrongEngine);
    });
  });

  it('charged each of them once and nothing else', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const accounts = await readAccounts(store);
    await store.close();
    const spent = accounts.map(({ task: { request }, sums }) => [
      `${request.engine} ${request.operation}`,
      sums.charged,
      sums.reserved,
    ]);
    expect(spent).toEqual([
      ['sonic create', 20, 0],
      ['sonic remaster', 15, 0],
      ['sonic remaster', 15, 0],
      ['sonic extend', 15, 0],
      ['sonic concat', 2, 0],
      ['sonic concat', 2, 0],
      ['sonic replace', 20, 0],
      ['sonic replace', 20, 0],
      ['sonic mashup', 14, 0],
      ['sonic mashup', 14, 0],
      ['producer upload', 2, 0],
      ['producer extend', 12, 0],
      ['producer cover', 12, 0],
      ['producer replace', 12, 0],
    ]);
  });
});
