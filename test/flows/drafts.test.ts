import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { changeBeside } from '../support/change-beside.ts';
import { listPosts, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

const UNKNOWN_CLIP = '5f0c3a52-0f0f-4c8d-9c1e-2b8a3d0e7c11';

/** So many characters of lyrics, in lines of forty. */
function writeLyrics(length: number): string {
  const lines = Array.from({ length: Math.ceil(length / 40) }, (_, index) =>
    `line ${index} of a song that never ends at all`.padEnd(39, '.').slice(0, 39),
  );
  return ['[Verse]', ...lines].join('\n').slice(0, length);
}

function labelsOf({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label ?? '');
}

/** Runs a statement beside the running bot. */
function change(sql: string): Promise<void> {
  return changeBeside(world, (file) => file.exec(sql));
}

describe('Edit below a refusal', () => {
  it('opens the form with the text in it, as often as it is refused', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const prompt = 'p'.repeat(401);
    const first = await anna
      .command(channel, 'create', { prompt, vocals: 'female', weirdness: 0.25, avoid: 'drums' })
      .reply();
    expect(labelsOf(first)).toEqual(['Edit']);
    const form = await anna.press(first, 'Edit').modal();
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Prompt', prompt],
      ['Tags', ''],
      ['Title', ''],
      ['Avoid', 'drums'],
    ]);
    const second = await anna.submit(form, { Prompt: ' ', Tags: 'folk', Title: 'Short' }).reply();
    expect(second.ephemeral).toBe(true);
    expect(second.text).toContain('The prompt is empty.');
    const again = await anna.press(second, 'Edit').modal();
    expect(again.fields.map(({ value }) => value)).toEqual(['', 'folk', 'Short', 'drums']);
    expect(listPosts(world)).toEqual([]);
    const card = await anna.submit(again, { Prompt: prompt }).reply();
    expect(card.ephemeral).toBe(false);
    await world.untilClipCards(2);
    expect(listPosts(world)).toHaveLength(1);
    expect(listPosts(world)[0]?.body).toMatchObject({
      prompt,
      tags: 'folk',
      title: 'Short',
      negative_tags: 'drums',
      vocal_gender: 'f',
      weirdness_constraint: 0.25,
    });
  });

  it('shows a text that is too long, so that it can be shortened', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const title = 't'.repeat(81);
    const prompt = `${'a long story '.repeat(400)}end`;
    const refused = await anna.command(channel, 'create', { prompt, title }).reply();
    expect(refused.text).toContain('yours has 81');
    expect(refused.text).toContain('yours has 5,203');
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Title').value).toBe(title);
    expect(`${form.field('Prompt').value}${form.field('Prompt, continued').value}`).toBe(prompt);
    const still = await anna.submit(form, {}).reply();
    expect(still.text).toBe(refused.text);
    await anna.submit(form, { Title: 't', Prompt: 'a short story', 'Prompt, continued': '' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.body).toMatchObject({ prompt: 'a short story', title: 't' });
  });

  it('shows what could not be read as it was typed, and the song that was no song', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const lyrics = '[Verse]\nrain on the roof';
    const refused = await anna
      .command(channel, 'extend', { clip: 'my song', at: 'after the chorus, when it is quiet', lyrics })
      .reply();
    expect(refused.text).toContain('That is no clip');
    expect(refused.text).toContain('is no time for `at`');
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('From').value).toBe('after the chorus, when it is quiet');
    expect(form.field('Song').value).toBe('my song');
    expect(form.field('Lyrics').value).toBe(lyrics);
    const still = await anna.submit(form, { Song: UNKNOWN_CLIP, From: 'the end' }).reply();
    expect(still.text).toBe(
      '"the end" is no time for `From`. Write it as 1:30, 90 or 90s.\nNothing was spent.',
    );
    const last = await anna.press(still, 'Edit').modal();
    expect(last.field('From').value).toBe('the end');
    await anna.submit(last, { From: '0:10' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.body).toMatchObject({
      continue_clip_id: UNKNOWN_CLIP,
      continue_at: 10,
      prompt: lyrics,
    });
  });

  it('lets an option be taken back that has no field in other forms', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const refused = await anna
      .command(channel, 'create', {
        prompt: 'a song',
        engine: 'producer',
        vocals: 'male',
        model: 'sonic-v99',
      })
      .reply();
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Vocals').value).toBe('male');
    expect(form.field('Model').value).toBe('sonic-v99');
    await anna.submit(form, { Vocals: '', Model: '' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.path).toContain('/producer/create');
  });

  it('works after a restart of the bot', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const refused = await anna.command(channel, 'create', { prompt: 'p'.repeat(401), tags: 'ska' }).reply();
    expect(refused.ephemeral).toBe(false);
    const long = await anna.command(channel, 'create', { prompt: 'q'.repeat(401) }).reply();
    const warned = await anna.command(channel, 'create', { prompt: 'like Daft Punk' }).reply();
    await world.stopBot();
    await world.startBot();
    const form = await anna.press(long, 'Edit').modal();
    expect(form.field('Prompt').value).toBe('q'.repeat(401));
    const card = await anna.press(warned, 'Send anyway').reply();
    expect(card.ephemeral).toBe(false);
    await world.discord.until(() => listPosts(world, 'like Daft Punk').length === 1);
  });

  it('is for the person who typed it', async () => {
    world = await startQuickWorld();
    const { anna, ben, channel, discord } = world;
    const refused = await anna.command(channel, 'create', { prompt: 'like Daft Punk' }).reply();
    const buttons = refused.buttons.map(({ label, customId }) => ({
      type: 2,
      style: 2,
      label,
      custom_id: customId,
    }));
    // The message is private, so only an accident of ours could put its buttons before others.
    const response = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'public', components: [{ type: 1, components: buttons }] }),
    });
    expect(response.status).toBe(200);
    const shown = discord.messages(channel).find(({ text }) => text === 'public') as Message;
    for (const label of ['Edit', 'Send anyway']) {
      const reply = await ben.press(shown, label).reply();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain('Somebody else typed this');
    }
    expect(listPosts(world)).toEqual([]);
  });

  it('says so when what was typed is gone, or the bot cannot look', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const refused = await anna.command(channel, 'create', { prompt: 'like Daft Punk' }).reply();
    await change('update cache set expires = 1');
    for (const label of ['Edit', 'Send anyway']) {
      const reply = await anna.press(refused, label).reply();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toBe(
        'I keep what was typed for a day, and this is gone. Use the command again; nothing was spent.',
      );
    }
    await change('drop table cache');
    const bare = await anna.command(channel, 'create', { prompt: 'p'.repeat(401) }).reply();
    expect(bare.text).toContain('at most 400 characters');
    expect(bare.buttons).toEqual([]);
  });
});

