import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import { listPosts, openChannel, readAccount, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;
const ORIGINAL = { method: 'PATCH', route: /\/messages\/(@|%40)original$/ } as const;
const GRACE_MS = 400;

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ graceMs: GRACE_MS });
});
afterEach(async () => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(async () => {
  try {
    expect(world.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  } finally {
    await world.close();
  }
});

function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  return { channel, sent: world.anna.command(channel, 'create', { prompt }) };
}

/** Less than the least time limit of what is cut off. */
const ALL_TIME_LIMITS_MS = 10_000;

/** Stops the bot, which must not wait for what it was asked to cut off. */
async function stopInTime() {
  const startedAt = performance.now();
  await world.stopBot();
  expect(performance.now() - startedAt).toBeLessThan(ALL_TIME_LIMITS_MS);
}

const isCut = (wanted: (path: string) => boolean) => () =>
  world.discord.requests.some(({ path, status }) => status === 0 && wanted(path));

async function expectDelivered(prompt: string, channel: Channel) {
  const clips = await world.untilClipCards(2, channel);
  expect(clips.map(({ attachments }) => attachments[0]?.title?.slice(-6))).toEqual(['take 1', 'take 2']);
  expect(listPosts(world, prompt)).toHaveLength(1);
}

describe('a stop does not wait longer than its grace', () => {
  it('for a request that MusicAPI does not answer: it is unknown then, which the next start shows', async () => {
    world.musicApi.fault({ ...CREATE, answer: 'hang' });
    const { sent } = ask('no answer');
    const card = await sent.reply();
    await expect.poll(() => listPosts(world, 'no answer'), { interval: 5 }).toHaveLength(1);
    await stopInTime();
    expect(await readAccount(world, 'no answer')).toMatchObject({
      task: { state: 'unknown', failure: { kind: 'interrupted' } },
      sums: { reserved: 20, charged: 0 },
    });
    await world.startBot();
    await untilSays(world, card, 'I was stopped just as I was sending this');
    expect(listPosts(world, 'no answer')).toHaveLength(1);
  });

  it('for an upload that Discord does not answer: it is looked for and made up for at the next start', async () => {
    const { channel, sent } = ask('no upload');
    world.discord.fault({
      method: 'POST',
      route: new RegExp(`^/channels/${channel.id}/`),
      answer: 'keep-answer',
    });
    const card = await sent.reply();
    await world.discord.until(isCut((path) => path.includes(channel.id)));
    await stopInTime();
    expect(world.clipCards(channel)).toHaveLength(1);
    await world.startBot();
    await expectDelivered('no upload', channel);
    await untilSays(world, card, 'Done:');
    expect(world.discord.messages(channel)).toHaveLength(3);
  });

  it('for a card that Discord does not edit: the next start shows it', async () => {
    world.discord.fault({ ...ORIGINAL, answer: 'hang' });
    const { channel, sent } = ask('no card');
    await world.discord.until(isCut((path) => path.includes('original')));
    await stopInTime();
    await world.startBot();
    await untilSays(world, await sent.reply(), 'Done:');
    await expectDelivered('no card', channel);
  });

  it('for a balance that MusicAPI does not tell', async () => {
    world.musicApi.fault({ method: 'GET', path: /get-credits$/, times: 'all', answer: 'hang' });
    const owner = world.discord.as(world.discord.owner);
    world.guild.addMember(world.discord.owner);
    const countLooks = () =>
      world.musicApi.requests.filter(({ path }) => path.endsWith('get-credits')).length;
    const before = countLooks();
    owner.command(world.channel, 'credits');
    await expect.poll(countLooks).toBeGreaterThan(before);
    await stopInTime();
    world.musicApi.clearFaults();
    await world.startBot();
    const reply = await owner.command(world.channel, 'credits').reply();
    expect(reply.text).toContain('Your MusicAPI balance');
  });
});

it('answers a command that comes during the stop with a private word, and nothing is recorded', async () => {
  world.musicApi.fault({ ...CREATE, delayMs: 300 });
  const { channel } = ask('under way');
  await expect.poll(() => listPosts(world, 'under way'), { interval: 5 }).toHaveLength(1);
  const stopping = world.stopBot();
  const late = world.anna.command(channel, 'create', { prompt: 'too late' });
  const reply = await late.reply();
  expect(reply.ephemeral).toBe(true);
  expect(reply.text).toContain('I am restarting');
  await stopping;
  await world.startBot();
  await expectDelivered('under way', channel);
  expect(listPosts(world, 'too late')).toEqual([]);
});
