import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { FaultAnswer } from '../../sandbox/discord/faults.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { untilPrivate } from '../support/evidence.ts';
import { closeInOrder } from '../support/in-order.ts';
import { PATIENCE } from '../support/patience.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;

/** discord.js sends a request that Discord answers with 5xx this often. */
const TRIES_OF_THE_LIBRARY = 4;

const CHANNEL_POST = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
const FOLLOW_UP = { method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/ } as const;

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    discord: { rateLimits: NO_RATE_LIMITS },
    graceMs: 100,
  });
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => closeInOrder(world));

async function askForSong(channel: Channel) {
  const card = await world.anna.command(channel, 'create', { prompt: 'a song about bridges' }).reply();
  const untilDone = () =>
    world.discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  return { card, untilDone };
}

const countDoubts = () => world.log.filter(({ msg }) => msg === 'not known whether posted').length;

/** Lets time pass, second by second, until something is so. */
async function passTimeUntil(look: () => boolean, what: string) {
  await vi.waitFor(
    () => {
      if (look()) return;
      world.advance(1_000);
      throw new Error(`in vain: ${what}`);
    },
    { ...PATIENCE, interval: 40 },
  );
}

const hasButton = (message: Message, name: string) => message.buttons.some(({ label }) => label === name);

/** One message for each of the two takes, and nothing besides them and the status card. */
function expectOncePerClip(channel: Channel) {
  const clips = world.clipCards(channel);
  expect(clips.map((clip) => clip.attachments[0]?.title?.slice(-6)).sort()).toEqual(['take 1', 'take 2']);
  expect(clips.filter(({ pinged }) => pinged.length > 0)).toHaveLength(1);
}

function countPosts(from: number) {
  return world.discord.requests.slice(from).filter(({ route }) => route === '/channels/:channel/messages')
    .length;
}

describe('an upload to a channel where the bot may look', () => {
  const limited = { message: 'You are being rate limited.', retry_after: 0.05, global: false };
  it.each<[string, number, FaultAnswer]>([
    ['a 429', 1, { status: 429, headers: { 'retry-after': '0' }, body: limited }],
    ['a 500', 1, { status: 500 }],
    ['a cut connection', 1, 'reset'],
    ['a lost answer', 1, 'lose-answer'],
    ['a 502 to every try', TRIES_OF_THE_LIBRARY, { status: 502 }],
    ['lost answers to both songs', 2, 'lose-answer'],
  ])('%s: one message per clip all the same', async (name, times, answer) => {
    const { discord, guild } = world;
    const channel = guild.addChannel({ name });
    discord.fault({ ...CHANNEL_POST, times, answer });
    const { card } = await askForSong(channel);
    await passTimeUntil(() => card.text.startsWith('Done'), 'the card to be done');
    expectOncePerClip(channel);
  });

  it('a lost answer, then a restart after the nonce has run out: the message is found', async () => {
    const { discord, guild } = world;
    const channel = guild.addChannel({ name: 'found-again' });
    discord.fault({ ...CHANNEL_POST, times: 1_000, answer: 'lose-answer' });
    const { untilDone } = await askForSong(channel);
    await world.untilClipCards(2, channel);
    await world.stopBot();
    discord.clearFaults();
    world.advance(5 * MINUTE_MS);
    await world.startBot();
    await untilDone();
    expectOncePerClip(channel);
  });

  it('an upload that hangs is cut by a restart and made once afterwards', async () => {
    const { discord, guild } = world;
    const channel = guild.addChannel({ name: 'hangs' });
    const before = discord.requests.length;
    discord.fault({ ...CHANNEL_POST, answer: 'hang' });
    const { untilDone } = await askForSong(channel);
    await discord.until(() => countPosts(before) >= 1, { what: 'an upload under way' });
    await world.stopBot();
    await world.startBot();
    await untilDone();
    expectOncePerClip(channel);
  });
});

