import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import type { Engine, OperationId } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { changeBeside } from '../support/change-beside.ts';
import { listPosts, openChannel, untilPrivate } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

interface ClipRow {
  readonly data: string;
  readonly created_at: number;
}

/** Credits of an operation. */
function priceOf(engine: Engine, id: OperationId): number {
  return createCatalogue().get(engine, id).price;
}

const LABELS = ['Send anyway', 'Edit'];

let world: TestWorld;
let channel: Channel;
let songs: readonly Message[];
let clipId = '';
let count = 0;

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
  world.anna.command(world.channel, 'create', { prompt: 'a song that others work on' });
  songs = await world.untilClipCards(2);
  clipId = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
});
beforeEach(() => {
  count += 1;
  channel = openChannel(world, `lint-${count}`);
});
afterAll(() => world.close());

/** Checks that one private message answered at once, and that nothing was sent or shown to anybody else. */
async function expectHeldBack(sent: Sent): Promise<Message> {
  const posts = listPosts(world).length;
  const reply = await sent.reply();
  expect(reply.ephemeral).toBe(true);
  expect(sent.interaction.state).toBe('message');
  expect(sent.followUps).toEqual([]);
  expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  expect(listPosts(world)).toHaveLength(posts);
  return reply;
}

/** Changes what the running bot knows of the clip. */
function changeClip(change: (row: ClipRow) => ClipRow): Promise<void> {
  return changeBeside(world, (file) => {
    const row = file.prepare('select data, created_at from clips where clip_id = ?').get(clipId) as ClipRow;
    const { data, created_at: createdAt } = change(row);
    file.prepare('update clips set data = ?, created_at = ? where clip_id = ?').run(data, createdAt, clipId);
  });
}

function labelsOf({ buttons }: Message): readonly string[] {
  return buttons.map(({ label }) => label ?? '');
}

describe('what is found before anything is paid', () => {
  it('is all told at once: what is refused first, and what may well be meant after it', async () => {
    const reply = await expectHeldBack(
      world.anna.command(channel, 'create', {
        prompt: 'a ballad in the style of Taylor Swift',
        title: 't'.repeat(81),
        duration: 'long',
      }),
    );
    expect(reply.text.split('\n')).toEqual([
      '- "long" is no time for `duration`. Write it as 1:30, 90 or 90s.',
      '- For a title, MusicAPI takes at most 80 characters; yours has 81. Shorten it.',
      'Worth a look, too:',
      expect.stringMatching(/^- “Taylor Swift” looks like an artist's or a producer's name/),
      'Nothing was spent.',
    ]);
    expect(labelsOf(reply)).toEqual(['Edit']);
  });

  it('is found in lyrics, with the lines', async () => {
    const lyrics = '[Verse\nrain on the roof\n[Chorsu]\nrain again\n[Bridge]';
    const reply = await expectHeldBack(world.anna.command(channel, 'cover', { clip: clipId, lyrics }));
    expect(reply.text).toContain('Line 1: “\\[Verse” has no closing bracket of its own.');
    expect(reply.text).toContain('Did you mean \\[Chorus\\]?');
    expect(reply.text).toContain('Line 5: “\\[Bridge\\]” has no lines.');
    expect(labelsOf(reply)).toEqual(['Edit']);
  });

  it('includes what only a look at the clip shows, without a public promise', async () => {
    const reply = await expectHeldBack(
      world.anna.command(channel, 'extend', {
        clip: clipId,
        at: '59:00',
        length: '0:30',
        tags: 'like Daft Punk',
      }),
    );
    expect(reply.text).toContain('59:00 is past the end');
    expect(reply.text).toContain('takes no `length` with the engine sonic');
    expect(reply.text).toContain('“Daft Punk” looks like');
  });

  it('needs no more than an embed when it is long', async () => {
    const lyrics = Array.from({ length: 40 }, (_, index) => `[Wobble${index}]\nla la ${index}`).join('\n');
    const tags = 'x'.repeat(1_001);
    const reply = await expectHeldBack(world.anna.command(channel, 'cover', { clip: clipId, lyrics, tags }));
    expect(reply.text).toContain('at most 1,000 characters; yours have 1,001');
    expect(reply.text).toContain('Line 1: “\\[Wobble0\\]”');
    expect(reply.text).toContain('more unknown tags');
    expect(reply.text).toContain('Nothing was spent.');
  });

  it('comes after a form as after a command', async () => {
    const [song] = songs as [Message];
    const modal = await world.anna.press(song, 'Extend').modal();
    const posts = listPosts(world).length;
    const reply = await world.anna.submit(modal, { Lyrics: '[Verse\nla', Title: 'Daft Punk nights' }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('has no closing bracket of its own');
    expect(reply.text).toContain('“Daft Punk” looks like');
    expect(listPosts(world)).toHaveLength(posts);
  });

  it('tells which operations the clip does not allow', async () => {
    const concat = world.anna.command(channel, 'concat', { clip: clipId });
    const reply = await untilPrivate(world, concat);
    expect(reply.text).toBe(
      'Whole song joins an extension to what it goes on from, and this clip is no extension. Use Extend first.\nNothing was spent.',
    );
    expect(reply.buttons).toEqual([]);
    expect(concat.interaction.original?.deleted).toBe(true);
    const vocals = world.anna.command(channel, 'add vocals', { clip: clipId, lyrics: 'la' });
    expect((await untilPrivate(world, vocals)).text).toContain('on uploaded audio only: use /upload first');
    expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  });

  it('says nothing of texts that are the clip’s own', async () => {
    const clip = world.musicApi.tasks[0]?.clips[0];
    const lyrics = '[Wobble]\nla\n[Chorus]';
    await changeClip(({ data, ...row }) => ({
      ...row,
      data: JSON.stringify({ ...JSON.parse(data), lyrics, tags: 'like Daft Punk' }),
    }));
    const song = songs.find(({ buttons }) => JSON.stringify(buttons).includes(clip?.clipId ?? '?'));
    const modal = await world.anna.press(song as Message, 'Cover').modal();
    expect(modal.field('Lyrics').value).toBe(lyrics);
    await world.anna.submit(modal, { Title: 'own texts' }).reply();
    await world.discord.until(() => listPosts(world, 'own texts').length === 1);
    expect(listPosts(world, 'own texts')[0]?.body).toMatchObject({ prompt: lyrics, tags: 'like Daft Punk' });
  });
});

describe('a song of another engine that is named by its id', () => {
  it('has the price and the form of its own engine', async () => {
    await world.anna.command(channel, 'create', { prompt: 'a wide sound', engine: 'producer' }).reply();
    await world.untilClipCards(1, channel);
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const options = { clip, prompt: 'in the style of Daft Punk', at: '0:01', length: '0:20' };
    const reply = await world.anna.command(channel, 'extend', options).reply();
    expect(labelsOf(reply)).toEqual(LABELS);
    expect(reply.text).toContain(`"Send anyway" costs ${priceOf('producer', 'extend')} credits.`);
    const form = await world.anna.press(reply, 'Edit').modal();
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['From', '0:01'],
      ['Instruction', 'in the style of Daft Punk'],
      ['Lyrics', ''],
      ['Length', '0:20'],
    ]);
    const posts = listPosts(world).length;
    await world.anna.submit(form, { Instruction: 'wider still' }).reply();
    await world.discord.until(() => listPosts(world).length === posts + 1);
    expect(listPosts(world).at(-1)?.path).toContain('/producer/');
  });
});

