import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import { listPosts, openChannel, readAccounts, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
let channel: Channel;
let count = 0;

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '120' } });
});
beforeEach(() => {
  count += 1;
  channel = openChannel(world, `batch-${count}`);
});
afterEach(() => world.musicApi.clearFaults());
afterAll(() => world.close());

/** Somebody who has spent nothing yet. */
function invite(name: string): TestWorld['anna'] {
  const user = world.discord.addUser({ name });
  world.guild.addMember(user);
  return world.discord.as(user);
}

/** State and charge of every task of a prompt, oldest first. The bot runs again afterwards. */
async function settle(prompt: string) {
  await world.stopBot();
  const store = await world.openStore();
  const accounts = await readAccounts(store);
  await store.close();
  await world.startBot();
  const own = accounts.filter(({ task }) => task.request.prompt === prompt);
  return own.map(({ task, sums }) => [task.state, sums.charged, sums.reserved]);
}

const statusCards = () =>
  world.discord.messages(channel).filter(({ buttons }) => !buttons.some(({ label }) => label === 'Extend'));

describe('/batch', () => {
  it('makes as many songs as asked for, each with the same request, with one card for all', async () => {
    const prompt = 'three ships';
    const options = { prompt, count: 3, tags: 'shanty', model: 'sonic-v6-mini' };
    const card = await invite('Cleo').command(channel, 'batch', options).reply();
    expect(card.ephemeral).toBe(false);
    const songs = await world.untilClipCards(6, channel);
    for (const { link } of songs) await untilSays(world, card, link);
    expect(card.text).toContain('3 songs: 3 done.');
    // Whoever asked for several is notified once.
    expect(songs.filter(({ pinged, silent }) => pinged.length > 0 || !silent)).toHaveLength(1);
    const body = {
      task_type: 'create_music',
      mv: 'sonic-v6-mini',
      use_suno_cdn: false,
      custom_mode: true,
      auto_lyrics: true,
      prompt,
      tags: 'shanty',
    };
    expect(listPosts(world, prompt).map((post) => post.body)).toEqual([body, body, body]);
    expect(card.text).toContain('Price: 60 credits');
    expect(statusCards()).toHaveLength(1);
    const charged = ['succeeded', 20, 0];
    expect(await settle(prompt)).toEqual([charged, charged, charged]);
  });

  it('is made whole or not at all: a budget for some of it is none', async () => {
    const prompt = 'seven hills';
    const dora = invite('Dora');
    const sent = dora.command(channel, 'batch', { prompt, count: 7 });
    const refusal = await untilPrivate(world, sent);
    expect(refusal.text).toContain('0 used, 120 left; this costs 140.');
    expect(statusCards().filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    expect(listPosts(world, prompt)).toEqual([]);
    expect((await dora.command(channel, 'credits').reply()).text).toContain('You: 0 credits of 120 used');
    expect(await settle(prompt)).toEqual([]);
  });

  it('tells all that is wrong with it at once, and sends nothing', async () => {
    const options = { prompt: 'p', count: 2, engine: 'producer', weirdness: 0.5, title: 't'.repeat(81) };
    const posts = listPosts(world).length;
    const sent = invite('Emil').command(channel, 'batch', options);
    const refusal = await sent.reply();
    expect(sent.interaction.state).toBe('message');
    expect(refusal.text).toContain('takes no `weirdness` with the engine producer');
    expect(refusal.text).toContain('at most 80 characters; yours has 81');
    expect(listPosts(world)).toHaveLength(posts);
  });

  it('Cancel gives back what waits, and Stop waiting leaves what is being made', async () => {
    const prompt = 'five winds';
    const fay = invite('Fay');
    // A member has three under way at most.
    for (const _ of [1, 2, 3]) world.musicApi.nextTask('never');
    const card = await fay.command(channel, 'batch', { prompt, count: 5 }).reply();
    await untilSays(world, card, '5 songs: 3 being made, 2 in the queue.');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Cancel', 'Stop waiting']);
    const stranger = await untilPrivate(world, invite('Fred').press(card, 'Cancel'));
    expect(stranger.text).toContain(`Only ${fay.mention}, who asked for this, or a moderator may cancel it.`);
    fay.press(card, 'Cancel');
    await untilSays(world, card, '5 songs: 3 being made, 2 cancelled.');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Stop waiting']);
    fay.press(card, 'Stop waiting');
    await untilSays(world, card, '5 songs: 2 cancelled, 3 not waited for.');
    const stopped = ['abandoned', 20, 0];
    const cancelled = ['cancelled', 0, 0];
    expect((await settle(prompt)).toSorted()).toEqual([stopped, stopped, stopped, cancelled, cancelled]);
    expect(listPosts(world, prompt)).toHaveLength(3);
  });

  it('goes on with the others when one fails or gets no answer, and sends none twice', async () => {
    const prompt = 'three sisters';
    world.musicApi.nextTask('fail');
    world.musicApi.nextTask('never');
    const gil = invite('Gil');
    const card = await gil.command(channel, 'batch', { prompt, count: 3 }).reply();
    await untilSays(world, card, '3 songs: 1 done, 1 being made, 1 not made.');
    await world.untilClipCards(2, channel);
    world.musicApi.fault({ path: /\/sonic\/create$/, answer: 'lose-answer' });
    const other = await gil.command(channel, 'batch', { prompt, count: 2 }).reply();
    await untilSays(world, other, '2 songs: 1 done, 1 not known.');
    expect(other.text).toContain('it is not known whether MusicAPI took it; its 20 credits count as spent');
    expect(other.text).toContain('Try again: a new task for 20 credits.');
    expect(other.buttons.map(({ label }) => label)).toEqual(['Try again']);
    const ends = (await settle(prompt)).toSorted();
    expect(ends).toEqual([
      ['failed', 0, 0],
      ['running', 0, 20],
      ['succeeded', 20, 0],
      ['succeeded', 20, 0],
      ['unknown', 0, 20],
    ]);
    expect(listPosts(world, prompt)).toHaveLength(5);
  });

  it('Try again makes what was not made, as a batch of its own, once', async () => {
    const prompt = 'two bells';
    const refusal = { status: 403, body: { message: 'artist names are not allowed' } };
    world.musicApi.fault({ path: /\/sonic\/create$/, times: 2, answer: refusal });
    const jo = invite('Jo');
    const sent = jo.command(channel, 'batch', { prompt, count: 3, tags: 'bells' });
    const card = await sent.reply();
    await untilSays(world, card, '3 songs: 1 done, 2 not made.');
    expect((await untilPrivate(world, sent)).text).toContain('2 of 3 were not made; nothing was spent');
    await untilSays(world, card, 'Try again: 2 new tasks for 40 credits.');
    const again = await jo.press(card, 'Try again').reply();
    await untilSays(world, again, '2 songs: 2 done.');
    expect(again.text).toContain('Price: 40 credits');
    await world.discord.until(() => card.buttons.length === 0, { what: 'the button to be gone' });
    const bodies = listPosts(world, prompt).map((post) => post.body);
    expect(bodies).toHaveLength(5);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    const ends = (await settle(prompt)).toSorted();
    const charged = ['succeeded', 20, 0];
    expect(ends).toEqual([['failed', 0, 0], ['failed', 0, 0], charged, charged, charged]);
  });

  it('survives a restart while some of it waits', async () => {
    const prompt = 'four lamps';
    const card = await invite('Hal').command(channel, 'batch', { prompt, count: 4 }).reply();
    await world.stopBot();
    await world.startBot();
    for (const { link } of await world.untilClipCards(8, channel)) await untilSays(world, card, link);
    expect(card.text).toContain('4 songs: 4 done.');
    expect(listPosts(world, prompt)).toHaveLength(4);
  });

  it('offers models and takes from 2 to 10', async () => {
    const ida = invite('Ida');
    const choices = await ida.autocomplete(channel, 'batch', { prompt: 'p', count: 2 }, 'model');
    expect(choices.map(({ value }) => value)).toEqual(['sonic-v6', 'sonic-v6-wild', 'sonic-v6-mini']);
    for (const wrong of [1, 11]) {
      expect(() => ida.command(channel, 'batch', { prompt: 'p', count: wrong })).toThrow(/count/);
    }
  });
});
