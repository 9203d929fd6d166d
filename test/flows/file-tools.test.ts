import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { LoggedRequest } from '../../sandbox/musicapi/request-log.ts';
import { listPosts, openChannel, readAccounts, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
let channel: Channel;
let count = 0;
/** Clips of each engine, and one in which nobody sings. */
let sonic: string;
let voiceless: string;
let producer: string;
let nuro: string;
let songCard: Message;
let producerCard: Message;

beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
  });
  const { anna, channel: songs } = world;
  anna.command(songs, 'create', { prompt: 'a song about trees', title: 'Trees' });
  anna.command(songs, 'create', { prompt: 'quiet stones', instrumental: true });
  anna.command(songs, 'create', { prompt: 'a song about rails', title: 'Rails', engine: 'producer' });
  anna.command(songs, 'create', { prompt: 'a calm afternoon', engine: 'nuro' });
  const cards = await world.untilClipCards(6);
  const clipOf = (words: string) => {
    const task = world.musicApi.tasks.find(({ body }) => JSON.stringify(body).includes(words));
    return task?.clips[0]?.clipId ?? '';
  };
  sonic = clipOf('a song about trees');
  voiceless = clipOf('quiet stones');
  producer = clipOf('a song about rails');
  // MusicAPI gives nuro's songs no ids, so a link names it.
  const cardOf = (words: string) => cards.find(({ text }) => text.includes(words)) as Message; // all are there
  nuro = cardOf('Engine: nuro').link;
  songCard = cardOf('**Trees**, take 1');
  producerCard = cardOf('Engine: producer');
});
beforeEach(() => {
  count += 1;
  channel = openChannel(world, `files-${count}`);
});
afterEach(() => world.musicApi.clearFaults());
afterAll(() => world.close());

function exportAs(clip: string, format: string) {
  return world.anna.command(channel, 'export', { clip, format });
}

async function untilAttached(card: Message): Promise<string> {
  const file = await world.discord.until(() => card.attachments[0], {
    what: `a file instead of "${card.text}"`,
  });
  return file.name;
}

/** The POSTs since a moment, as path and body. */
function postsSince(start: number) {
  return listPosts(world).slice(start).map(toCall);
}

function toCall({ path, body }: LoggedRequest) {
  return [path.replace('/api/v1', ''), body];
}

function balance(): number {
  const { credits, extraCredits } = world.musicApi.credits();
  return credits + extraCredits;
}

/** What the ledger says of the newest tasks, oldest first. The bot runs again afterwards. */
async function settleNewest(wanted: number) {
  await world.stopBot();
  const store = await world.openStore();
  const accounts = await readAccounts(store);
  await store.close();
  await world.startBot();
  return accounts.slice(-wanted).map(({ task, sums }) => [task.request.operation, task.state, sums.charged]);
}

/** The private refusal, and the proof that nobody else saw anything and that nothing was sent. */
async function refusalOf(clip: string, format: string): Promise<string> {
  const start = listPosts(world).length;
  const refusal = await exportAs(clip, format).reply();
  expect(refusal.ephemeral).toBe(true);
  expect(refusal.text).toContain('Nothing was spent.');
  expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  expect(postsSince(start)).toEqual([]);
  return refusal.text;
}

