import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { MIB, paddedMp3 } from '../support/audio.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
let clip: string;
beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    graceMs: 100,
  });
  world.anna.command(world.channel, 'create', { prompt: 'a song about trees', title: 'Trees' });
  await world.untilClipCards(2);
  clip = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => world.close());

const ask = (channel: Channel, format: string) =>
  world.anna.command(channel, 'export', { clip, format }).reply();

async function untilAttached(card: Message): Promise<Message['attachments'][number]> {
  return await world.discord.until(() => card.attachments[0], {
    what: `a file instead of "${card.text}"`,
  });
}

const countFiles = () => world.musicApi.requests.filter(({ path }) => path.startsWith('/files/')).length;

describe('/export', () => {
  it.each([
    ['wav', 'wav', 'RIFF'],
    ['mp3', 'mp3', undefined],
    ['m4a', 'm4a', undefined],
    ['midi', 'mid', 'MThd'],
  ])('attaches a song as %s to the answer, named by its title', async (format, extension, magic) => {
    const channel = openChannel(world, `as-${format}`);
    const card = await ask(channel, format);
    const file = await untilAttached(card);
    expect(file.name).toBe(`Trees.${extension}`);
    expect(card.text).toContain('Made, and attached.');
    if (magic) expect((await card.file()).toString('latin1', 0, 4)).toBe(magic);
    expect(world.discord.messages(channel)).toHaveLength(1);
  });

  it('attaches the words with their times as .lrc', async () => {
    const card = await ask(openChannel(world, 'as-lrc'), 'lrc');
    const file = await untilAttached(card);
    expect(file.name).toBe('Trees.lrc');
    const text = (await card.file()).toString('utf8');
    expect(text).toMatch(/^\[ti:Trees\]\n/);
    expect(text).toMatch(/^\[\d\d:\d\d\.\d\d\]\S/m);
  });
});

describe('a file that does not fit', () => {
  const serve = (bytes: number) =>
    world.musicApi.fault({
      path: /^\/files\//,
      times: 'all',
      answer: { status: 200, body: paddedMp3(bytes), contentType: 'audio/mpeg' },
    });

  it('comes as a link with the reason where nothing makes it small enough', async () => {
    serve(11 * MIB);
    const card = await ask(openChannel(world, 'too-large'), 'wav');
    await untilSays(world, card, 'too large to attach here');
    expect(card.text).toMatch(/Download \[Trees\]\(http/);
    expect(card.attachments).toEqual([]);
    expect(card.buttons.map(({ label }) => label)).toEqual(['Again']);
  });

  /** Has Discord refuse the edit that brings a file, so many times, although the file is small enough by its figures. */
  async function askRefused(name: string, times: number): Promise<Message> {
    const download = world.musicApi.fault({ path: /^\/files\//, delayMs: 200 });
    const sent = world.anna.command(openChannel(world, name), 'export', { clip, format: 'wav' });
    // While a file is fetched, nothing of the card is edited.
    await expect.poll(() => download.used, { interval: 5 }).toBe(1);
    world.discord.fault({
      method: 'PATCH',
      route: new RegExp(`/${sent.interaction.token}/messages/`),
      times,
      answer: { status: 413, code: 40_005, message: 'Request entity too large' },
    });
    return await sent.reply();
  }

  it('because Discord refuses it all the same comes smaller, with the reason', async () => {
    const card = await askRefused('refused', 1);
    // Where there is an ffmpeg it is a FLAC.
    expect((await untilAttached(card)).name).toMatch(/^Trees\.(mp3|flac)$/);
    expect(card.text).toMatch(/Discord refused the original \(.+\) as too large, so this is an? (MP3|FLAC)/);
  });

  it('comes as a link where Discord refuses the smaller one, too', async () => {
    const card = await askRefused('refused-twice', 2);
    await untilSays(world, card, 'too large to attach here');
    expect(card.text).toMatch(/Download \[Trees\]\(http/);
    expect(card.attachments).toEqual([]);
  });
});

describe('an address that died', () => {
  it('is told with the reason, and Again with its price makes it anew', async () => {
    world.musicApi.fault({ path: /^\/files\//, times: 1, answer: { status: 404, body: 'gone' } });
    const channel = openChannel(world, 'dead');
    const card = await ask(channel, 'wav');
    await untilSays(world, card, 'MusicAPI does not give it out.');
    expect(card.text).toContain('**Again** asks MusicAPI for it once more, for 2 credits.');
    const posts = () => listPosts(world).filter(({ path }) => path.endsWith('/sonic/wav')).length;
    const before = posts();
    const again = await world.anna.press(card, 'Again').reply();
    await untilAttached(again);
    expect(posts()).toBe(before + 1);
  });
});

describe('a host that gives nothing out for a while', () => {
  it('is asked again until the file comes, without paying once more', async () => {
    world.musicApi.fault({ path: /^\/files\//, times: 1, answer: { status: 503, body: 'busy' } });
    const posts = () => listPosts(world).filter(({ path }) => path.endsWith('/sonic/wav')).length;
    const before = posts();
    const card = await ask(openChannel(world, 'busy-host'), 'wav');
    await untilSays(world, card, 'I keep trying');
    world.advance(10_000);
    await untilAttached(card);
    expect(posts()).toBe(before + 1);
  });
});

describe('a restart between result and edit', () => {
  it('loses nothing and pays nothing twice', async () => {
    world.musicApi.fault({ path: /^\/files\//, times: 1, answer: 'hang' });
    const channel = openChannel(world, 'restart');
    const posts = () => listPosts(world).filter(({ path }) => path.endsWith('/sonic/wav')).length;
    const before = posts();
    const fetched = countFiles();
    const sent = world.anna.command(channel, 'export', { clip, format: 'wav' });
    await expect.poll(countFiles).toBeGreaterThan(fetched);
    await world.stopBot();
    await world.startBot();
    const card = await sent.reply();
    await untilAttached(card);
    expect(posts()).toBe(before + 1);
    expect(card.attachments).toHaveLength(1);
  });
});

describe('a card with a file', () => {
  it('is neither fetched nor sent again when it is looked at again', async () => {
    const card = await ask(openChannel(world, 'looked-at'), 'wav');
    const file = await untilAttached(card);
    await world.stopBot();
    const store = await world.openStore();
    await store.db
      .updateTable('tasks')
      .set({ card_due_at: 0 })
      .where('card_message_id', '=', card.id)
      .execute();
    await store.close();
    const before = { edits: card.editedCount, fetched: countFiles() };
    await world.startBot();
    // Cards are looked at in the order in which they are due, so this one's turn was before.
    const other = await ask(openChannel(world, 'after-it'), 'lrc');
    await untilAttached(other);
    await world.stopBot();
    const after = await world.openStore();
    const row = await after.db
      .selectFrom('tasks')
      .select('card_due_at')
      .where('card_message_id', '=', card.id)
      .executeTakeFirst();
    await after.close();
    expect(row?.card_due_at).toBeNull();
    expect({ edits: card.editedCount, fetched: countFiles() }).toEqual(before);
    expect(card.attachments.map(({ id }) => id)).toEqual([file.id]);
    await world.startBot();
  });
});
