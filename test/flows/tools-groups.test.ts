import { afterEach, describe, expect, it } from 'vitest';
import { listPosts, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

const RICH = { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' };

describe('/inspect', () => {
  it('shows tempo, voice range and words of a song in one card', async () => {
    world = await startQuickWorld({ env: RICH });
    world.anna.command(world.channel, 'create', { prompt: 'a song about trees', title: 'Trees' });
    await world.untilClipCards(2);
    const clip = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    const card = await world.anna.command(world.channel, 'inspect', { clip }).reply();
    await world.discord.until(() => /BPM/.test(card.text) && /`0:\d\d`/.test(card.text), {
      what: `all of it in "${card.text}"`,
    });
    await untilSays(world, card, 'Voice range: from');
    expect(card.text).toContain('Inspect: Trees');
    expect(card.text).toContain('Price: 3 credits');
    expect(card.buttons).toEqual([]);
    const tools = ['bpm', 'vox', 'aligned-lyrics'].map((name) => `/sonic/${name}`);
    for (const tool of tools)
      expect(listPosts(world).filter(({ path }) => path.endsWith(tool))).toHaveLength(1);
    // Two songs, their status card, and this one.
    expect(world.discord.messages(world.channel)).toHaveLength(4);
  });

  it('shows the rest when one of them is refused, and says why privately', async () => {
    world = await startQuickWorld({ env: RICH });
    world.anna.command(world.channel, 'create', { prompt: 'a song about trees', title: 'Trees' });
    await world.untilClipCards(2);
    const clip = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    const answer = { status: 400, body: { message: 'this clip is not for you' } };
    world.musicApi.fault({ path: /\/sonic\/vox$/, answer });
    const sent = world.anna.command(world.channel, 'inspect', { clip });
    const card = await sent.reply();
    await untilSays(world, card, 'Voice range: Nothing was spent. The reason was sent privately.');
    await untilSays(world, card, 'BPM');
    await world.discord.until(() => sent.followUps.length > 0, { what: 'the reason' });
    expect(sent.followUps.map(({ ephemeral }) => ephemeral)).toEqual([true]);
    expect(sent.followUps[0]?.text).toContain('this clip is not for you');
    expect(sent.followUps[0]?.text).toContain('1 of 3 were not made');
  });
});

describe('/batch', () => {
  it('has one card with a line and links for each song', async () => {
    world = await startQuickWorld({ env: RICH });
    const card = await world.anna.command(world.channel, 'batch', { prompt: 'rivers', count: 3 }).reply();
    const songs = await world.untilClipCards(6);
    await untilSays(world, card, '3 songs: 3 done.');
    await world.discord.until(() => songs.every(({ link }) => card.text.includes(link)), {
      what: 'all links',
    });
    expect(card.text).toContain('Price: 60 credits');
    expect(card.buttons).toEqual([]);
    expect(world.discord.messages(world.channel)).toHaveLength(7);
  });

  it('Cancel takes back what waits and leaves what is being made; Stop waiting leaves that too', async () => {
    world = await startQuickWorld({ env: { ...RICH, SUBMIT_INTERVAL_MS: '600000' } });
    world.musicApi.nextTask('never');
    const card = await world.anna.command(world.channel, 'batch', { prompt: 'rivers', count: 3 }).reply();
    await world.discord.until(() => card.findButton('Stop waiting'), { what: 'one that runs' });
    expect(card.text).toContain('1 being made, 2 in the queue');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Cancel', 'Stop waiting']);
    const refusal = await untilPrivate(world, world.ben.press(card, 'Stop waiting'));
    expect(refusal.text).toContain('or a moderator may stop waiting for it');
    world.anna.press(card, 'Cancel');
    await untilSays(world, card, '1 being made, 2 cancelled');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Stop waiting']);
    world.anna.press(card, 'Stop waiting');
    await untilSays(world, card, '2 cancelled, 1 not waited for');
    expect(card.buttons).toEqual([]);
    expect(listPosts(world)).toHaveLength(1);
  });

  it('goes on after a restart, with the same card', async () => {
    world = await startQuickWorld({ env: RICH });
    world.musicApi.nextTask('never');
    const card = await world.anna.command(world.channel, 'batch', { prompt: 'rivers', count: 2 }).reply();
    await untilSays(world, card, '1 done');
    await world.stopBot();
    const waiting = world.musicApi.tasks[0]?.taskId ?? '';
    world.musicApi.setTask(waiting, []);
    await world.startBot();
    await untilSays(world, card, '2 songs: 2 done.');
    await world.untilClipCards(4);
    expect(listPosts(world)).toHaveLength(2);
  });
});
