import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import { MIB, paddedSizeOf, serveAudioOf } from '../support/audio.ts';
import { closeInOrder } from '../support/in-order.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

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
  world.anna.user.attachmentLimitBytes = 10 * MIB;
});
afterAll(() => closeInOrder(world));

/** One song of this size: the message that carries it, and by which route it was sent. */
async function deliverSong(channel: Channel, bytes: number) {
  const { anna, discord, musicApi } = world;
  const before = discord.requests.length;
  musicApi.nextTask('half');
  serveAudioOf(musicApi, bytes);
  const card = await anna.command(channel, 'create', { prompt: 'a song about elephants' }).reply();
  const [clip] = await world.untilClipCards(1, channel);
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  if (!clip) throw new Error('no clip card');
  const uploads = discord.requests.slice(before).filter(({ files }) => files.length > 0);
  const size = await paddedSizeOf(clip);
  const isFollowUp = clip.interactionId !== undefined;
  return { clip, size, uploads, route: isFollowUp ? 'follow-up' : 'channel' };
}

describe('the size of a song', () => {
  it.each([
    { name: 'just below 10 MiB', bytes: 10 * MIB - 1 },
    { name: 'exactly 10 MiB', bytes: 10 * MIB },
  ])('$name: attached in the channel', async ({ name, bytes }) => {
    const { clip, size, uploads, route } = await deliverSong(world.guild.addChannel({ name }), bytes);
    expect({ size, route, uploads: uploads.length }).toEqual({ size: bytes, route: 'channel', uploads: 1 });
    expect(clip.text).not.toContain('too large');
  });

  it.each([
    { name: 'one byte above 10 MiB', bytes: 10 * MIB + 1 },
    { name: 'above what any request takes', bytes: 25 * MIB },
  ])('$name: a link that says why, with the same buttons', async ({ name, bytes }) => {
    const { anna } = world;
    const { clip, size, uploads } = await deliverSong(world.guild.addChannel({ name }), bytes);
    expect(size).toBeUndefined();
    expect(uploads).toEqual([]);
    expect(clip.text).toContain('The file is too large to attach here.');
    expect(clip.text).toMatch(/Download \[.+\]\(http:\/\/127\.0\.0\.1:\d+\/media\/.+\.mp3/);
    expect(clip.pinged).toEqual([anna.user.id]);
  });

  it.each([
    { name: 'above the channel, within the interaction', bytes: 10 * MIB + 1 },
    { name: 'at the end of what one request takes', bytes: 25 * MIB - 64 * 1024 },
  ])('$name: the follow-up with the original comes first', async ({ name, bytes }) => {
    world.anna.user.attachmentLimitBytes = 50 * MIB;
    const { size, uploads, route } = await deliverSong(world.guild.addChannel({ name }), bytes);
    expect({ size, route, uploads: uploads.length }).toEqual({ size: bytes, route: 'follow-up', uploads: 1 });
  });

  it.each([
    { tier: 1, bytes: 10 * MIB + 1, route: 'channel', size: undefined },
    { tier: 2, bytes: 24 * MIB, route: 'channel', size: 24 * MIB },
    { tier: 3, bytes: 24 * MIB, route: 'channel', size: 24 * MIB },
  ] as const)('in a server of boost tier $tier', async ({ tier, bytes, route, size }) => {
    const guild = world.discord.addGuild({ name: `Tier ${tier}`, boostTier: tier });
    guild.addMember(world.anna.user);
    const found = await deliverSong(guild.addChannel({ name: `tier-${tier}` }), bytes);
    expect({ route: found.route, size: found.size }).toEqual({ route, size });
  });
});

describe('a refusal of the size although the limit says that it fits', () => {
  const CHANNEL_POST = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
  const FOLLOW_UP = { method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/ } as const;

  it.each([
    { name: '413 with 40005', answer: { status: 413, code: 40_005, message: 'Request entity too large' } },
    { name: '413 of a proxy', answer: { status: 413, body: '<html>413 Request Entity Too Large</html>' } },
    { name: '400 with 40005', answer: { status: 400, code: 40_005, message: 'Request entity too large' } },
  ])('$name in the channel: the follow-up brings it', async ({ name, answer }) => {
    world.discord.fault({ ...CHANNEL_POST, answer });
    const { size, route } = await deliverSong(world.guild.addChannel({ name }), MIB);
    expect({ size, route }).toEqual({ size: MIB, route: 'follow-up' });
  });

  it('by both routes: the channel gets the link', async () => {
    const answer = { status: 413, code: 40_005, message: 'Request entity too large' };
    world.discord.fault({ ...CHANNEL_POST, answer });
    world.discord.fault({ ...FOLLOW_UP, answer });
    const { clip, size, route } = await deliverSong(world.guild.addChannel({ name: 'both' }), MIB);
    expect({ size, route }).toEqual({ size: undefined, route: 'channel' });
    expect(clip.text).toContain('too large to attach here');
  });
});
