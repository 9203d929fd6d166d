/**
 * Mistakes that other generating bots make, each with a test that this one does not. Two more are tests of their
 * own elsewhere: a fixed size limit (upload-sizes) and edits several times a second (status-card).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  listPosts,
  listPrivate,
  openChannel,
  readAccount,
  untilPrivate,
  untilSays,
} from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '60' } });
});
afterAll(async () => {
  await world.close();
});

/** A member who has spent nothing yet. */
function addMember(name: string) {
  const user = world.discord.addUser({ name });
  world.guild.addMember(user);
  return world.discord.as(user);
}

async function restart(env: Record<string, string> = {}) {
  await world.stopBot();
  await world.startBot(env);
}

describe('state in the memory of the process', () => {
  it('is none: buttons that were posted before a restart work after it', async () => {
    const cleo = addMember('Cleo');
    const channel = openChannel(world, 'old-buttons');
    world.musicApi.nextTask({ kind: 'slow', factor: 5_000 });
    const card = await cleo.command(channel, 'create', { prompt: 'old buttons' }).reply();
    await untilSays(world, card, 'Being made');
    await restart();
    cleo.press(card, 'Stop waiting');
    await untilSays(world, card, 'stopped waiting');
    const song = openChannel(world, 'old-song');
    cleo.command(song, 'create', { prompt: 'old song' });
    const [clip] = await world.untilClipCards(2, song);
    if (!clip) throw new Error('no clip card');
    await restart();
    const menu = await cleo.press(clip, 'More').reply();
    expect(menu.ephemeral).toBe(true);
    expect((await cleo.press(clip, 'Extend').modal()).title).toContain('Extend');
  });

  it('is none: a task goes on after a restart, and every further start spends and posts nothing', async () => {
    const dora = addMember('Dora');
    const channel = openChannel(world, 'restarts');
    world.musicApi.nextTask({ kind: 'slow', factor: 10 });
    const card = await dora.command(channel, 'create', { prompt: 'five restarts' }).reply();
    await untilSays(world, card, 'Being made');
    await restart();
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
    const { editedCount } = card;
    for (let starts = 0; starts < 4; starts += 1) await restart();
    expect(listPosts(world, 'five restarts')).toHaveLength(1);
    expect(world.discord.messages(channel)).toHaveLength(3);
    expect(card.editedCount).toBe(editedCount);
  });

  it('is none: a budget that is spent is spent after a restart', async () => {
    const emil = addMember('Emil');
    const channel = openChannel(world, 'spent');
    for (const prompt of ['first of three', 'second of three', 'third of three']) {
      await emil.command(channel, 'create', { prompt }).reply();
    }
    await restart();
    const refusal = await emil.command(channel, 'create', { prompt: 'one too many' }).reply();
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toContain('60 used, 0 left; this costs 20');
    expect(listPosts(world, 'one too many')).toEqual([]);
  });
});

describe('money', () => {
  it('is counted in one step: of ten requests at the same moment only those that fit are taken', async () => {
    const fay = addMember('Fay');
    const channel = openChannel(world, 'at-once');
    const sent = Array.from({ length: 10 }, (_, index) =>
      fay.command(channel, 'create', { prompt: `greedy ${index}` }),
    );
    const replies = await Promise.all(sent.map((one) => one.reply()));
    expect(replies.filter(({ ephemeral }) => ephemeral)).toHaveLength(7);
    await world.untilClipCards(6, channel);
    expect(listPosts(world, 'greedy')).toHaveLength(3);
    const credits = await fay.command(channel, 'credits').reply();
    expect(credits.text).toContain('You: 60 credits of 60 used');
  });

  it('is not given up with the task: a result that comes hours late is still posted', async () => {
    const gus = addMember('Gus');
    const channel = openChannel(world, 'hours-late');
    world.musicApi.nextTask('never');
    const sent = gus.command(channel, 'create', { prompt: 'hours late' });
    const card = await sent.reply();
    await untilSays(world, card, 'Being made');
    world.advance(HOUR_MS);
    await untilSays(world, card, 'MusicAPI has not finished this');
    const task = world.musicApi.tasks.find(({ body }) => JSON.stringify(body).includes('hours late'));
    world.advance(10 * HOUR_MS);
    world.musicApi.setTask(task?.taskId ?? '', []);
    world.advance(2 * HOUR_MS);
    const clips = await world.untilClipCards(2, channel);
    expect(clips.map(({ pinged }) => pinged)).toEqual([[gus.user.id], []]);
    await world.stopBot();
    expect(await readAccount(world, 'hours late')).toMatchObject({
      task: { state: 'succeeded' },
      sums: { reserved: 0, charged: 20 },
    });
    await world.startBot();
  });
});

