import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskBehaviourInput } from '../../sandbox/musicapi/behaviours.ts';
import type { FaultInput } from '../../sandbox/musicapi/faults.ts';
import { withoutId3 } from '../../src/media/id3.ts';
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

const POLL = { method: 'GET', path: /\/sonic\/task\// } as const;
const MINUTE_MS = 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited', TASK_DEADLINE_MINUTES: '5' },
  });
});
afterAll(async () => {
  await world.close();
});

/** Anna asks for a song in a channel of its own; its polls or its task misbehave. */
async function ask(
  prompt: string,
  { fault, task }: { fault?: Omit<FaultInput, 'method' | 'path'>; task?: TaskBehaviourInput } = {},
) {
  if (task) world.musicApi.nextTask(task);
  if (fault) world.musicApi.fault({ ...POLL, ...fault });
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const sent = world.anna.command(channel, 'create', { prompt });
  return { channel, sent, card: await sent.reply() };
}

function findProviderTask(prompt: string) {
  const task = world.musicApi.tasks.find(({ body }) => JSON.stringify(body).includes(prompt));
  if (!task) throw new Error(`MusicAPI has no task "${prompt}"`);
  return task;
}

async function expectLedger(expected: Readonly<Record<string, { state: string; charged: number }>>) {
  await world.stopBot();
  for (const [prompt, { state, charged }] of Object.entries(expected)) {
    expect(await readAccount(world, prompt)).toMatchObject({
      task: { state },
      sums: { reserved: 0, charged },
    });
  }
  await world.startBot();
}

describe('a poll that says nothing', () => {
  const answers: { name: string; answer: FaultInput['answer'] }[] = [
    { name: '502', answer: 'html' },
    { name: 'a reset', answer: 'reset' },
    { name: 'a web page with 200', answer: { status: 200, body: '<html></html>', contentType: 'text/html' } },
    { name: 'an empty 200', answer: 'empty' },
    { name: 'a refused key', answer: { status: 401, body: { error: 'Unauthorized. Invalid API key.' } } },
    { name: 'task not found', answer: { status: 400, body: { error: 'task not found.' } } },
    { name: 'a 500 without a type', answer: { status: 500, body: { error: 'Internal Server Error.' } } },
    {
      name: 'a 200 without clips',
      answer: { status: 200, body: { code: 200, data: [], message: 'success' } },
    },
  ];
  it('is not the end of a task, whatever it is', async () => {
    const asked = [];
    for (const { name, answer } of answers) {
      asked.push({ name, ...(await ask(`answered with ${name}`, { fault: { answer } })) });
    }
    for (const { name, card, channel, sent } of asked) {
      const clips = await world.untilClipCards(2, channel);
      expect(clips.map(({ pinged }) => pinged)).toEqual([[world.anna.user.id], []]);
      await untilSays(world, card, 'Done:');
      expect(listPrivate(sent)).toEqual([]);
      expect(listPosts(world, `answered with ${name}"`)).toHaveLength(1);
    }
    const met = new Set(world.musicApi.requests.flatMap(({ fault }) => fault ?? []));
    expect(met.size).toBe(answers.length);
  });

  it('does not hold up other tasks while it hangs; the next start looks again at once', async () => {
    const hanging = await ask('hanging', { fault: { answer: 'hang' } });
    await world.discord.until(() => world.musicApi.requests.some(({ fault, status }) => fault && !status));
    const other = await ask('not hanging');
    await world.untilClipCards(2, other.channel);
    expect(world.clipCards(hanging.channel)).toEqual([]);
    await world.stopBot();
    await world.startBot();
    await world.untilClipCards(2, hanging.channel);
    expect(listPosts(world, '"hanging"')).toHaveLength(1);
  });
});

describe('a result', () => {
  it('in a state that nobody knows is followed on', async () => {
    const { channel } = await ask('unknown state', { task: 'unknown-state' });
    await world.untilClipCards(2, channel);
    expect(world.log.some(({ cause }) => cause === 'unrecognised state mastering')).toBe(true);
  });

  it('of which one clip is ready is not posted before the other one is ready, but can be listened to', async () => {
    const { card, channel } = await ask('half ready', { task: { kind: 'slow', factor: 100 } });
    await untilSays(world, card, 'Being made');
    world.advance(35_000);
    await untilSays(world, card, 'Listen now');
    expect(world.clipCards(channel)).toEqual([]);
    world.advance(10_000);
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
  });

  it('of which one clip failed is one song, and paid', async () => {
    const { card, channel } = await ask('one of two', { task: 'half' });
    await untilSays(world, card, 'Done:');
    expect(world.clipCards(channel)).toHaveLength(1);
    await expectLedger({ 'one of two': { state: 'succeeded', charged: 20 } });
  });

  it('of which every clip failed is a failure, and paid back', async () => {
    const data = ['one', 'two'].map((clip_id) => ({
      clip_id,
      state: 'failed',
      error: 'Clip generation failed.',
    }));
    const { card, channel, sent } = await ask('none of two', {
      fault: { answer: { status: 200, body: { code: 200, data, message: 'success' } } },
    });
    await untilSays(world, card, 'Not made. Nothing was spent.');
    expectReference(world, await untilPrivate(world, sent));
    expect(world.clipCards(channel)).toEqual([]);
    await expectLedger({ 'none of two': { state: 'failed', charged: 0 } });
  });
});

