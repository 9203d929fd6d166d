import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FaultAnswer } from '../../sandbox/discord/faults.ts';
import { closeInOrder } from '../support/in-order.ts';
import { beginSong } from '../support/make-song.ts';
import { PATIENCE } from '../support/patience.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    discord: { rateLimits: NO_RATE_LIMITS },
  });
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => closeInOrder(world));

describe('an interaction that is not ours any more', () => {
  it.each([
    { code: 10_062, status: 404, message: 'Unknown interaction' },
    { code: 40_060, status: 400, message: 'Interaction has already been acknowledged.' },
  ])('stops at $code on the deferral: nothing is sent, recorded or said', async (answer) => {
    const { anna, discord, guild, musicApi, log } = world;
    const channel = guild.addChannel({ name: `refused-${answer.code}` });
    const tasksBefore = musicApi.tasks.length;
    const requestsBefore = discord.requests.length;
    discord.fault({ method: 'POST', route: /\/callback$/, answer });
    const { interaction } = anna.command(channel, 'create', { prompt: 'never made' });
    await vi.waitFor(() => {
      const line = log.find((one) => one.msg === 'interaction' && one.interactionId === interaction.id);
      expect(line).toMatchObject({ outcome: 'not_ours' });
    }, PATIENCE);
    expect(discord.requests.slice(requestsBefore).map(({ route }) => route)).toEqual([
      '/interactions/:interaction/:token/callback',
    ]);
    expect(musicApi.tasks).toHaveLength(tasksBefore);
    expect(discord.messages(channel)).toEqual([]);
    const tasks = await anna.command(channel, 'tasks').reply();
    expect(tasks.text).not.toContain('never made');
  });
});

describe('an acknowledgement that Discord does not confirm', () => {
  const callback = { method: 'POST', route: /\/callback$/ } as const;

  it.each<[string, FaultAnswer]>([
    ['a cut connection', 'reset'],
    ['a lost answer', 'lose-answer'],
    ['a 500', { status: 500 }],
  ])('%s: it is sent once more, and the song is made once', async (name, answer) => {
    const { anna, discord, guild, musicApi } = world;
    const channel = guild.addChannel({ name });
    const before = musicApi.tasks.length;
    discord.fault({ ...callback, answer });
    const card = await anna.command(channel, 'create', { prompt: 'a song about echoes' }).reply();
    await world.untilClipCards(2, channel);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    expect(musicApi.tasks).toHaveLength(before + 1);
    expect(discord.messages(channel)).toHaveLength(3);
  });

  it('twice: nothing is recorded, and the log says so with the reference', async () => {
    const { anna, discord, guild, musicApi, log } = world;
    const channel = guild.addChannel({ name: 'never-confirmed' });
    const before = musicApi.tasks.length;
    discord.fault({ ...callback, times: 2, answer: { status: 503 } });
    const sent = anna.command(channel, 'create', { prompt: 'never made' });
    const word = await sent.reply();
    expect(word.ephemeral).toBe(true);
    expect(word.text).toContain(sent.interaction.id);
    expect(log.find(({ reference }) => reference === sent.interaction.id)).toMatchObject({
      msg: 'interaction failed',
    });
    expect(musicApi.tasks).toHaveLength(before);
  });

  it('of a private answer and its content: the person still gets it', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: 'private' });
    discord.fault({ ...callback, answer: 'lose-answer' });
    discord.fault({ method: 'PATCH', route: /^\/webhooks\//, answer: 'lose-answer' });
    const help = await anna.command(channel, 'help').reply();
    expect(help.ephemeral).toBe(true);
    expect(help.text).toContain('/create');
    expect(discord.messages(channel)).toHaveLength(1);
  });
});

