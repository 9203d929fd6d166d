import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { makeFlac, makeMp4, NO_AUDIO } from '../media/made-files.ts';
import { listPosts, openChannel, readAccounts, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import { CLIP_BUTTONS, type TestWorld } from '../support/world.ts';

/** Name of an option: written out as a key, it would look like that of a promise. */
const THEN = 'then';

/** What Anna brings in: a recording of two seconds. The account of all of them is settled at the end. */
describe('audio that somebody attaches', () => {
  let world: TestWorld;
  let take: { name: string; data: Buffer };
  /** Channel and card of the recording as a clip. */
  let studio: Channel;
  let uploaded: Message;

  beforeAll(async () => {
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    });
    take = { name: 'Garage Take.mp3', data: await makeMp3(2, 64) };
  });
  afterAll(() => world.close());

  const bodiesAt = (path: string) =>
    listPosts(world)
      .filter((post) => post.path === `/api/v1${path}`)
      .map(({ body }) => body);
  const lastBody = (path: string) => bodiesAt(path).at(-1);
  /** The address of a file that Discord keeps. */
  const attached = (name: string) =>
    expect.stringMatching(new RegExp(`^http://${world.discord.cdnHost}/[\\w/-]+/${name}\\?ex=`));
  const uploadedId = () =>
    world.musicApi.tasks.find(({ body }) => body.title === 'Solo')?.body.continue_clip_id;

  it('/upload ends with the recording as a clip card', async () => {
    studio = openChannel(world, 'studio');
    const status = await world.anna.command(studio, 'upload', { file: take, title: 'Garage' }).reply();
    expect(status.ephemeral).toBe(false);
    [uploaded] = (await world.untilClipCards(1, studio)) as [Message];
    expect(lastBody('/sonic/upload')).toEqual({ url: attached('Garage_Take.mp3') });
    expect(uploaded.buttons.map(({ label }) => label)).toEqual([...CLIP_BUTTONS, '0']);
    expect(uploaded.attachments).toHaveLength(1);
    expect(uploaded.attachments[0]).toMatchObject({
      name: 'Garage_-_take_1.mp3',
      contentType: 'audio/mpeg',
      size: take.data.length,
    });
    expect(uploaded.text.split('\n')).toEqual([
      `${world.anna.mention} Your upload is here: **Garage**`,
      'Garage',
      'Engine: sonic',
      'Length: 0:02',
      'Made with: Upload',
      'Price: 2 credits',
      `For: ${world.anna.mention}`,
    ]);
    await untilSays(world, status, `Done: [Garage, take 1](${uploaded.link})`);
  });

  it('Extend goes on from the very beginning of an upload, by its own task type', async () => {
    const modal = await world.anna.press(uploaded, 'Extend').modal();
    expect(modal.field('From').value).toBe('0.1');
    expect(modal.field('Title').value).toBe('Garage');
    await world.anna.submit(modal, { Lyrics: 'la la la', Title: 'Solo' }).reply();
    await world.untilClipCards(3, studio);
    expect(lastBody('/sonic/create')).toEqual({
      task_type: 'extend_upload_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: 'la la la',
      title: 'Solo',
      continue_clip_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      continue_at: 0.1,
    });
  });

  it('Cover takes the task type of uploads', async () => {
    const modal = await world.anna.press(uploaded, 'Cover').modal();
    await world.anna.submit(modal, { Tags: 'reggae', Strength: '0.7' }).reply();
    await world.untilClipCards(5, studio);
    expect(lastBody('/sonic/create')).toEqual({
      task_type: 'cover_upload_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      tags: 'reggae',
      title: 'Garage',
      continue_clip_id: uploadedId(),
      audio_weight: 0.3,
    });
  });

  it('/add vocals and /add instrumental work on it', async () => {
    const clip = String(uploadedId());
    const options = { clip, tags: 'soul', from: '0:01', to: '1.5' };
    await world.anna.command(studio, 'add vocals', { ...options, lyrics: '[Verse]\nOh yes' }).reply();
    await world.untilClipCards(7, studio);
    const shared = {
      mv: 'sonic-v6',
      use_suno_cdn: false,
      continue_clip_id: clip,
      tags: 'soul',
      overpainting_start_s: 1,
      overpainting_end_s: 1.5,
    };
    expect(lastBody('/sonic/create')).toEqual({
      task_type: 'add_vocals',
      ...shared,
      prompt: '[Verse]\nOh yes',
    });
    await world.anna.command(studio, 'add instrumental', options).reply();
    await world.untilClipCards(9, studio);
    expect(lastBody('/sonic/create')).toEqual({ task_type: 'add_instrumental', ...shared });
  });

  it('More leads from an upload to what adds to it', async () => {
    const menu = await world.anna.press(uploaded, 'More').reply();
    expect(menu.ephemeral).toBe(true);
    const labels = menu.buttons.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['Add vocals', 'Add instrumental', 'Sample']));
    expect(labels).not.toContain('Remaster');
    expect(menu.text).toContain('- Remaster: works only on songs that were made here, not on uploads.');
  });

  it('/upload then extend sends file and wishes in one request', async () => {
    const channel = openChannel(world, 'extended');
    world.anna.command(channel, 'upload', {
      file: take,
      [THEN]: 'extend',
      at: '0:01',
      tags: 'folk',
      lyrics: '[Verse]\nAnd on it goes',
      title: 'On',
    });
    const cards = await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/upload-extend')).toEqual({
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: '[Verse]\nAnd on it goes',
      tags: 'folk',
      title: 'On',
      url: attached('Garage_Take.mp3'),
      continue_at: 1,
      auto_concat: false,
    });
    for (const card of cards) expect(card.text).toContain('Made with: Upload and extend');
    expect(cards[0]?.text).toContain('Price: 15 credits for 2 takes');
  });

  it('/upload then cover needs no words', async () => {
    const channel = openChannel(world, 'covered');
    world.anna.command(channel, 'upload', { file: take, [THEN]: 'cover', strength: 1 });
    await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/upload-cover')).toEqual({
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'A new version of this recording with the same melody.',
      url: attached('Garage_Take.mp3'),
      audio_weight: 0,
    });
  });

  it('/sample makes a song of a part of a file', async () => {
    const channel = openChannel(world, 'sampled');
    world.anna.command(channel, 'sample', { file: take, from: '0.5', to: '0:01', prompt: 'a march' });
    const [card] = await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/sample')).toEqual({
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a march',
      url: attached('Garage_Take.mp3'),
      chop_sample_start_s: 0.5,
      chop_sample_end_s: 1,
    });
    expect(card?.text).toContain('Made with: Sample');
  });

  it('/sample makes a song of a part of a song', async () => {
    const channel = openChannel(world, 'sampled-song');
    world.anna.command(channel, 'sample', { clip: uploaded.link, to: '1', tags: 'march' });
    await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/sample')).toEqual({
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'A full song built on this sample.',
      tags: 'march',
      sample_clip_id: uploadedId(),
      chop_sample_end_s: 1,
    });
  });

  it('Edit below a refusal keeps the file', async () => {
    const channel = openChannel(world, 'edited');
    const options = { file: take, [THEN]: 'cover', lyrics: '[Verse', tags: 'swing' };
    const refused = await world.anna.command(channel, 'upload', options).reply();
    expect(refused.text.split('\n')).toEqual([
      'Line 1: “\\[Verse” has no closing bracket of its own. Write \\[Verse\\] on a line of its own.',
      'Nothing was spent.',
    ]);
    const modal = await world.anna.press(refused, 'Edit').modal();
    expect(modal.field('Lyrics').value).toBe('[Verse');
    world.anna.submit(modal, { Lyrics: '[Verse]\nHere' });
    await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/upload-cover')).toEqual({
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      prompt: '[Verse]\nHere',
      tags: 'swing',
      url: attached('Garage_Take.mp3'),
    });
  });

  it('Edit below a refused file takes another one, with the words that were typed', async () => {
    const channel = openChannel(world, 'replaced');
    const wrong = { name: 'take.mp3', data: Buffer.from('%PDF-1.7 and so on') };
    const options = { file: wrong, [THEN]: 'cover', lyrics: '[Verse]\nThere', tags: 'waltz' };
    const refused = await untilPrivate(world, world.anna.command(channel, 'upload', options));
    expect(refused.text).toContain('it is a PDF document');
    const modal = await world.anna.press(refused, 'Edit').modal();
    expect(modal.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Tags', 'waltz'],
      ['Lyrics', '[Verse]\nThere'],
      ['Strength', ''],
      ['Title', ''],
      ['File', []],
    ]);
    const still = await untilPrivate(world, world.anna.submit(modal, {}));
    expect(still.text).toBe(refused.text);
    await world.anna.submit(modal, { File: [take] }).reply();
    await world.untilClipCards(2, channel);
    expect(lastBody('/sonic/upload-cover')).toMatchObject({
      prompt: '[Verse]\nThere',
      tags: 'waltz',
      url: attached('Garage_Take.mp3'),
    });
  });

  it('is not sent again when the connection broke behind it', async () => {
    const channel = openChannel(world, 'doubt');
    const uploads = bodiesAt('/sonic/upload').length;
    world.musicApi.fault({ path: /\/sonic\/upload$/, answer: 'lose-answer' });
    const status = await world.anna.command(channel, 'upload', { file: take }).reply();
    await untilSays(world, status, 'so it is not known whether MusicAPI took it.');
    expect(status.buttons.map(({ label }) => label)).toEqual(['Try again']);
    await world.anna.press(status, 'Try again').reply();
    await world.untilClipCards(1, channel);
    expect(bodiesAt('/sonic/upload')).toHaveLength(uploads + 2);
  });

  describe('refused before anything is spent', () => {
    /** Uses a command, and gives the lines of its private refusal. */
    async function refusalOf(path: string, options: Record<string, unknown>): Promise<readonly string[]> {
      const posts = listPosts(world).length;
      const channel = openChannel(world, 'refused');
      const sent = world.anna.command(channel, path, options as never);
      const reply = await sent.reply();
      expect(reply.ephemeral).toBe(true);
      expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
      expect(listPosts(world)).toHaveLength(posts);
      return reply.text.split('\n');
    }

    it('tells every option that does not go with `then`', async () => {
      const options = { file: take, at: '0:01', tags: 'x', lyrics: 'y', strength: 0.5 };
      expect(await refusalOf('upload', options)).toEqual([
        '- `at` goes with `then: extend`, and you chose `then: nothing`. Change one of them.',
        '- `tags` goes with `then: extend` or `then: cover`, and you chose `then: nothing`. Change one of them.',
        '- `lyrics` goes with `then: extend` or `then: cover`, and you chose `then: nothing`. Change one of them.',
        '- `strength` goes with `then: cover`, and you chose `then: nothing`. Change one of them.',
        'Nothing was spent.',
      ]);
      expect(await refusalOf('upload', { file: take, [THEN]: 'cover', at: '0:01' })).toEqual([
        '`at` goes with `then: extend`, and you chose `then: cover`. Change one of them.',
        'Nothing was spent.',
      ]);
    });

    it.each([
      [
        'a PDF that is called a song',
        'upload',
        () => NO_AUDIO.pdf,
        'This is not audio that MusicAPI takes: it is a PDF document. Choose a file of MP3, WAV, FLAC, M4A, AAC, OGG, OPUS or AIFF.',
      ],
      [
        'more than eight minutes',
        'upload',
        () => makeFlac(490),
        'The file is longer than 8 minutes: it has 8:10. Cut it and send it again.',
      ],
      [
        'an empty file',
        'sample',
        () => NO_AUDIO.empty,
        'This is not audio that MusicAPI takes: it is empty. Choose a file of MP3, WAV, FLAC, M4A, AAC, OGG, OPUS or AIFF.',
      ],
      [
        'a voice that is too short',
        'voice create',
        () => take.data,
        'The file has to be longer than 10 seconds: it has 0:02. Choose a longer one.',
      ],
    ])('%s', async (_, path, makeData, words) => {
      const file = { name: 'song.mp3', data: makeData() };
      expect(await refusalOf(path, { file })).toEqual([words, 'Nothing was spent.']);
    });

    it('tells everything that is wrong with a file and with the words beside it', async () => {
      const file = { name: 'song.mp3', data: makeMp4('M4A ', 'soun', 5) };
      expect(await refusalOf('voice create', { file, name: 'x'.repeat(80) })).toEqual([
        '- The file is M4A; here it has to be MP3 or WAV. Save it as one of those.',
        '- The file has to be longer than 10 seconds: it has 0:05. Choose a longer one.',
        '- For a name, MusicAPI takes at most 79 characters; yours has 80. Shorten it.',
        'Nothing was spent.',
      ]);
    });

    it('a moment behind the end of the file', async () => {
      expect(await refusalOf('upload', { file: take, [THEN]: 'extend', at: '0:30' })).toEqual([
        '0:30 is past the end: the file is 0:02 long. Nothing was spent.',
      ]);
      expect(await refusalOf('sample', { file: take, from: '0:01', to: '1:00' })).toEqual([
        '1:00 is past the end: the file is 0:02 long. Nothing was spent.',
      ]);
    });

    it('a sample of both, or of nothing', async () => {
      const words = ['Give either a song or a file, one of the two.', 'Nothing was spent.'];
      expect(await refusalOf('sample', { file: take, clip: uploaded.link })).toEqual(words);
      expect(await refusalOf('sample', { prompt: 'a march' })).toEqual(words);
    });

    it('a file that Discord no longer has', async () => {
      world.discord.fault({ method: 'GET', route: /attachments/, answer: { status: 404 } });
      expect(await refusalOf('upload', { file: take })).toEqual([
        'Discord no longer has the file. Attach it once more.',
        'Nothing was spent.',
      ]);
    });
  });

  it('charged each of them once and nothing else', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const accounts = await readAccounts(store);
    await store.close();
    const spent = accounts.map(({ task, sums }) => [task.request.operation, sums.charged, sums.reserved]);
    expect(spent).toEqual([
      ['upload', 2, 0],
      ['extend', 15, 0],
      ['cover', 15, 0],
      ['add-vocals', 15, 0],
      ['add-instrumental', 15, 0],
      ['upload-extend', 15, 0],
      ['upload-cover', 15, 0],
      ['sample', 14, 0],
      ['sample', 14, 0],
      ['upload-cover', 15, 0],
      ['upload-cover', 15, 0],
      // It is not known whether MusicAPI took the first of these two.
      ['upload', 0, 2],
      ['upload', 2, 0],
    ]);
    await world.startBot();
  });

  it('Try again and To producer say so when the file is gone from Discord, and spend nothing', async () => {
    const channel = openChannel(world, 'too-late');
    world.musicApi.fault({ path: /\/sonic\/upload$/, answer: 'lose-answer' });
    const status = await world.anna.command(channel, 'upload', { file: take }).reply();
    await untilSays(world, status, 'so it is not known whether MusicAPI took it.');
    const posts = listPosts(world).length;
    world.advance(25 * 60 * 60_000);
    const gone = 'Discord no longer has the file. Attach it once more.\nNothing was spent.';
    expect((await untilPrivate(world, world.anna.press(status, 'Try again'))).text).toBe(gone);
    const menu = await world.anna.press(uploaded, 'More').reply();
    expect((await untilPrivate(world, world.anna.press(menu, 'To producer'))).text).toBe(gone);
    expect(listPosts(world)).toHaveLength(posts);
  });
});
