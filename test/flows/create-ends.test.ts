import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../sandbox/musicapi/faults.ts';
import {
  expectReference,
  listPosts,
  listPrivate,
  openChannel,
  readAccount,
  untilPrivate,
  untilSays,
} from '../support/evidence.ts';
import { startWorld, type TestWorld } from '../support/world.ts';

const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;
const HOUR_MS = 60 * 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' } });
});
afterAll(async () => {
  await world.close();
});

/** Anna asks for a song in a channel of its own while creates run into a fault. */
async function ask(prompt: string, fault?: Omit<FaultInput, 'method' | 'path'>) {
  if (fault) world.musicApi.fault({ ...CREATE, ...fault });
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const sent = world.anna.command(channel, 'create', { prompt });
  return { channel, sent, card: await sent.reply() };
}

describe('a create that MusicAPI refuses', () => {
  const refusals = [
    {
      name: 'for a wrong key',
      status: 401,
      error: 'Unauthorized. Invalid API key.',
      tells: 'refused the key of this bot',
    },
    {
      name: 'for want of credits',
      status: 403,
      error: 'Insufficient credits. Please top up your account.',
      tells: 'balance is used up',
    },
    {
      name: 'by moderation',
      status: 403,
      error: 'Your request contains copyrighted or inappropriate content.',
      tells: 'moderation refused the text',
    },
  ];
  for (const { name, status, error, tells } of refusals) {
    it(`${name} is not made: the card says only that, the requester hears why`, async () => {
      const prompt = `refused ${name}`;
      const { card, channel, sent } = await ask(prompt, { answer: { status, body: { error } } });
      await untilSays(world, card, 'Not made. Nothing was spent.');
      const word = await untilPrivate(world, sent);
      expect(word.text).toContain(tells);
      expect(word.text).toContain('Nothing was spent.');
      const reference = expectReference(world, word);
      const line = world.log.find((one) => one.reference === reference && one.to === 'failed');
      expect(line?.level).toBe(status === 401 || error.includes('credits') ? 50 : 30);
      expect(card.text).not.toContain(tells);
      expect(card.text).not.toContain(error);
      expect(card.ephemeral).toBe(false);
      expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
      expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
      expect(listPosts(world, prompt)).toHaveLength(1);
      expect(await spentByAnna()).toBe(0);
    });
  }

  it('names what moderation found, to the requester alone', async () => {
    const warned = await ask('a ballad like Taylor Swift');
    expect(warned.card.ephemeral).toBe(true);
    const sent = world.anna.press(warned.card, 'Send anyway');
    const card = await sent.reply();
    await untilSays(world, card, 'Not made. Nothing was spent.');
    expect((await untilPrivate(world, sent)).text).toMatch(/taylor swift/i);
    expect(card.text).not.toMatch(/moderation/i);
    expect(await spentByAnna()).toBe(0);
  });
});

