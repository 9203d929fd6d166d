import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { FULL_STEMS } from '../../sandbox/musicapi/synth/parts.ts';
import { MIB, paddedMp3, serveAudioOf } from '../support/audio.ts';
import { closeInOrder } from '../support/in-order.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let clipId: string;
beforeAll(async () => {
  world = await startWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    discord: { rateLimits: NO_RATE_LIMITS },
    graceMs: 100,
  });
  world.anna.command(world.channel, 'create', { prompt: 'a song about trees' });
  await world.untilClipCards(2);
  clipId = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => closeInOrder(world));

const partsIn = (channel: Channel): readonly Message[] =>
  world.discord.messages(channel).filter(({ attachments }) => attachments.length > 0);
const namesOf = (message: Message) =>
  message.attachments.map(({ title, name }) => title ?? name.replace('.mp3', ''));

it('posts twelve stems as two messages, in order, with one mention and a card that links to both', async () => {
  const { anna, discord, guild } = world;
  const channel = guild.addChannel({ name: 'twelve' });
  const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'full' }).reply();
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  const parts = partsIn(channel);
  expect(parts.map(namesOf)).toEqual([FULL_STEMS.slice(0, 10), FULL_STEMS.slice(10)]);
  expect(parts.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  expect(parts[1]?.silent).toBe(true);
  for (const part of parts) expect(card.text).toContain(part.link);
});

it('splits stems where a message would be larger than 25 MiB', async () => {
  const { anna, discord, guild, musicApi } = world;
  const channel = guild.addChannel({ name: 'large' });
  serveAudioOf(musicApi, 9 * MIB);
  const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'basic' }).reply();
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  expect(partsIn(channel).map(namesOf)).toEqual([
    ['Vocals', 'Drums'],
    ['Bass', 'Other'],
  ]);
});

it('attaches the stems that fit and links to the one that does not', async () => {
  const { anna, discord, guild, musicApi } = world;
  const channel = guild.addChannel({ name: 'one-too-large' });
  musicApi.nextTask('never');
  const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'basic' }).reply();
  await discord.until(() => card.text.includes('Being made'));
  const task = musicApi.tasks.at(-1);
  const body = paddedMp3(11 * MIB);
  const path = new RegExp(`^/media/${task?.clips[1]?.clipId}`);
  musicApi.fault({ path, times: 'all', answer: { status: 200, body, contentType: 'audio/mpeg' } });
  musicApi.setTask(task?.taskId ?? '', []);
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  const [message] = partsIn(channel);
  expect(message && namesOf(message)).toEqual(['Vocals', 'Bass', 'Other']);
  expect(message?.text).toContain('The file is too large to attach here.');
  expect(message?.text).toMatch(/Download \[Drums\]/);
});

it('goes on with the second part after a cut between the two', async () => {
  const { anna, discord, guild, musicApi } = world;
  const channel = guild.addChannel({ name: 'cut' });
  musicApi.nextTask('never');
  const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'full' }).reply();
  await discord.until(() => card.text.includes('Being made'));
  const task = musicApi.tasks.at(-1);
  musicApi.fault({ path: new RegExp(`^/media/${task?.clips[10]?.clipId}`), answer: 'hang' });
  musicApi.setTask(task?.taskId ?? '', []);
  await discord.until(() => partsIn(channel).length === 1, { what: 'the first part' });
  await world.stopBot();
  expect(partsIn(channel)).toHaveLength(1);
  await world.startBot();
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  expect(partsIn(channel).map(namesOf)).toEqual([FULL_STEMS.slice(0, 10), FULL_STEMS.slice(10)]);
});
