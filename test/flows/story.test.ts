import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { CLIP_BUTTONS, type TestWorld } from '../support/world.ts';

/** One story, told in order: every test goes on where the one before it ended. */
describe('from an idea to stems', () => {
  let world: TestWorld;
  let songs: readonly Message[];
  let extended: readonly Message[];
  beforeAll(async () => {
    world = await startQuickWorld({
      musicApi: { lengths: { songSeconds: [2, 3] } },
      env: { BUDGET_MEMBER_DAY: '300' },
    });
  });
  afterAll(() => world.close());

  const lastBody = () => world.musicApi.tasks.at(-1)?.body;

  it('makes two songs of one line', async () => {
    const { anna, channel, discord, musicApi } = world;
    const sent = anna.command(channel, 'create', { prompt: 'a song about the sea' });
    const card = await sent.reply();
    expect(card.ephemeral).toBe(false);
    songs = await world.untilClipCards(2);
    expect(lastBody()).toEqual({
      task_type: 'create_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a song about the sea',
    });
    await discord.until(() => card.buttons.length === 0 && card.text.startsWith('Done'));
    expect(card.content.split('\n')).toHaveLength(1);
    expect(card.embeds).toEqual([]);
    for (const song of songs) expect(card.content).toContain(song.link);
    expect(songs.map(({ pinged, silent }) => ({ pinged, silent }))).toEqual([
      { pinged: [anna.user.id], silent: false },
      { pinged: [], silent: true },
    ]);
    for (const [index, song] of songs.entries()) {
      expect(song.buttons.map(({ label }) => label)).toEqual([...CLIP_BUTTONS, '0']);
      expect(song.attachments[0]?.contentType).toBe('audio/mpeg');
      expect(song.attachments[0]?.title).toMatch(new RegExp(`^\\S.* - take ${index + 1}$`));
      expect(song.text).toContain('Engine: sonic, sonic-v6');
      expect(song.text).toContain('Price: 20 credits for 2 takes');
      expect(song.text).toContain(`For: ${anna.mention}`);
      expect(song.embeds[0]?.thumbnail?.url).toMatch(/^http/);
    }
    expect(musicApi.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('extends a song by its button, with the form filled from the song', async () => {
    const { anna, channel, discord } = world;
    const [song] = songs as [Message];
    const facts = world.musicApi.tasks[0]?.clips[0];
    const modal = await anna.press(song, 'Extend').modal();
    expect(modal.fields.map(({ label }) => label)).toEqual(['From', 'Lyrics', 'Tags', 'Title']);
    expect(modal.field('Title').value).toBe(facts?.title);
    expect(modal.field('Tags').value).toBe(facts?.tags);
    expect(modal.field('Lyrics').value).toBe(facts?.lyrics);
    expect(modal.field('From').value).toBe(`0:0${Math.floor(facts?.durationS ?? 0)}`);
    const card = await anna.submit(modal, { From: '0:02', Title: 'The Sea, further' }).reply();
    extended = (await world.untilClipCards(4)).slice(2);
    expect(lastBody()).toEqual({
      task_type: 'extend_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: facts?.lyrics,
      tags: facts?.tags,
      title: 'The Sea, further',
      continue_clip_id: facts?.clipId,
      continue_at: 2,
    });
    await discord.until(() => card.text.startsWith('Done'));
    expect(extended.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    for (const clip of extended) {
      expect(clip.attachments[0]?.title).toMatch(/^The Sea, further - take [12]$/);
      expect(clip.text).toContain('Price: 15 credits for 2 takes');
      expect(clip.text).toContain(`](${song.link})`);
    }
    expect(discord.messages(channel).filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });

  it('covers the extension by its button, for somebody else', async () => {
    const { ben, discord } = world;
    const [source] = extended as [Message];
    const facts = world.musicApi.tasks[1]?.clips[0];
    const modal = await ben.press(source, 'Cover').modal();
    expect(modal.fields.map(({ label }) => label)).toEqual(['Tags', 'Lyrics', 'Strength', 'Title']);
    expect(modal.field('Title').value).toBe('The Sea, further');
    const card = await ben.submit(modal, { Tags: 'bossa nova', Strength: '0.7', Title: 'Sea Bossa' }).reply();
    const covers = (await world.untilClipCards(6)).slice(4);
    expect(lastBody()).toEqual({
      task_type: 'cover_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: facts?.lyrics,
      tags: 'bossa nova',
      title: 'Sea Bossa',
      continue_clip_id: facts?.clipId,
      audio_weight: 0.3,
    });
    await discord.until(() => card.text.startsWith('Done'));
    expect(covers.map(({ pinged }) => pinged)).toEqual([[ben.user.id], []]);
    expect(covers[0]?.text).toContain(`](${source.link})`);
    expect(covers[0]?.text).toContain('Tags: bossa nova');
  });

  it('asks which stems, with both prices, and posts them as one message', async () => {
    const { ben, channel, discord, musicApi } = world;
    const cover = world.clipCards()[4] as Message;
    const question = await ben.press(cover, 'Stems').reply();
    expect(question.ephemeral).toBe(true);
    expect(question.text).toContain('30 credits');
    expect(question.text).toContain('75 credits');
    expect(question.buttons.map(({ label }) => label)).toEqual(['Basic', 'Full']);
    const card = await ben.press(question, 'Basic').reply();
    expect(card.ephemeral).toBe(false);
    const stems = await discord.until(() =>
      discord.messages(channel).find(({ attachments }) => attachments.length > 1),
    );
    await discord.until(() => card.text.startsWith('Done') && question.buttons.length === 0);
    expect(lastBody()).toEqual({ clip_id: musicApi.tasks[2]?.clips[0]?.clipId });
    expect(stems.attachments.map(({ name }) => name)).toEqual([
      'Vocals.mp3',
      'Drums.mp3',
      'Bass.mp3',
      'Other.mp3',
    ]);
    expect(stems.pinged).toEqual([ben.user.id]);
    expect(stems.buttons.map(({ label }) => label)).toEqual(['More']);
    expect(stems.text).toContain(`](${cover.link})`);
    expect(stems.text).toContain('Price: 30 credits');
    expect(card.content).toContain(stems.link);
  });

  it('takes a song fully apart by command, split at ten files', async () => {
    const { anna, channel, discord, musicApi } = world;
    const clipId = musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'full' }).reply();
    await discord.until(() => card.text.startsWith('Done'));
    const [first, second] = discord.messages(channel).slice(-2) as [Message, Message];
    expect(musicApi.tasks.at(-1)?.operation).toBe('stems/full');
    expect([first.attachments.length, second.attachments.length]).toEqual([10, 2]);
    expect(first.attachments.map(({ title, name }) => title ?? name.replace('.mp3', ''))).toContain(
      'Backing Vocals',
    );
    expect([first.pinged, second.pinged]).toEqual([[anna.user.id], []]);
    expect(second.silent).toBe(true);
    expect(card.content).toContain(first.link);
    expect(card.content).toContain(second.link);
  });

  it('offers songs first, and stems to whom looks for them', async () => {
    const { ben, channel } = world;
    const songsOnly = await ben.autocomplete(channel, 'cover', {}, 'clip');
    expect(songsOnly).toHaveLength(6);
    const stems = await ben.autocomplete(channel, 'cover', { clip: 'vocals' }, 'clip');
    expect(stems.map(({ name }) => name.split(' · ')[0])).toContain('Backing Vocals');
  });

  it('tells privately what is open, what was spent and what can be done', async () => {
    const { anna, ben, channel } = world;
    const tasks = await anna.command(channel, 'tasks').reply();
    expect(tasks.ephemeral).toBe(true);
    expect(tasks.text).toContain('no open tasks');
    const credits = await anna.command(channel, 'credits').reply();
    expect(credits.ephemeral).toBe(true);
    expect(credits.text).toContain('You: 110 credits of 300 used, 190 credits left');
    expect(credits.text).toContain('This server: 155 credits of 2,000 used');
    expect(credits.text).toContain('Stems (full): 75 credits');
    expect(credits.text).not.toContain('balance');
    const others = await ben.command(channel, 'credits').reply();
    expect(others.text).toContain('You: 45 credits of 300 used');
    const help = await anna.command(channel, 'help').reply();
    expect(help.ephemeral).toBe(true);
    for (const name of ['create', 'extend', 'cover', 'stems', 'tasks', 'credits', 'help']) {
      expect(help.text).toContain(`/${name}`);
    }
    expect(world.musicApi.credits().credits).toBe(10_000 - 155);
  });

  it('went without a warning', () => {
    expect(world.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('leaves a ledger that says the same', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const rows = await store.db.selectFrom('ledger').select(['kind', 'reserved', 'charged']).execute();
    await store.close();
    expect(rows.map(({ kind }) => kind).sort()).toEqual([
      ...Array(5).fill('charge'),
      ...Array(5).fill('reserve'),
    ]);
    expect(rows.reduce((sum, { charged }) => sum + charged, 0)).toBe(155);
    expect(rows.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(0);
  });
});
