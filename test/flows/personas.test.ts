import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, readAccounts, untilPrivate, untilSays } from '../support/evidence.ts';
import { makeSong } from '../support/make-song.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Told in order: Anna keeps the voice of a song, then her own. The last test settles the account. */
describe('voices for new songs', () => {
  let world: TestWorld;
  let song: Message;
  let clipId: string;
  /** The card of Anna's first voice. */
  let made: Message;

  beforeAll(async () => {
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    });
    const { cards, facts } = await makeSong(world, 'Origin');
    song = cards[0];
    clipId = facts[0]?.clipId ?? '';
  });
  afterAll(() => world.close());

  const bodiesAt = (path: string) =>
    listPosts(world)
      .filter((post) => post.path === `/api/v1${path}`)
      .map(({ body }) => body);
  const lastBody = (path: string) => bodiesAt(path).at(-1);
  const personaIds = async (typed = '', person = world.anna) =>
    await person.autocomplete(world.channel, 'persona sing', { persona: typed }, 'persona');

  it('/persona create keeps the voice of a song, at once', async () => {
    const channel = openChannel(world, 'create');
    const options = { clip: song.link, name: 'Siren', describe: 'low and slow' };
    made = await world.anna.command(channel, 'persona create', options).reply();
    await untilSays(world, made, '**Siren** can sing now.');
    expect(made.ephemeral).toBe(false);
    expect(bodiesAt('/sonic/persona')).toEqual([
      { name: 'Siren', clip_id: clipId, describe: 'low and slow' },
    ]);
    expect(made.text).toContain(
      '**Sing** opens the form of a song (15 credits a song); later it is /persona sing.',
    );
    expect(made.buttons.map(({ label }) => label)).toEqual(['Sing']);
  });

  it('offers own voices only', async () => {
    expect((await personaIds('sir')).map(({ name }) => name)).toEqual(['Siren']);
    expect(await personaIds('else')).toEqual([]);
    expect(await personaIds('', world.ben)).toEqual([]);
    const clips = await world.anna.autocomplete(
      world.channel,
      'persona create',
      { clip: 'origin', name: 'x' },
      'clip',
    );
    expect(clips).toHaveLength(2);
  });

  it('/persona sing makes a song with it', async () => {
    const channel = openChannel(world, 'sing');
    const [choice] = await personaIds();
    const persona = String(choice?.value);
    world.anna.command(channel, 'persona sing', {
      persona,
      lyrics: '[Verse]\nHo',
      tags: 'sea',
      title: 'Deep',
    });
    const [card] = await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/create')).toEqual({
      task_type: 'persona_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: '[Verse]\nHo',
      tags: 'sea',
      title: 'Deep',
      persona_id: persona,
    });
    expect(card?.text).toContain('Made with: Sing');
    expect(card?.text).toContain('Price: 15 credits for 2 takes');
  });

  it('finds a voice by its name, and writes lyrics from a prompt', async () => {
    const channel = openChannel(world, 'by-name');
    world.anna.command(channel, 'persona sing', { persona: 'siren', prompt: 'a lighthouse' });
    await world.untilClipCards(2, channel);
    const [choice] = await personaIds();
    expect(lastBody('/sonic/create')).toEqual({
      task_type: 'persona_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a lighthouse',
      persona_id: choice?.value,
    });
  });

  it('Sing opens the form of a song, for its owner', async () => {
    const modal = await world.anna.press(made, 'Sing').modal();
    expect(modal.fields.map(({ label }) => label)).toEqual(['Prompt', 'Lyrics', 'Tags', 'Title']);
    await world.anna.submit(modal, { Lyrics: 'Hey', Title: 'Again' }).reply();
    await world.discord.until(() => bodiesAt('/sonic/create').length === 4);
    expect(lastBody('/sonic/create')).toMatchObject({
      task_type: 'persona_music',
      prompt: 'Hey',
      title: 'Again',
    });
    const refused = await world.ben.press(made, 'Sing').reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toBe('Only the person who made this voice can sing with it, until they forget it.');
  });

  it('takes the voice from More on a card', async () => {
    const menu = await world.anna.press(song, 'More').reply();
    const modal = await world.anna.press(menu, 'Persona').modal();
    expect(modal.fields.map(({ label }) => label)).toEqual(['Name', 'Describe']);
    const card = await world.anna.submit(modal, { Name: 'Second' }).reply();
    await untilSays(world, card, '**Second** can sing now.');
    expect(lastBody('/sonic/persona')).toEqual({ name: 'Second', clip_id: clipId });
  });

  it('/voice create makes one from a recording', async () => {
    const channel = openChannel(world, 'voice');
    const file = { name: 'me.mp3', data: await makeMp3(11, 64) };
    const card = await world.anna.command(channel, 'voice create', { file, name: 'Me' }).reply();
    await untilSays(world, card, '**Me** can sing now.');
    expect(bodiesAt('/sonic/create-voice')).toEqual([
      { audio_url: expect.stringMatching(new RegExp(`^http://${world.discord.cdnHost}/.+/me\\.mp3\\?ex=`)) },
    ]);
    expect(card.buttons.map(({ label }) => label)).toEqual(['Sing']);
    expect((await personaIds()).map(({ name }) => name)).toEqual(['Me', 'Second', 'Siren']);
  });

  it('/persona list shows them privately, with Sing and Forget', async () => {
    const channel = openChannel(world, 'list');
    const list = await world.anna.command(channel, 'persona list').reply();
    expect(list.ephemeral).toBe(true);
    expect(list.text.split('\n')).toEqual([
      'Your voices (15 credits a song):',
      expect.stringMatching(/^1️⃣ Me, made <t:\d+:R>$/u),
      expect.stringMatching(/^2️⃣ Second, made <t:\d+:R>$/u),
      expect.stringMatching(/^3️⃣ Siren, made <t:\d+:R>$/u),
      '**Forget** takes one off this list; songs that were made with it stay.',
    ]);
    expect(list.buttons.map(({ label, emoji }) => `${emoji} ${label}`)).toEqual(
      ['1️⃣', '2️⃣', '3️⃣'].flatMap((key) => [`${key} Sing`, `${key} Forget`]),
    );
    const [, second] = list.buttons.filter(({ label }) => label === 'Forget');
    world.anna.press(list, { customId: second?.customId ?? '' });
    await world.discord.until(() => !list.text.includes('Second'));
    expect(list.buttons).toHaveLength(4);
    const nobodys = await world.ben.command(channel, 'persona list').reply();
    expect(nobodys.text).toBe(
      'You have no voices yet. /persona create takes one from a song, /voice create from a recording.',
    );
  });

  it('/persona forget takes one off for good', async () => {
    const channel = openChannel(world, 'forget');
    const reply = await world.anna.command(channel, 'persona forget', { persona: 'Me' }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toBe(
      '"Me" is forgotten: it is not offered any more. Songs that were made with it stay.',
    );
    expect((await personaIds()).map(({ name }) => name)).toEqual(['Siren']);
    const again = await world.anna.command(channel, 'persona forget', { persona: 'Me' }).reply();
    expect(again.text).toContain('You have no voice "Me".');
  });

  describe('refused before anything is spent', () => {
    it('the voice of somebody else, and Edit keeps what was typed beside it', async () => {
      const posts = listPosts(world).length;
      const channel = openChannel(world, 'stranger');
      const [choice] = await personaIds();
      const options = { persona: String(choice?.value), prompt: 'mine now', title: 'Theft' };
      const sent = world.ben.command(channel, 'persona sing', options);
      const refused = await untilPrivate(world, sent);
      expect(refused.text).toBe(
        `You have no voice "${choice?.value}". Choose one from the list while you type; /persona create and /voice create make new ones.\nNothing was spent.`,
      );
      const modal = await world.ben.press(refused, 'Edit').modal();
      expect(modal.field('Voice').value).toBe(choice?.value);
      expect(modal.field('Prompt').value).toBe('mine now');
      expect(listPosts(world)).toHaveLength(posts);
    });

    it('the same song once more, by somebody else', async () => {
      const posts = listPosts(world).length;
      const channel = openChannel(world, 'again');
      world.anna.command(channel, 'persona sing', { persona: 'Siren', prompt: 'a lullaby' });
      const [card] = (await world.untilClipCards(2, channel)) as [Message];
      const menu = await world.ben.press(card, 'More').reply();
      const refused = await untilPrivate(world, world.ben.press(menu, 'Again'));
      expect(refused.text).toBe(
        'Only the person who made the voice "Siren" can sing with it, until they forget it.\nNothing was spent.',
      );
      expect(listPosts(world)).toHaveLength(posts + 1);
    });

    it('a song without words', async () => {
      const channel = openChannel(world, 'silent');
      const reply = await world.anna.command(channel, 'persona sing', { persona: 'Siren' }).reply();
      expect(reply.text).toBe('The prompt is empty. Say what the song should be about.\nNothing was spent.');
      expect(reply.ephemeral).toBe(true);
    });

    it('a voice of a song that is older than a day, with everything else that is wrong', async () => {
      const posts = listPosts(world).length;
      world.advance(DAY_MS);
      const channel = openChannel(world, 'old');
      const options = { clip: song.link, name: 'x'.repeat(80), describe: 'y'.repeat(201) };
      const refused = await world.anna.command(channel, 'persona create', options).reply();
      expect(refused.ephemeral).toBe(true);
      expect(refused.text.split('\n')).toEqual([
        '- For a name, MusicAPI takes at most 79 characters; yours has 80. Shorten it.',
        '- For a describe, MusicAPI takes at most 200 characters; yours has 201. Shorten it.',
        '- Persona works only on clips of the last 24 hours, and this one is older. Make a new one of it first, with Cover or Extend.',
        'Nothing was spent.',
      ]);
      expect(listPosts(world)).toHaveLength(posts);
    });
  });

  it('charged each of them once and nothing else', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const accounts = await readAccounts(store);
    await store.close();
    const spent = accounts.map(({ task, sums }) => [task.request.operation, sums.charged, sums.reserved]);
    expect(spent).toEqual([
      ['create', 20, 0],
      ['persona', 1, 0],
      ['persona-song', 15, 0],
      ['persona-song', 15, 0],
      ['persona-song', 15, 0],
      ['persona', 1, 0],
      ['voice', 4, 0],
      ['persona-song', 15, 0],
    ]);
  });
});