describe('clips that MusicAPI names more than once', () => {
  it('are posted once where one answer names them twice, and again for another task', async () => {
    const first = await ask('named first');
    const made = await world.untilClipCards(2, first.channel);
    const one = findProviderTask('named first').clips[0];
    if (!one) throw new Error('MusicAPI made no clip');
    const clip = {
      clip_id: one.clipId,
      state: 'succeeded',
      title: one.title,
      audio_url: `http://${world.musicApi.host}/media/${one.clipId}.mp3`,
    };
    const { card, channel } = await ask('named again', {
      fault: { answer: { status: 200, body: { code: 200, data: [clip, clip], message: 'success' } } },
    });
    await untilSays(world, card, 'Done:');
    const again = world.clipCards(channel);
    expect(again).toHaveLength(1);
    const [sound, original] = await Promise.all([again[0], made[0]].map((card) => card?.file()));
    expect(sound && withoutId3(sound)).toEqual(original && withoutId3(original));
    expect(again[0]?.pinged).toEqual([world.anna.user.id]);
  });
});

describe('a task that MusicAPI could not make', () => {
  for (const { task, tells } of [
    { task: 'fail', tells: 'could not make it' },
    { task: 'timeout', tells: 'ran out of time' },
  ] as const) {
    it(`is paid back, and the person is told: ${task}`, async () => {
      const prompt = `ends with ${task}`;
      const { card, channel, sent } = await ask(prompt, { task });
      await untilSays(world, card, 'Not made. Nothing was spent.');
      expect(card.text).toContain(tells);
      expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
      const word = await untilPrivate(world, sent);
      expect(word.text).toContain(tells);
      expectReference(world, word);
      expect(world.clipCards(channel)).toEqual([]);
      expect(listPosts(world, prompt)).toHaveLength(1);
      await expectLedger({ [prompt]: { state: 'failed', charged: 0 } });
    });
  }
});

describe('a task that never ends', () => {
  it('expires with a word; a late result is still posted, long after the token of the request is dead', async () => {
    const prompt = 'late but good';
    const { card, channel, sent } = await ask(prompt, { task: 'never' });
    await untilSays(world, card, 'Being made');
    world.advance(5 * MINUTE_MS);
    await untilSays(world, card, 'MusicAPI has not finished this in 5:0');
    expect(card.text).toContain('what comes late is still posted');
    const word = await untilPrivate(world, sent);
    expectReference(world, word);
    await expectLedger({ [prompt]: { state: 'expired', charged: 20 } });
    world.musicApi.setTask(findProviderTask(prompt).taskId, []);
    world.advance(20 * MINUTE_MS);
    const clips = await world.untilClipCards(2, channel);
    expect(clips.map(({ pinged }) => pinged)).toEqual([[world.anna.user.id], []]);
    await untilSays(world, card, 'Done:');
    await expectLedger({ [prompt]: { state: 'succeeded', charged: 20 } });
    expect(listPosts(world, prompt)).toHaveLength(1);
  });

  it('is paid back when it fails after its deadline, with a word by direct message', async () => {
    const prompt = 'late and bad';
    const { card, channel, sent } = await ask(prompt, { task: 'never' });
    await untilSays(world, card, 'Being made');
    world.advance(5 * MINUTE_MS);
    await untilSays(world, card, 'MusicAPI has not finished this');
    await untilPrivate(world, sent);
    world.musicApi.setTask(findProviderTask(prompt).taskId, 'fail');
    world.advance(20 * MINUTE_MS);
    await untilSays(world, card, 'Not made. Nothing was spent.');
    const dm = world.discord.openDm(world.anna.user);
    const word = await world.discord.until(() => world.discord.messages(dm).at(-1));
    expect(word.text).toContain('could not make it');
    expectReference(world, word);
    expect(world.clipCards(channel)).toEqual([]);
    await expectLedger({ [prompt]: { state: 'failed', charged: 0 } });
  });
});