describe('/export of a sonic song', () => {
  it.each([
    { format: 'wav', path: '/sonic/wav', name: 'Trees.wav', price: 2 },
    { format: 'midi', path: '/sonic/midi', name: 'Trees.mid', price: 1 },
    { format: 'lrc', path: '/sonic/aligned-lyrics', name: 'Trees.lrc', price: 1 },
  ])('asks for $format with the clip alone, and attaches it', async ({ format, path, name, price }) => {
    const start = listPosts(world).length;
    const before = balance();
    const card = await exportAs(sonic, format).reply();
    expect(card.ephemeral).toBe(false);
    expect(await untilAttached(card)).toBe(name);
    expect(postsSince(start)).toEqual([[path, { clip_id: sonic }]]);
    expect(before - balance()).toBe(price);
  });

  it.each(['mp3', 'm4a'])('asks for %s again while it is being prepared, and pays once', async (format) => {
    const start = listPosts(world).length;
    const before = balance();
    const card = await exportAs(sonic, format).reply();
    await untilSays(world, card, 'MusicAPI is preparing the file');
    world.advance(3_000);
    // A second time for every other clip.
    const isMore = () => postsSince(start).length > 1 && card.text.includes('preparing');
    await world.discord.until(() => card.attachments.length > 0 || isMore(), { what: 'a second answer' });
    world.advance(3_000);
    expect(await untilAttached(card)).toBe(`Trees.${format}`);
    const calls = postsSince(start);
    expect(calls.length).toBeGreaterThanOrEqual(2);
    expect(new Set(calls.map((call) => JSON.stringify(call)))).toEqual(
      new Set([JSON.stringify(['/sonic/download', { clip_id: sonic, formats: [format] }])]),
    );
    expect(before - balance()).toBe(2);
    expect(await settleNewest(1)).toEqual([['download', 'succeeded', 2]]);
  });

  it('is not known when its answer is lost, and is never sent again', async () => {
    const start = listPosts(world).length;
    world.musicApi.fault({ path: /\/sonic\/wav$/, answer: 'lose-answer' });
    const card = await exportAs(sonic, 'wav').reply();
    await untilSays(world, card, 'it is not known whether MusicAPI took it');
    world.advance(60_000);
    expect(await settleNewest(1)).toEqual([['wav', 'unknown', 0]]);
    expect(postsSince(start)).toEqual([['/sonic/wav', { clip_id: sonic }]]);
  });

  it('gives the credits back when MusicAPI does not know the clip', async () => {
    const clip = '5f0c3a52-0f0f-4c8d-9c1e-2b8a3d0e7c11';
    const card = await exportAs(clip, 'wav').reply();
    await untilSays(world, card, 'Not made. Nothing was spent.');
    expect(await settleNewest(1)).toEqual([['wav', 'failed', 0]]);
  });

  it('says that a song without words has no timeline', async () => {
    const sent = exportAs(voiceless, 'lrc');
    await untilSays(world, await sent.reply(), 'Not made. Nothing was spent.');
    expect((await untilPrivate(world, sent)).text).toContain('MusicAPI has no words of this song');
    expect(await settleNewest(1)).toEqual([['timeline', 'failed', 0]]);
  });
});

describe('/export of a producer song', () => {
  it.each(['mp3', 'wav'])('downloads it as %s', async (format) => {
    const start = listPosts(world).length;
    const card = await exportAs(producer, format).reply();
    expect(await untilAttached(card)).toBe(`Rails.${format}`);
    expect(postsSince(start)).toEqual([['/producer/download', { clip_id: producer, format }]]);
  });

  it('refuses the others with the reason', async () => {
    expect(await refusalOf(producer, 'm4a')).toContain(
      'The engine producer makes mp3 and wav files, no m4a.',
    );
    for (const format of ['midi', 'lrc']) {
      expect(await refusalOf(producer, format)).toContain(
        'This clip was made by producer, so sonic cannot work on it.',
      );
    }
  });
});

describe('/export of a nuro song', () => {
  it.each(['wav', 'mp3', 'm4a', 'midi', 'lrc'])('refuses %s with the reason', async (format) => {
    expect(await refusalOf(nuro, format)).toContain('This clip was made by nuro, so');
  });
});

