import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { listPosts, openChannel, readAccount, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
let channel: Channel;
let count = 0;

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
});
beforeEach(() => {
  count += 1;
  channel = openChannel(world, `text-${count}`);
});
afterEach(() => world.musicApi.clearFaults());
afterAll(() => world.close());

/** Bodies of the POSTs that reached an endpoint with this text in them. */
function bodiesOf(path: string, text: string): readonly unknown[] {
  return world.musicApi.requests
    .filter((request) => request.path === `/api/v1${path}` && JSON.stringify(request.body).includes(text))
    .map(({ body }) => body);
}

/** What the ledger says of the task with this text; the bot runs again afterwards. */
async function settleAccount(text: string) {
  await world.stopBot();
  const { task, sums } = await readAccount(world, text);
  await world.startBot();
  return { state: task.state, ...sums };
}

function balance(): number {
  const { credits, extraCredits } = world.musicApi.credits();
  return credits + extraCredits;
}

/** The private answer, once it says something. */
async function answerOf(sent: Sent, words: string): Promise<Message> {
  const card = await sent.reply();
  expect(card.ephemeral).toBe(true);
  await untilSays(world, card, words);
  return card;
}

/** Nobody else saw anything, in this channel or in any message of the person. */
function expectNothingPublic(sent: Sent): void {
  expect(world.ben.sees(channel)).toEqual([]);
  expect(sent.followUps.filter(({ ephemeral }) => !ephemeral)).toEqual([]);
}

const TOOLS = [
  {
    command: 'lyrics',
    option: 'about',
    path: '/sonic/lyrics',
    price: 2,
    bodyOf: (text: string) => ({ description: text }),
    words: '**Again** writes new drafts for 2 credits.',
    limit: 200,
  },
  {
    command: 'tags',
    option: 'tags',
    path: '/sonic/upsample-tags',
    price: 1,
    bodyOf: (text: string) => ({ tags: text }),
    words: '**Again** costs 1 credit.',
    limit: 1_000,
  },
] as const;

describe.each(TOOLS)('/$command', ({ command, option, path, price, bodyOf, words, limit }) => {
  const ask = (text: string) => world.anna.command(channel, command, { [option]: text });

  it('sends exactly what was typed, is charged, and is seen by nobody else', async () => {
    const text = `slow ${command} of the harbour`;
    const before = balance();
    const sent = ask(` ${text} `);
    await answerOf(sent, words);
    expect(bodiesOf(path, text)).toEqual([bodyOf(text)]);
    expectNothingPublic(sent);
    expect(before - balance()).toBe(price);
    expect(await settleAccount(text)).toEqual({ state: 'succeeded', charged: price, reserved: 0 });
  });

  it('refuses what is too long or empty at once, and sends nothing', async () => {
    const posts = listPosts(world).length;
    const long = ask('x'.repeat(limit + 1));
    const refusal = await long.reply();
    expect(long.interaction.state).toBe('message');
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toContain(`at most ${limit.toLocaleString('en-US')} characters`);
    expect(refusal.text).toContain('Nothing was spent.');
    const empty = await ask('  ').reply();
    expect(empty.text).toContain(`Give \`${option}\``);
    expect(listPosts(world)).toHaveLength(posts);
    expectNothingPublic(long);
  });

  it('is not known when its answer is lost, is never sent again, and its credits are held', async () => {
    const text = `lost ${command} of the sea`;
    world.musicApi.fault({ path: new RegExp(`${path}$`), answer: 'lose-answer' });
    const sent = ask(text);
    const card = await answerOf(sent, 'it is not known whether MusicAPI took it');
    expect(card.buttons.map(({ label }) => label)).toContain('Try again');
    world.advance(60_000);
    expect(await settleAccount(text)).toEqual({ state: 'unknown', charged: 0, reserved: price });
    expect(bodiesOf(path, text)).toHaveLength(1);
    expectNothingPublic(sent);
  });

  it('goes on by itself after a 429, and is charged once', async () => {
    const text = `busy ${command} of the port`;
    const answer = { status: 429, body: { message: 'Too many requests' } };
    world.musicApi.fault({ path: new RegExp(`${path}$`), answer });
    const sent = ask(text);
    await world.discord.until(() => bodiesOf(path, text).length === 1, { what: 'the first try' });
    world.advance(60_000);
    await answerOf(sent, words);
    expect(bodiesOf(path, text)).toEqual([bodyOf(text), bodyOf(text)]);
    expect(await settleAccount(text)).toEqual({ state: 'succeeded', charged: price, reserved: 0 });
  });

  it('gives everything back when MusicAPI refuses it, and says why', async () => {
    const text = `refused ${command} of the quay`;
    const answer = { status: 400, body: { message: 'Not like this.' } };
    world.musicApi.fault({ path: new RegExp(`${path}$`), answer });
    const sent = ask(text);
    const card = await answerOf(sent, 'Not made. Nothing was spent.');
    expect(card.text).toContain('MusicAPI did not accept the request: “Not like this”');
    expectNothingPublic(sent);
    expect(await settleAccount(text)).toEqual({ state: 'failed', charged: 0, reserved: 0 });
  });
});

describe('a name of somebody', () => {
  it('is a matter of choice: Send anyway asks for the tags, as privately', async () => {
    const text = 'in the style of Daft Punk';
    const sent = world.anna.command(channel, 'tags', { tags: text });
    const question = await sent.reply();
    expect(question.text).toContain('"Send anyway" costs 1 credit');
    expect(bodiesOf('/sonic/upsample-tags', text)).toEqual([]);
    const pressed = world.anna.press(question, 'Send anyway');
    await answerOf(pressed, '**Create with these**');
    expect(bodiesOf('/sonic/upsample-tags', text)).toEqual([{ tags: text }]);
    expectNothingPublic(pressed);
  });
});