describe('warnings alone', () => {
  const risky = (prompt: string) =>
    world.ben.command(channel, 'create', { prompt: `${prompt}, in the style of Billie Eilish` });

  it('leave the choice, with the price', async () => {
    const reply = await expectHeldBack(risky('a song of choice'));
    expect(reply.text).toContain('“Billie Eilish” looks like');
    expect(reply.text).toMatch(/Nothing was spent\. It can go as it is: "Send anyway" costs 20 credits\.$/);
    expect(labelsOf(reply)).toEqual(LABELS);
    expect(reply.buttons[0]?.style).toBe(1);
  });

  it('are passed over by Send anyway, once', async () => {
    const reply = await expectHeldBack(risky('a song of haste'));
    const [first, second] = [world.ben.press(reply, 'Send anyway'), world.ben.press(reply, 'Send anyway')];
    const said = await Promise.all([first.reply(), second.reply()]);
    expect(said.map(({ ephemeral }) => ephemeral).sort()).toEqual([false, true]);
    const again = said.find(({ ephemeral }) => ephemeral);
    expect(again?.text).toContain('This was already asked for, so nothing more was spent');
    await world.untilClipCards(2, channel);
    expect(listPosts(world, 'a song of haste')).toHaveLength(1);
    expect(listPosts(world, 'a song of haste')[0]?.body).toMatchObject({
      gpt_description_prompt: 'a song of haste, in the style of Billie Eilish',
    });
    await world.discord.until(() => reply.buttons.length === 0);
  });

  it('do not let pass what has become impossible meanwhile', async () => {
    const reply = await expectHeldBack(
      world.anna.command(channel, 'persona create', {
        clip: clipId,
        name: 'Nora',
        describe: 'sounds like Adele',
      }),
    );
    expect(labelsOf(reply)).toEqual(LABELS);
    const dayMs = 24 * 60 * 60_000;
    await changeClip((row) => ({ ...row, created_at: row.created_at - dayMs }));
    const posts = listPosts(world).length;
    const sent = world.anna.press(reply, 'Send anyway');
    const refused = await untilPrivate(world, sent);
    expect(refused.text).toContain('works only on clips of the last 24 hours');
    expect(labelsOf(refused)).toEqual(['Edit']);
    expect(listPosts(world)).toHaveLength(posts);
  });

  it('count for all songs of a batch', async () => {
    const options = { prompt: 'a batch of songs like Daft Punk', count: 3 };
    const reply = await expectHeldBack(world.ben.command(channel, 'batch', options));
    expect(reply.text).toContain('"Send anyway" costs 60 credits.');
    expect((await world.ben.press(reply, 'Send anyway').reply()).ephemeral).toBe(false);
    await world.discord.until(() => listPosts(world, 'a batch of songs').length === 3);
  });

  it('stay private for what is private', async () => {
    const reply = await expectHeldBack(world.anna.command(channel, 'lyrics', { about: 'sounds like Adele' }));
    expect(labelsOf(reply)).toEqual(LABELS);
    const answer = await world.anna.press(reply, 'Send anyway').reply();
    expect(answer.ephemeral).toBe(true);
    await world.discord.until(() => listPosts(world, 'sounds like Adele').length === 1);
    expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  });

  it('recorded and reserved nothing', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const rows = await store.db.selectFrom('tasks').select('request').execute();
    await store.close();
    const texts = rows.map(({ request }) => request).join('\n');
    expect(texts).toContain('a song of haste');
    expect(texts).not.toContain('a song of choice');
    expect(texts).not.toContain('Chorsu');
  });
});