describe('/inspect', () => {
  const inspect = (clip: string) => world.anna.command(channel, 'inspect', { clip });

  it('asks three things at once and shows them as one card', async () => {
    const exported = await exportAs(sonic, 'lrc').reply();
    await untilAttached(exported);
    const start = listPosts(world).length;
    const before = balance();
    const card = await inspect(sonic).reply();
    await untilSays(world, card, 'Tempo: ');
    await untilSays(world, card, 'Voice range: from 0:');
    await world.discord.until(() => /`0:0\d` \S/.test(card.text), {
      what: `words instead of "${card.text}"`,
    });
    expect(card.ephemeral).toBe(false);
    expect(card.text).toMatch(/Tempo: \d+(\.\d)? BPM/);
    // MusicAPI takes nothing for the words of a song that it timed before.
    expect(card.text).toContain('Price: 2 credits');
    expect(before - balance()).toBe(2);
    expect(card.buttons).toEqual([]);
    expect(postsSince(start).toSorted()).toEqual([
      ['/sonic/aligned-lyrics', { clip_id: sonic }],
      ['/sonic/bpm', { clip_id: sonic }],
      ['/sonic/vox', { clip_id: sonic }],
    ]);
    expect(world.discord.messages(channel)).toHaveLength(2);
    expect(await settleNewest(3)).toEqual([
      ['bpm', 'succeeded', 1],
      ['vox', 'succeeded', 1],
      ['timeline', 'succeeded', 0],
    ]);
  });

  it('goes on without words where a song has none, and gives their credit back', async () => {
    const card = await inspect(voiceless).reply();
    await untilSays(world, card, 'MusicAPI has no words of this song. Nothing was spent.');
    await untilSays(world, card, ' BPM');
    const ledger = await settleNewest(3);
    expect(ledger[0]).toEqual(['bpm', 'succeeded', 1]);
    expect(ledger[2]).toEqual(['timeline', 'failed', 0]);
  });

  it('refuses songs of other engines with the reason', async () => {
    const start = listPosts(world).length;
    for (const [engine, clip] of [
      ['producer', producer],
      ['nuro', nuro],
    ] as const) {
      const refusal = await inspect(clip).reply();
      expect(refusal.ephemeral).toBe(true);
      expect(refusal.text).toContain(`This clip was made by ${engine}, so sonic cannot work on it.`);
    }
    expect(postsSince(start)).toEqual([]);
  });
});

describe('More', () => {
  it.each([
    { label: 'WAV', path: '/sonic/wav', words: 'Made, and attached.' },
    { label: 'Tempo', path: '/sonic/bpm', words: ' BPM' },
    { label: 'Voice range', path: '/sonic/vox', words: 'Sung from 0:' },
    { label: 'Timeline', path: '/sonic/aligned-lyrics', words: '`0:0' },
    { label: 'MIDI', path: '/sonic/midi', words: 'Made, and attached.' },
  ])('leads to $label, which is asked for at once', async ({ label, path, words }) => {
    const start = listPosts(world).length;
    const menu = await world.anna.press(songCard, 'More').reply();
    const card = await world.anna.press(menu, label).reply();
    await untilSays(world, card, words);
    expect(postsSince(start)).toEqual([[path, { clip_id: sonic }]]);
  });

  it('of a producer song leads to its files in the formats that there are', async () => {
    const start = listPosts(world).length;
    const menu = await world.anna.press(producerCard, 'More').reply();
    expect(menu.buttons.map(({ label }) => label)).not.toContain('M4A');
    const card = await world.anna.press(menu, 'WAV').reply();
    await untilSays(world, card, 'Made, and attached.');
    expect(postsSince(start)).toEqual([['/producer/download', { clip_id: producer, format: 'wav' }]]);
  });
});

describe('a song that is older than a day', () => {
  beforeAll(() => world.advance(25 * 60 * 60_000));

  it('is inspected without its voice, and the card says why', async () => {
    const start = listPosts(world).length;
    const card = await world.anna.command(channel, 'inspect', { clip: sonic }).reply();
    await untilSays(world, card, ' BPM');
    expect(card.text).toContain(
      'Voice range: Not looked for: MusicAPI does that only with clips of the last',
    );
    expect(card.text).toContain('Price: 1 credit');
    expect(postsSince(start).map(([path]) => path)).not.toContain('/sonic/vox');
  });

  it('has no MIDI any more, and nothing is spent to find out', async () => {
    expect(await refusalOf(sonic, 'midi')).toContain('MIDI works only on clips of the last 24 hours');
  });
});