describe('an upload to a channel where the bot may post but not look', () => {
  it('is repeated with its nonce while Discord compares it', async () => {
    const { discord, guild } = world;
    const channel = guild.addChannel({ name: 'blind', botPermissions: { without: ['ReadMessageHistory'] } });
    const before = countDoubts();
    discord.fault({ ...CHANNEL_POST, answer: 'lose-answer' });
    const { untilDone } = await askForSong(channel);
    await vi.waitFor(() => expect(countDoubts()).toBe(before + 1), PATIENCE);
    world.advance(10_000);
    await untilDone();
    expectOncePerClip(channel);
    expect(new Set(world.clipCards(channel).map(({ nonce }) => nonce)).size).toBe(2);
  });

  it('is a question to the person once the nonce has run out', async () => {
    const { anna, discord, guild } = world;
    const channel = guild.addChannel({
      name: 'blind-late',
      botPermissions: { without: ['ReadMessageHistory'] },
    });
    const before = countDoubts();
    discord.fault({ ...CHANNEL_POST, answer: 'lose-answer' });
    const { card, untilDone } = await askForSong(channel);
    await vi.waitFor(() => expect(countDoubts()).toBe(before + 1), PATIENCE);
    // The other song waits for the first one, so that they come in their order.
    expect(world.clipCards(channel)).toHaveLength(1);
    world.advance(4 * MINUTE_MS);
    await discord.until(() => card.buttons.some(({ label }) => label === 'It is there'), {
      what: 'the question',
    });
    await discord.until(() => world.clipCards(channel).length === 2, { what: 'the other song' });
    anna.press(card, 'It is there');
    await untilDone();
    expectOncePerClip(channel);
  });
});

describe('an upload whose way is closed afterwards', () => {
  it('is a question where the bot may not look', async () => {
    const { anna, discord, guild, musicApi } = world;
    const channel = guild.addChannel({
      name: 'blind-closed',
      botPermissions: { without: ['ReadMessageHistory'] },
    });
    const before = countDoubts();
    musicApi.nextTask('half');
    discord.fault({ ...CHANNEL_POST, answer: 'lose-answer' });
    const { card, untilDone } = await askForSong(channel);
    await vi.waitFor(() => expect(countDoubts()).toBe(before + 1), PATIENCE);
    channel.setBotPermissions({ without: ['ReadMessageHistory', 'SendMessages'] });
    await passTimeUntil(() => hasButton(card, 'Post again'), 'the question');
    anna.press(card, 'Post again');
    await untilDone();
    expect(world.clipCards(channel)).toHaveLength(2);
  });

  it('is sent by direct message when the whole channel is gone', async () => {
    const { ben, discord, guild, musicApi } = world;
    const channel = guild.addChannel({ name: 'gone-meanwhile' });
    const before = countDoubts();
    musicApi.nextTask('half');
    discord.fault({ ...CHANNEL_POST, times: TRIES_OF_THE_LIBRARY, answer: { status: 502 } });
    await ben.command(channel, 'create', { prompt: 'a song about bridges' }).reply();
    await vi.waitFor(() => expect(countDoubts()).toBe(before + 1), PATIENCE);
    discord.deleteChannel(channel);
    const dm = discord.openDm(ben.user);
    await passTimeUntil(() => world.clipCards(dm).length === 1, 'the song');
  });
});