describe('an interaction token that died', () => {
  it('before the first word: the songs come by the channel after a while', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: 'speechless' });
    const answer = { status: 401, code: 50_027, message: 'Invalid Webhook Token' };
    discord.fault({ route: /^\/webhooks\//, times: 1000, answer });
    const seen = new Set(world.log.map(({ taskId }) => taskId));
    anna.command(channel, 'create', { prompt: 'a song about silence' });
    await discord.until(() => discord.requests.at(-1)?.errorCode === 50_027);
    const succeeded = () =>
      world.log.some(
        ({ msg, to, taskId }) => msg === 'task changed' && to === 'succeeded' && !seen.has(taskId),
      );
    await discord.until(succeeded, { what: 'the song to be made' });
    // The songs wait for the card's first word, which never comes.
    world.advance(61_000);
    const clips = await world.untilClipCards(2, channel);
    expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  });

  it('early, with 50027: card and songs go on by the bot itself', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: 'early' });
    const { card, finish } = await beginSong(world, channel);
    const answer = { status: 401, code: 50_027, message: 'Invalid Webhook Token' };
    discord.fault({ route: /^\/webhooks\//, times: 1000, answer });
    finish();
    const clips = await world.untilClipCards(2, channel);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    expect(discord.messages(channel)).toHaveLength(3);
  });

  it('after 15 minutes: card and songs go by the channel, the token is left alone', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: 'late' });
    const { card, finish } = await beginSong(world, channel);
    world.advance(16 * MINUTE_MS);
    const edits = card.editedCount;
    const before = discord.requests.length;
    await discord.until(() => card.editedCount > edits, { what: 'progress by the bot' });
    finish();
    const clips = await world.untilClipCards(2, channel);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    for (const clip of clips) expect(card.text).toContain(clip.link);
    expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    const late = discord.requests.slice(before);
    expect(late.filter(({ path }) => path.startsWith('/webhooks/'))).toEqual([]);
    expect(late.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it('after 15 minutes where the bot is no member: the songs come by direct message', async () => {
    const { anna, discord } = world;
    const elsewhere = discord.addGuild({ name: 'Elsewhere', installed: false });
    elsewhere.addMember(anna.user);
    anna.user.installsApp = true;
    const channel = elsewhere.addChannel({ name: 'general' });
    const { finish } = await beginSong(world, channel);
    world.advance(16 * MINUTE_MS);
    finish();
    const dm = discord.openDm(anna.user);
    const clips = await world.untilClipCards(2, dm);
    expect(clips.map((clip) => clip.attachments.length)).toEqual([1, 1]);
    expect(world.clipCards(channel)).toEqual([]);
    anna.user.installsApp = false;
  });
});

describe('a person whom nothing reaches', () => {
  it('finds the songs in the library, the card says so, and they come within an hour of a way', async () => {
    const { anna, discord, guild, log } = world;
    const channel = guild.addChannel({ name: 'unreachable' });
    anna.user.dmsOpen = false;
    const { card, finish } = await beginSong(world, channel);
    channel.setBotPermissions({ without: ['SendMessages'] });
    const answer = { status: 403, code: 50_013, message: 'Missing Permissions' };
    discord.fault({ method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/, times: 1000, answer });
    finish();
    await discord.until(() => card.text.split('waits in /library').length === 3, {
      what: 'the card to say so of both songs',
    });
    expect(card.text).toContain('I may not write in this channel and cannot send you a direct message');
    expect(world.clipCards(channel)).toEqual([]);
    const gaveUp = log.filter((line) => line.msg === 'no route to the person');
    expect(gaveUp).toHaveLength(2);
    discord.clearFaults();
    const offered = await anna.autocomplete(channel, 'extend', {}, 'clip');
    const made = world.musicApi.tasks.at(-1)?.clips.map(({ clipId }) => clipId) ?? [];
    expect(offered.map(({ value }) => value)).toEqual(expect.arrayContaining(made));
    const dm = discord.openDm(anna.user);
    const before = world.clipCards(dm).length;
    anna.user.dmsOpen = true;
    world.advance(60 * 60_000);
    await world.untilClipCards(before + 2, dm);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  });
});