describe('a create that certainly was not taken', () => {
  it('for want of a connection is sent again once MusicAPI is back: one task', async () => {
    const port = Number(new URL(world.musicApi.url).port);
    await world.musicApi.close();
    const prompt = 'nobody at home';
    const { card, channel } = await ask(prompt);
    await untilSays(world, card, 'MusicAPI cannot be reached at the moment');
    expect(card.text).toContain('Nothing was spent.');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Cancel']);
    await world.startMusicApi({ port });
    world.advance(10_000);
    await world.untilClipCards(2, channel);
    expect(listPosts(world, prompt)).toHaveLength(1);
    expect(tasksAtMusicApi(prompt)).toBe(1);
  });

  it('after 429 is sent again when Retry-After is over: one task', async () => {
    const prompt = 'asked to wait';
    const { card, channel } = await ask(prompt, {
      answer: { status: 429, headers: { 'retry-after': '120' }, body: { error: 'Too many requests.' } },
    });
    await untilSays(world, card, 'MusicAPI asked for a pause');
    const { editedCount } = card;
    world.advance(100_000);
    await world.discord.until(() => card.editedCount > editedCount);
    expect(listPosts(world, prompt)).toHaveLength(1);
    world.advance(20_000);
    await world.untilClipCards(2, channel);
    const [first, second, ...more] = listPosts(world, prompt);
    expect(more).toEqual([]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect(world.musicApi.tasks.filter(({ body }) => JSON.stringify(body).includes(prompt))).toHaveLength(1);
  });
});

describe('a create of which nobody knows whether it was taken', () => {
  const ends: { name: string; answer: FaultInput['answer']; taken: number }[] = [
    { name: 'after a 500', answer: { status: 500, body: { error: 'Internal Server Error.' } }, taken: 0 },
    { name: 'after a 503', answer: { status: 503, body: { error: 'Service Unavailable' } }, taken: 0 },
    { name: 'after a lost answer', answer: 'lose-answer', taken: 1 },
    { name: 'after a reset', answer: 'reset', taken: 0 },
    { name: 'after an empty 200', answer: 'empty', taken: 0 },
    {
      name: 'after a web page with 200',
      answer: { status: 200, body: '<html></html>', contentType: 'text/html' },
      taken: 0,
    },
    { name: 'after a web page with 502', answer: 'html', taken: 0 },
  ];
  for (const { name, answer, taken } of ends) {
    it(`${name} is never sent again by itself; its credits are held for a day`, async () => {
      const prompt = `doubtful ${name}`;
      const before = await spentByAnna();
      const { card, sent } = await ask(prompt, { answer });
      await untilSays(world, card, 'it is not known whether MusicAPI took it');
      expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
      expect(card.text).toContain('Try again: a new task for');
      expect(listPrivate(sent)).toEqual([]);
      const edits = card.editedCount;
      world.advance(HOUR_MS);
      expect(await spentByAnna()).toBe(before + 20);
      expect(card.editedCount).toBe(edits);
      expect(listPosts(world, prompt)).toHaveLength(1);
      expect(tasksAtMusicApi(prompt)).toBe(taken);
    });
  }

  it('is made once more by Try again, as a task of its own', async () => {
    const prompt = 'once more';
    const { card, channel } = await ask(prompt, { answer: 'lose-answer' });
    await untilSays(world, card, 'it is not known');
    world.anna.press(card, 'Try again');
    await world.untilClipCards(2, channel);
    expect(listPosts(world, prompt)).toHaveLength(2);
    await world.discord.until(() => card.buttons.length === 0);
  });

  it('counts as spent after 24 hours, with a flag, also when the bot was away at that moment', async () => {
    const prompt = 'a day later';
    const { card } = await ask(prompt, {
      answer: { status: 500, body: { error: 'Internal Server Error.' } },
    });
    await untilSays(world, card, 'it is not known');
    await world.stopBot();
    expect(await readAccount(world, prompt)).toMatchObject({
      task: { state: 'unknown', settled: false },
      sums: { reserved: 20, charged: 0 },
      flagged: false,
    });
    world.advance(24 * HOUR_MS);
    await world.startBot();
    await untilSays(world, card, 'After 24 hours the 20 credits count as spent.');
    await world.stopBot();
    expect(await readAccount(world, prompt)).toMatchObject({
      task: { state: 'unknown', settled: true },
      sums: { reserved: 0, charged: 20 },
      flagged: true,
    });
    expect(listPosts(world, prompt)).toHaveLength(1);
    await world.startBot();
  });
});

function tasksAtMusicApi(prompt: string): number {
  return world.musicApi.tasks.filter(({ body }) => JSON.stringify(body).includes(prompt)).length;
}

/** Credits held or spent in the last 24 hours, as /credits tells Anna. */
async function spentByAnna(): Promise<number> {
  const reply = await world.anna.command(world.channel, 'credits').reply();
  return Number(/You: ([\d,]+)/.exec(reply.text)?.[1]?.replace(',', ''));
}