describe('ids', () => {
  it('are never numbers: a list with an id that only rounds to this server does not allow it', async () => {
    const { id } = world.guild;
    const neighbour = [1n, -1n, 2n]
      .map((step) => String(BigInt(id) + step))
      .find((one) => Number(one) === Number(id));
    expect(neighbour).toBeDefined();
    await restart({ ALLOWED_GUILDS: neighbour ?? '' });
    const reply = await addMember('Hal').command(world.channel, 'create', { prompt: 'rounded' }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('not switched on for this server');
    expect(listPosts(world, 'rounded')).toEqual([]);
    await restart();
  });

  it('are texts of one form: a list with the id of this server allows it', async () => {
    await restart({ ALLOWED_GUILDS: ` 123456789012345678 , ${world.guild.id} ` });
    const channel = openChannel(world, 'listed');
    addMember('Ida').command(channel, 'create', { prompt: 'listed' });
    await world.untilClipCards(2, channel);
    await restart();
  });
});

it('a list of servers that does not name this one denies everything in it, buttons included', async () => {
  const jan = addMember('Jan');
  const channel = openChannel(world, 'denied');
  jan.command(channel, 'create', { prompt: 'before the list' });
  const [clip] = await world.untilClipCards(2, channel);
  if (!clip) throw new Error('no clip card');
  await restart({ ALLOWED_GUILDS: '123456789012345678' });
  for (const sent of [
    jan.command(channel, 'create', { prompt: 'after the list' }),
    jan.command(channel, 'tasks'),
    jan.press(clip, 'Extend'),
    jan.press(clip, 'Stems'),
  ]) {
    const reply = await sent.reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('not switched on for this server');
  }
  expect(listPosts(world, 'after the list')).toEqual([]);
  await restart();
});

it('a button that is not for everybody tells why, privately, and the card stays as it is', async () => {
  const kim = addMember('Kim');
  const lee = addMember('Lee');
  const channel = openChannel(world, 'not-yours');
  world.musicApi.nextTask({ kind: 'slow', factor: 5_000 });
  const card = await kim.command(channel, 'create', { prompt: 'not yours' }).reply();
  await untilSays(world, card, 'Being made');
  const press = lee.press(card, 'Stop waiting');
  const word = await untilPrivate(world, press);
  expect(word.text).toContain(`Only ${kim.mention}`);
  expect(word.pinged).toEqual([]);
  expect(card.text).toContain('Being made');
  kim.press(card, 'Stop waiting');
  await untilSays(world, card, 'stopped waiting');
});

it('a song that is done is a new message with a ping, not an edit that nobody notices', async () => {
  const max = addMember('Max');
  const channel = openChannel(world, 'noticed');
  const sent = max.command(channel, 'create', { prompt: 'noticed' });
  const card = await sent.reply();
  const [first, second] = await world.untilClipCards(2, channel);
  expect(first?.id).not.toBe(card.id);
  expect(first?.pinged).toEqual([max.user.id]);
  expect(first?.silent).toBe(false);
  expect(second?.pinged).toEqual([]);
  expect(second?.silent).toBe(true);
  await untilSays(world, card, 'Done:');
  expect(card.pinged).toEqual([]);
  expect(listPrivate(sent)).toEqual([]);
});

it('a press that comes after its day is over still works: addresses of files are not what it is made from', async () => {
  const nia = addMember('Nia');
  const channel = openChannel(world, 'next-day');
  nia.command(channel, 'create', { prompt: 'next day' });
  const [clip] = await world.untilClipCards(2, channel);
  if (!clip) throw new Error('no clip card');
  world.advance(2 * DAY_MS);
  const modal = await nia.press(clip, 'Cover').modal();
  nia.submit(modal, { Tags: 'waltz' });
  await world.untilClipCards(4, channel);
});