describe('what was typed and can be kept nowhere', () => {
  const lyrics = writeLyrics(4_500);

  it('is handed back as a file when the form was open for longer than a day', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const form = await anna.command(channel, 'compose', {}).modal();
    await change('update cache set expires = 1');
    const sent = { Lyrics: lyrics.slice(0, 4_000), 'Lyrics, continued': lyrics.slice(4_000) };
    const word = await anna.submit(form, sent).reply();
    expect(word.ephemeral).toBe(true);
    await untilSays(world, word, 'What you typed is in the attached file.');
    expect(word.text).toContain('this is gone. Use the command again');
    expect(word.attachments.map(({ name }) => name)).toEqual(['what-you-typed.txt']);
    const text = await (await fetch(word.attachments[0]?.url ?? '')).text();
    expect(text).toContain(lyrics.slice(0, 4_000));
    expect(text).toContain(lyrics.slice(4_000));
    expect(world.ben.sees(channel)).toEqual([]);
    expect(listPosts(world)).toEqual([]);
  });

  it('leaves the reason where Discord does not take the file', async () => {
    world = await startQuickWorld();
    const { anna, channel, discord } = world;
    const form = await anna.command(channel, 'compose', {}).modal();
    await change('update cache set expires = 1');
    const answer = { status: 403, code: 50_013, message: 'Missing Permissions' };
    discord.fault({ method: 'PATCH', route: /^\/webhooks\//, answer });
    const word = await anna.submit(form, { Lyrics: lyrics.slice(0, 3_000) }).reply();
    await untilSays(world, word, 'this is gone. Use the command again');
    expect(word.attachments).toEqual([]);
  });
});

describe('what a budget, a full queue or a block refuses', () => {
  it('can be edited and sent later, unless the person is blocked', async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '19' } });
    const { anna, channel } = world;
    const sent = anna.command(channel, 'create', { prompt: 'a dear song', tags: 'gold' });
    const refused = await untilPrivate(world, sent);
    expect(refused.text).toContain('19');
    expect(labelsOf(refused)).toEqual(['Edit']);
    await world.stopBot();
    await world.startBot({ BUDGET_MEMBER_DAY: '200' });
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Prompt').value).toBe('a dear song');
    await anna.submit(form, { Tags: 'silver' }).reply();
    await world.discord.until(() => listPosts(world, 'silver').length === 1);
    expect(listPosts(world)).toHaveLength(1);
  });

  it('is kept when the queue is full', async () => {
    world = await startQuickWorld({
      env: { SUBMIT_INTERVAL_MS: '600000', BUDGET_MEMBER_DAY: 'unlimited' },
    });
    const { anna, channel, discord } = world;
    await anna.command(channel, 'create', { prompt: 'the first' }).reply();
    await discord.until(() => listPosts(world, 'the first').length === 1);
    await anna.command(channel, 'batch', { prompt: 'ten more', count: 10 }).reply();
    const refused = await untilPrivate(world, anna.command(channel, 'create', { prompt: 'one too many' }));
    expect(refused.text).toMatch(/queue|wait/i);
    expect(labelsOf(refused)).toEqual(['Edit']);
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Prompt').value).toBe('one too many');
  });

  it('keeps nothing of somebody who is blocked', async () => {
    world = await startQuickWorld();
    const { anna, channel, discord, guild } = world;
    guild.addMember(discord.owner);
    const owner = discord.as(discord.owner);
    const kept = await anna.command(channel, 'create', { prompt: 'like Daft Punk' }).reply();
    const credits = await owner.command(channel, 'credits').reply();
    const picker = await owner.press(credits, 'Members').reply();
    const [menu] = picker.selects;
    const panel = await owner.select(picker, menu?.customId ?? '', [anna.user.id]).reply();
    owner.press(panel, 'Block');
    await discord.until(() => panel.text.includes('Blocked'));
    const refused = await untilPrivate(world, anna.command(channel, 'create', { prompt: 'a song' }));
    expect(refused.text).toContain('has blocked you');
    expect(refused.buttons).toEqual([]);
    expect((await anna.press(kept, 'Edit').reply()).text).toContain('has blocked you');
    expect((await untilPrivate(world, anna.press(kept, 'Send anyway'))).text).toContain('has blocked you');
    expect(listPosts(world)).toEqual([]);
  });
});