describe('a follow-up whose answer is lost where the bot cannot look', () => {
  async function askInDoubt(name: string) {
    const { anna, ben, discord, musicApi } = world;
    const elsewhere = discord.addGuild({ name, installed: false });
    for (const { user } of [anna, ben]) elsewhere.addMember(user);
    anna.user.installsApp = true;
    const channel = elsewhere.addChannel({ name: 'general' });
    musicApi.nextTask('half');
    discord.fault({ ...FOLLOW_UP, answer: 'lose-answer' });
    const { card, untilDone } = await askForSong(channel);
    await world.untilClipCards(1, channel);
    await discord.until(() => card.text.includes('Made.'));
    await passTimeUntil(() => hasButton(card, 'Post again'), 'the question');
    expect(card.text).toContain('may or may not have been posted');
    return { channel, card, untilDone };
  }

  it('asks; a stranger may not answer; "It is there" settles it', async () => {
    const { anna, ben } = world;
    const { channel, card, untilDone } = await askInDoubt('Elsewhere 1');
    const stranger = ben.press(card, 'Post again');
    const reason = await untilPrivate(world, stranger);
    expect(reason.text).toContain(`Only ${anna.mention}, who asked for this, or a moderator may decide that`);
    expect(world.clipCards(channel)).toHaveLength(1);
    anna.press(card, 'It is there');
    await untilDone();
    expect(card.buttons).toEqual([]);
    expect(world.clipCards(channel)).toHaveLength(1);
  });

  it('"Post again" posts it once more, and a second press finds it decided', async () => {
    const { anna } = world;
    const { channel, card, untilDone } = await askInDoubt('Elsewhere 2');
    const presses = [anna.press(card, 'Post again'), anna.press(card, 'Post again')];
    await untilDone();
    expect(world.clipCards(channel)).toHaveLength(2);
    const words = await world.discord.until(() => {
      const said = presses.flatMap((press) => press.followUps.filter(({ ephemeral }) => ephemeral));
      return said.length > 0 && said;
    });
    expect(words.map(({ text }) => text)).toEqual(['Somebody has decided this already.']);
  });

  it('asks by direct message when the token is dead as well', async () => {
    const { anna, discord, musicApi } = world;
    const elsewhere = discord.addGuild({ name: 'Elsewhere 3', installed: false });
    elsewhere.addMember(anna.user);
    const channel = elsewhere.addChannel({ name: 'general' });
    const before = countDoubts();
    musicApi.nextTask('half');
    discord.fault({ ...FOLLOW_UP, answer: 'lose-answer' });
    await askForSong(channel);
    await world.untilClipCards(1, channel);
    await vi.waitFor(() => expect(countDoubts()).toBe(before + 1), PATIENCE);
    world.advance(16 * MINUTE_MS);
    const dm = discord.openDm(anna.user);
    const question = await discord.until(
      () => discord.messages(dm).find(({ buttons }) => buttons.some(({ label }) => label === 'It is there')),
      { what: 'the question in a direct message' },
    );
    const answer = anna.press(question, 'It is there');
    await answer.response();
    await discord.until(() => question.buttons.length === 0, { what: 'the question to be settled' });
  });

  it('asks for each song by itself', async () => {
    const { anna, discord } = world;
    const elsewhere = discord.addGuild({ name: 'Elsewhere 4', installed: false });
    elsewhere.addMember(anna.user);
    const channel = elsewhere.addChannel({ name: 'general' });
    discord.fault({ ...FOLLOW_UP, times: 2, answer: 'lose-answer' });
    const { card, untilDone } = await askForSong(channel);
    const listIds = (label: string) =>
      card.buttons.filter((button) => button.label === label).map(({ customId }) => customId ?? '');
    await passTimeUntil(() => listIds('It is there').length === 2, 'two questions');
    const [first = '', second = ''] = listIds('It is there');
    anna.press(card, { customId: first });
    await discord.until(() => listIds('It is there').length === 1, { what: 'one question less' });
    expect(listIds('It is there')).toEqual([second]);
    anna.press(card, { customId: second });
    await untilDone();
    expectOncePerClip(channel);
  });

  it('goes on with the second part of stems after "It is there"', async () => {
    const { anna, discord, musicApi } = world;
    const elsewhere = discord.addGuild({ name: 'Elsewhere 5', installed: false });
    elsewhere.addMember(anna.user);
    const channel = elsewhere.addChannel({ name: 'general' });
    const clip = musicApi.tasks[0]?.clips[0]?.clipId;
    discord.fault({ ...FOLLOW_UP, answer: 'lose-answer' });
    const card = await anna.command(channel, 'stems', { clip, kind: 'full' }).reply();
    await passTimeUntil(() => hasButton(card, 'It is there'), 'the question');
    anna.press(card, 'It is there');
    await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
    const parts = discord.messages(channel).filter(({ attachments }) => attachments.length > 0);
    expect(parts.map(({ attachments }) => attachments.length)).toEqual([10, 2]);
    expect(parts.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  });
});
