import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PermissionName } from '../../sandbox/discord/permissions.ts';
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

const NEEDED: readonly PermissionName[] = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles'];

describe('a permission that the bot lacks in the channel', () => {
  it.each(NEEDED)('%s from the beginning: follow-ups bring the songs', async (missing) => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: `no-${missing}`, botPermissions: { without: [missing] } });
    const before = discord.requests.length;
    const card = await anna.command(channel, 'create', { prompt: 'a song about keys' }).reply();
    const clips = await world.untilClipCards(2, channel);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    expect(clips.map((clip) => clip.attachments.length)).toEqual([1, 1]);
    expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    const posts = discord.requests
      .slice(before)
      .filter(({ route }) => route === '/channels/:channel/messages');
    expect(posts).toEqual([]);
  });

  it.each(NEEDED)('%s taken away meanwhile: follow-ups bring the songs', async (missing) => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: `lost-${missing}` });
    const { card, finish } = await beginSong(world, channel);
    channel.setBotPermissions({ without: [missing] });
    finish();
    const clips = await world.untilClipCards(2, channel);
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  });

  it('taken away, and the token is dead: a direct message brings the songs', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({ name: 'lost-and-late' });
    const { finish } = await beginSong(world, channel);
    channel.setBotPermissions({ without: ['SendMessages'] });
    world.advance(16 * MINUTE_MS);
    finish();
    const clips = await world.untilClipCards(2, discord.openDm(anna.user));
    expect(clips[0]?.pinged).toEqual([anna.user.id]);
    expect(clips.map((clip) => clip.attachments.length)).toEqual([1, 1]);
    expect(world.clipCards(channel)).toEqual([]);
  });
});

it('waits when the direct messages cannot be opened at the moment', async () => {
  const { anna, discord, guild } = world;
  const channel = guild.addChannel({ name: 'not-now' });
  const { finish } = await beginSong(world, channel);
  channel.setBotPermissions({ without: ['SendMessages'] });
  world.advance(16 * MINUTE_MS);
  const dm = discord.openDm(anna.user);
  const before = world.clipCards(dm).length;
  discord.fault({ method: 'POST', route: /^\/users\/@me\/channels$/, times: 4, answer: { status: 500 } });
  finish();
  await vi.waitFor(
    () => {
      world.advance(1_000);
      expect(world.clipCards(dm)).toHaveLength(before + 2);
    },
    { ...PATIENCE, interval: 40 },
  );
});

it('brings the songs by direct message when the channel is gone', async () => {
  const { ben, discord, guild, musicApi, log } = world;
  const channel = guild.addChannel({ name: 'gone' });
  musicApi.nextTask('never');
  const card = await ben.command(channel, 'create', { prompt: 'a song about ruins' }).reply();
  await discord.until(() => card.text.includes('Being made'));
  discord.deleteChannel(channel);
  musicApi.setTask(musicApi.tasks.at(-1)?.taskId ?? '', []);
  const clips = await world.untilClipCards(2, discord.openDm(ben.user));
  expect(clips.map((clip) => clip.attachments.length)).toEqual([1, 1]);
  expect(log.filter(({ level }) => level === 'error')).toEqual([]);
});

it('delivers although somebody deleted the status card', async () => {
  const { anna, discord, guild } = world;
  const channel = guild.addChannel({ name: 'no-card' });
  const { card, finish } = await beginSong(world, channel);
  discord.deleteMessage(card);
  finish();
  const clips = await world.untilClipCards(2, channel);
  expect(clips.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  expect(discord.messages(channel)).toHaveLength(2);
});
