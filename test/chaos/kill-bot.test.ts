import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { listPosts, openChannel, readAccounts, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;

let world: TestWorld;
let bot: BotProcess;
let output = '';

beforeAll(async () => {
  world = await startQuickWorld({
    startsBot: false,
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
  });
  await start();
});

afterAll(async () => {
  await kill();
  await world.close();
});

async function start() {
  bot = startBotProcess(world.env);
  await bot.untilReady();
}

/** `kill -9`, and with it goes every fault. */
async function kill() {
  expect((await bot.end('SIGKILL')).signal).toBe('SIGKILL');
  output += bot.output;
  world.discord.clearFaults();
  world.musicApi.clearFaults();
}

async function killAndStart() {
  await kill();
  await start();
}

async function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const sent = world.anna.command(channel, 'create', { prompt });
  return { prompt, channel, sent };
}

const channelPost = (channel: Channel) => ({
  method: 'POST',
  route: new RegExp(`^/channels/${channel.id}/messages$`),
});

/** Everything about a song that came through: two takes, once each, one mention, one POST, and a card that says so. */
async function expectDelivered(prompt: string, channel: Channel, card: Message, posts = 1) {
  const clips = await world.untilClipCards(2, channel);
  await untilSays(world, card, 'Done:');
  expect(clips.map(({ attachments }) => attachments[0]?.title?.slice(-6))).toEqual(['take 1', 'take 2']);
  expect(clips.filter(({ pinged }) => pinged.length > 0)).toHaveLength(1);
  expect(world.discord.messages(channel)).toHaveLength(3);
  expect(listPosts(world, prompt)).toHaveLength(posts);
  expect(world.musicApi.tasks.filter(({ body }) => JSON.stringify(body).includes(prompt))).toHaveLength(1);
}

describe('kill -9 and a new start', () => {
  it('before the first content of the card: the card comes, and the song', async () => {
    world.discord.fault({ method: 'PATCH', route: /\/messages\/(@|%40)original$/, answer: 'hang' });
    const { prompt, channel, sent } = await ask('card not shown');
    await world.discord.until(() =>
      world.discord.requests.some(({ method, status }) => method === 'PATCH' && status === 0),
    );
    await bot.untilLogged(({ to }) => to === 'running');
    await killAndStart();
    await expectDelivered(prompt, channel, await sent.reply());
  });

  it('while it is queued: it is sent once', async () => {
    world.musicApi.fault({ ...CREATE, answer: { status: 429, headers: { 'retry-after': '1' }, body: {} } });
    const { prompt, channel, sent } = await ask('waiting its turn');
    const card = await sent.reply();
    await untilSays(world, card, 'MusicAPI asked for a pause');
    await killAndStart();
    await expectDelivered(prompt, channel, card, 2);
  });

  for (const [moment, answer, taken] of [
    ['before MusicAPI took it', 'hang', 0],
    ['after MusicAPI took it and before its answer was stored', 'keep-answer', 1],
  ] as const) {
    it(`while it is being sent, ${moment}: unknown, never sent again, nothing charged yet`, async () => {
      world.musicApi.fault({ ...CREATE, answer });
      const { prompt, sent } = await ask(`under way ${answer}`);
      const card = await sent.reply();
      const count = () =>
        (taken ? world.musicApi.tasks.filter(isOf(prompt)) : listPosts(world, prompt)).length;
      await expect.poll(count, { interval: 5 }).toBe(1);
      await killAndStart();
      await untilSays(world, card, 'I was stopped just as I was sending this');
      expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
      expect(listPosts(world, prompt)).toHaveLength(1);
      expect(world.musicApi.tasks.filter(isOf(prompt))).toHaveLength(taken);
    });
  }

  it('while it is being made: it is followed on', async () => {
    world.musicApi.nextTask({ kind: 'slow', factor: 15 });
    const { prompt, channel, sent } = await ask('in the making');
    const card = await sent.reply();
    await untilSays(world, card, 'Being made');
    await killAndStart();
    await expectDelivered(prompt, channel, card);
  });

  for (const [moment, answer, firstPosted] of [
    ['while its first message is being uploaded', 'hang', 0],
    ['after its first message was posted and before that was stored', 'keep-answer', 1],
  ] as const) {
    it(`${moment}: every clip is posted once`, async () => {
      const { prompt, channel, sent } = await ask(`upload ${answer}`);
      world.discord.fault({ ...channelPost(channel), answer });
      const card = await sent.reply();
      await world.discord.until(() => isCut(channel));
      expect(world.clipCards(channel)).toHaveLength(firstPosted);
      await killAndStart();
      await expectDelivered(prompt, channel, card);
    });
  }

  for (const answer of ['hang', 'keep-answer'] as const) {
    it(`between its two messages (${answer} at the second): every clip is posted once`, async () => {
      const { prompt, channel, sent } = await ask(`second message ${answer}`);
      world.discord.fault({ ...channelPost(channel), answer: { delayMs: 0 } });
      world.discord.fault({ ...channelPost(channel), answer });
      const card = await sent.reply();
      await world.discord.until(() => isCut(channel));
      await killAndStart();
      await expectDelivered(prompt, channel, card);
    });
  }

  for (const [moment, before] of [
    ['after the first message of many stems was posted and before that was stored', 0],
    ['after the last message of many stems was posted and before that was stored', 1],
  ] as const) {
    it(`${moment}: every stem is posted once`, async () => {
      const clip = world.musicApi.addForeignClip({ durationS: 1 });
      const channel = openChannel(world, `stems-${before}`);
      for (let posts = 0; posts < before; posts += 1) {
        world.discord.fault({ ...channelPost(channel), answer: { delayMs: 0 } });
      }
      world.discord.fault({ ...channelPost(channel), answer: 'keep-answer' });
      const card = await world.anna.command(channel, 'stems', { clip, kind: 'full' }).reply();
      await world.discord.until(() => isCut(channel));
      await killAndStart();
      await untilSays(world, card, 'Done:');
      const [, ...messages] = world.discord.messages(channel);
      expect(messages.map(({ attachments }) => attachments.length)).toEqual([10, 2]);
      const names = messages.flatMap(({ attachments }) => attachments.map(({ name }) => name));
      expect(new Set(names).size).toBe(12);
      expect(messages.filter(({ pinged }) => pinged.length > 0)).toHaveLength(1);
      expect(listPosts(world, clip)).toHaveLength(1);
    });
  }

  it('left a ledger that adds up, and no secret in any log', async () => {
    await kill();
    const store = await world.openStore();
    const accounts = await readAccounts(store);
    await store.close();
    expect(accounts).toHaveLength(11);
    for (const { task, sums } of accounts) {
      const { price } = task;
      const isUnknown = task.state === 'unknown';
      expect(['succeeded', 'unknown']).toContain(task.state);
      expect(sums).toEqual(isUnknown ? { reserved: price, charged: 0 } : { reserved: 0, charged: price });
    }
    const tokens = world.discord.interactions().map(({ token }) => token);
    for (const secret of [world.discord.token, world.musicApi.key, ...tokens])
      expect(output).not.toContain(secret);
    await start();
  });
});

const isOf = (prompt: string) => (task: { readonly body: unknown }) =>
  JSON.stringify(task.body).includes(prompt);

function isCut(channel: Channel): boolean {
  return world.discord.requests.some(
    ({ method, path, status }) =>
      method === 'POST' && path === `/channels/${channel.id}/messages` && status === 0,
  );
}