describe('/compose', () => {
  it('takes 5,000 characters of lyrics in two fields, and keeps them through a refusal', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const lyrics = writeLyrics(5_000);
    const form = await anna
      .command(channel, 'compose', { title: 'Long', tags: 'epic', vocals: 'male', weirdness: 0.75 })
      .modal();
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Title', 'Long'],
      ['Tags', 'epic'],
      ['Lyrics', ''],
      ['Lyrics, continued', ''],
    ]);
    const refused = await anna
      .submit(form, {
        Title: 'x'.repeat(80),
        Lyrics: lyrics.slice(0, 4_000),
        'Lyrics, continued': `${lyrics.slice(4_000)}!`,
      })
      .reply();
    expect(refused.text).toContain('at most 5,000 characters; yours have 5,001');
    const again = await anna.press(refused, 'Edit').modal();
    const { value: first } = again.field('Lyrics');
    const { value: rest } = again.field('Lyrics, continued');
    expect(`${first}\n${rest}`).toBe(`${lyrics}!`);
    const cut = String(rest).slice(0, -1);
    const card = await anna.submit(again, { 'Lyrics, continued': cut }).reply();
    expect(card.ephemeral).toBe(false);
    await world.untilClipCards(2);
    expect(listPosts(world)[0]?.body).toMatchObject({
      custom_mode: true,
      prompt: lyrics,
      title: 'x'.repeat(80),
      tags: 'epic',
      vocal_gender: 'm',
      weirdness_constraint: 0.75,
    });
  });

  it('asks for lyrics when there are none, and refuses first what no lyrics would make right', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const early = await anna.command(channel, 'compose', { duration: 'long', tags: 'folk' }).reply();
    expect(early.ephemeral).toBe(true);
    expect(early.text).toContain('"long" is no time for `duration`');
    const form = await anna.press(early, 'Edit').modal();
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Title', ''],
      ['Tags', 'folk'],
      ['Lyrics', ''],
      ['Lyrics, continued', ''],
      ['Duration', 'long'],
    ]);
    const empty = await anna.submit(form, { Duration: '1:30' }).reply();
    expect(empty.text).toBe('The lyrics are empty. Write what is to be sung.\nNothing was spent.');
    const filled = await anna.press(empty, 'Edit').modal();
    await anna.submit(filled, { Lyrics: '[Verse]\nla la la' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.body).toMatchObject({ prompt: '[Verse]\nla la la', duration: 90 });
  });

  it('sings a text file', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const text = '[Verse]\r\nfrom a file\r\n\r\n[Chorus]\r\nsung\r\n';
    const file = { name: 'song.txt', data: Buffer.from(`\uFEFF${text}`) };
    const card = await anna.command(channel, 'compose', { 'lyrics-file': file, title: 'Filed' }).reply();
    expect(card.ephemeral).toBe(false);
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.body).toMatchObject({
      custom_mode: true,
      prompt: '[Verse]\nfrom a file\n\n[Chorus]\nsung',
      title: 'Filed',
    });
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7 and so on'), 'The file is a PDF document'],
    ['UTF-16', Buffer.from('\uFEFFla la', 'utf16le'), 'The file is UTF-16'],
    ['too large', Buffer.alloc(65 * 1024, 'la\n'), 'The file has 65 KiB'],
    ['far too large', Buffer.alloc(300 * 1024, 'la\n'), 'much larger than lyrics can be'],
    ['empty', Buffer.from(' \n'), 'The file is empty'],
  ])('refuses a file that is %s, with everything else that is wrong', async (_what, data, reason) => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const options = { 'lyrics-file': { name: 'song.txt', data }, title: 't'.repeat(81), tags: 'folk' };
    const refused = await anna.command(channel, 'compose', options).reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain(reason);
    expect(refused.text).toContain('at most 80 characters; yours has 81');
    expect(listPosts(world)).toEqual([]);
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Tags').value).toBe('folk');
    await anna.submit(form, { Title: 'Typed', Lyrics: 'la la' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.body).toMatchObject({ prompt: 'la la', title: 'Typed', tags: 'folk' });
  });

  it('finds in a file what it finds in a form, and shows its text for editing', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const data = Buffer.from('[Verse\nnever closed\n\n[Chorus]\nclosed\n');
    const sent = anna.command(channel, 'compose', { 'lyrics-file': { name: 'song.txt', data } });
    const refused = await untilPrivate(world, sent);
    expect(refused.text).toContain('has no closing bracket of its own');
    expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    const form = await anna.press(refused, 'Edit').modal();
    expect(form.field('Lyrics').value).toBe('[Verse\nnever closed\n\n[Chorus]\nclosed');
    await anna.submit(form, { Lyrics: '[Verse]\nnow closed' }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
  });

  it('lets nuro sing', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const lyrics = writeLyrics(400);
    const form = await anna.command(channel, 'compose', { engine: 'nuro', vocals: 'female' }).modal();
    const short = await anna.submit(form, { Lyrics: 'la la' }).reply();
    expect(short.text).toContain('at least 300 characters');
    const again = await anna.press(short, 'Edit').modal();
    await anna.submit(again, { Lyrics: lyrics }).reply();
    await world.discord.until(() => listPosts(world).length === 1);
    expect(listPosts(world)[0]?.path).toContain('/nuro/create');
    expect(JSON.stringify(listPosts(world)[0]?.body)).toContain('line 3 of a song');
  });
});
