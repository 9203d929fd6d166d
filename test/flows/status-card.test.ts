import { afterEach, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

let world: TestWorld;
afterEach(() => world.close());

it('edits a card for progress at most every five seconds', async () => {
  world = await startWorld();
  const { anna, channel, discord, musicApi } = world;
  musicApi.nextTask('never');
  const card = await anna.command(channel, 'create', { prompt: 'a song about waiting' }).reply();
  await discord.until(() => card.text.includes('Listen now'), { what: 'a running task' });
  const from = discord.requests.length;
  const listEdits = () => discord.requests.slice(from).filter(({ method }) => method === 'PATCH');
  await vi.waitFor(
    () => {
      world.advance(200);
      expect(listEdits().length).toBeGreaterThanOrEqual(3);
    },
    { ...PATIENCE, interval: 40 },
  );
  const times = listEdits().map(({ receivedAt }) => receivedAt);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(5 * SECOND_MS);
});

it('waits as long as Discord wants with a card that is too old, and delivers meanwhile', async () => {
  world = await startWorld({ discord: { oldEdits: 1, rateLimits: NO_RATE_LIMITS } });
  const { anna, channel, discord, musicApi, log } = world;
  musicApi.nextTask('never');
  const card = await anna.command(channel, 'create', { prompt: 'a song about ages' }).reply();
  await discord.until(() => card.text.includes('Being made'));
  world.advance(61 * MINUTE_MS);
  const dm = discord.openDm(anna.user);
  const word = await discord.until(() => discord.messages(dm)[0], { what: 'a word' });
  expect(word.text).toContain('MusicAPI has not finished this in 1:01:');
  musicApi.setTask(musicApi.tasks[0]?.taskId ?? '', []);
  world.advance(30 * MINUTE_MS);
  const clips = await world.untilClipCards(2);
  expect(clips[0]?.pinged).toEqual([anna.user.id]);
  await vi.waitFor(() => expect(log.some(({ msg }) => msg === 'card not edited')).toBe(true), PATIENCE);
  expect(card.text).not.toContain('Done');

  world.advance(61 * MINUTE_MS);
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  expect(discord.messages(dm)).toHaveLength(1);
});

it('answers what was said while the gateway was away, and loses no task', async () => {
  world = await startWorld({ discord: { rateLimits: NO_RATE_LIMITS } });
  const { anna, ben, channel, discord, musicApi, log } = world;
  musicApi.nextTask('never');
  const card = await anna.command(channel, 'create', { prompt: 'a song about tunnels' }).reply();
  await discord.until(() => card.text.includes('Being made'));
  discord.disconnect();
  const asked = ben.command(channel, 'tasks');
  musicApi.setTask(musicApi.tasks[0]?.taskId ?? '', []);
  const answer = await asked.reply();
  expect(answer.ephemeral).toBe(true);
  await world.untilClipCards(2);
  await discord.until(() => card.text.startsWith('Done'), { what: 'the card to be done' });
  expect(log.some(({ msg }) => msg === 'shard resumed')).toBe(true);
  expect(musicApi.tasks).toHaveLength(1);
});
