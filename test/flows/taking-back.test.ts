import { afterEach, describe, expect, it } from 'vitest';
import { listPosts, readAccount, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

describe('Cancel', () => {
  it('costs nothing while the request waits, for the requester and for moderators', async () => {
    world = await startQuickWorld({ env: { SUBMIT_INTERVAL_MS: '600000' } });
    const { anna, ben, mod, channel } = world;
    await anna.command(channel, 'create', { prompt: 'goes first' }).reply();
    await world.untilClipCards(2);
    const mine = await anna.command(channel, 'create', { prompt: 'regretted' }).reply();
    const other = await anna.command(channel, 'create', { prompt: 'moderated' }).reply();
    await untilSays(world, mine, 'Place 1 in the queue');
    await untilSays(world, other, 'Place 2 in the queue');
    expect(mine.buttons.map(({ label }) => label)).toEqual(['Cancel']);

    const refusal = await ben.press(mine, 'Cancel').reply();
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toBe(`Only ${anna.mention}, who asked for this, or a moderator may cancel it.`);
    expect(refusal.pinged).toEqual([]);
    expect(mine.buttons.map(({ label }) => label)).toEqual(['Cancel']);

    anna.press(mine, 'Cancel');
    await untilSays(world, mine, `Cancelled by ${anna.mention}`);
    expect(mine.text).toContain('Nothing was spent.');
    expect(mine.buttons).toEqual([]);
    // A place is progress, which is shown every few seconds at most.
    world.advance(30_000);
    await untilSays(world, other, 'Place 1 in the queue');
    mod.press(other, 'Cancel');
    await untilSays(world, other, `Cancelled by ${mod.mention}`);
    expect((await anna.command(channel, 'credits').reply()).text).toContain('You: 20 credits of 200 used');
    world.advance(600_000);
    await anna.command(channel, 'create', { prompt: 'comes next' }).reply();
    await world.discord.until(() => listPosts(world).length === 2);
    expect(listPosts(world, 'regretted')).toEqual([]);
    expect(listPosts(world, 'moderated')).toEqual([]);
    await world.stopBot();
    const { task, sums } = await readAccount(world, 'regretted');
    expect(task.state).toBe('cancelled');
    expect(sums).toEqual({ reserved: 0, charged: 0 });
  });

  it('comes too late when the request is being made, and says so privately', async () => {
    world = await startQuickWorld({ env: { SUBMIT_INTERVAL_MS: '600000' } });
    const { anna, channel, musicApi } = world;
    musicApi.nextTask('never');
    await anna.command(channel, 'create', { prompt: 'goes first' }).reply();
    await world.discord.until(() => musicApi.tasks.length === 1);
    musicApi.nextTask('never');
    await anna.command(channel, 'create', { prompt: 'waits' }).reply();
    // The list is private, so nobody keeps it up to date: its buttons may be behind.
    const list = await anna.command(channel, 'tasks').reply();
    const [, waiting] = list.buttons;
    expect(waiting?.label).toBe('Cancel');
    world.advance(600_000);
    await world.discord.until(() => musicApi.tasks.length === 2);
    await world.discord.until(() =>
      world.discord.messages(channel).some(({ text }) => text.includes('0:00 so far')),
    );
    const sent = anna.press(list, { customId: waiting?.customId ?? '' });
    await world.discord.until(() => sent.followUps.length > 0);
    expect(sent.followUps[0]?.ephemeral).toBe(true);
    expect(sent.followUps[0]?.text).toContain('cannot be taken back');
  });
});

describe('Stop waiting', () => {
  it('leaves the credits spent, and the song comes silently into the library', async () => {
    world = await startQuickWorld();
    const { anna, ben, channel, musicApi } = world;
    musicApi.nextTask({ kind: 'slow', factor: 1_000 });
    const card = await anna
      .command(channel, 'create', { prompt: 'takes its time', title: 'Patience' })
      .reply();
    await untilSays(world, card, 'Being made.');
    await untilSays(world, card, '20 credits stay spent; the song will be in /library.');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Stop waiting']);
    const refusal = await ben.press(card, 'Stop waiting').reply();
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toContain('or a moderator may stop waiting for it');

    anna.press(card, 'Stop waiting');
    await untilSays(world, card, `${anna.mention} stopped waiting: Create: Patience.`);
    expect(card.text).toContain('20 credits stay spent; the song will be in /library.');
    expect(card.buttons).toEqual([]);
    expect((await anna.command(channel, 'tasks').reply()).text).toContain('no open tasks');
    expect((await anna.command(channel, 'credits').reply()).text).toContain('You: 20 credits of 200 used');
    const messages = world.discord.messages(channel).length;
    musicApi.setTask(musicApi.tasks[0]?.taskId ?? '', []);
    const clipId = musicApi.tasks[0]?.clips[0]?.clipId;
    await untilOffered('patience', 2);
    expect(await ben.autocomplete(channel, 'extend', { clip: 'patience' }, 'clip')).toEqual([]);
    expect(world.discord.messages(channel)).toHaveLength(messages);
    await untilSays(world, card, 'Done. It is in /library.');
    // It is a song like any other, for the one who paid for it.
    const extension = await anna.command(channel, 'extend', { clip: clipId ?? '', at: '1' }).reply();
    expect(extension.ephemeral).toBe(false);
    await world.untilClipCards(2);
    await world.stopBot();
    const { task, sums } = await readAccount(world, 'takes its time');
    expect(task.state).toBe('succeeded');
    expect(sums).toEqual({ reserved: 0, charged: 20 });

    async function untilOffered(clip: string, count: number) {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const offered = await anna.autocomplete(channel, 'extend', { clip }, 'clip');
        if (offered.length === count) return;
        if (Date.now() > deadline) throw new Error(`offered: ${JSON.stringify(offered)}`);
        world.advance(15_000);
      }
    }
  });
});

describe('/tasks', () => {
  it('lists what is open, with a button for each', async () => {
    world = await startQuickWorld({ env: { SUBMIT_INTERVAL_MS: '600000' } });
    const { anna, ben, channel, musicApi } = world;
    musicApi.nextTask('never');
    const running = await anna.command(channel, 'create', { prompt: 'one', title: 'First' }).reply();
    await untilSays(world, running, 'Being made.');
    const queued = await anna.command(channel, 'create', { prompt: 'two', title: 'Second *x*' }).reply();
    await ben.command(channel, 'create', { prompt: 'three', title: 'Not hers' }).reply();
    const list = await anna.command(channel, 'tasks').reply();
    expect(list.ephemeral).toBe(true);
    expect(list.text).toContain(`[Create: First](${running.link}), being made`);
    expect(list.text).toContain(`[Create: Second \\*x\\*](${queued.link}), place `);
    expect(list.text).not.toContain('Not hers');
    expect(list.buttons.map(({ label }) => label)).toEqual(['Stop waiting', 'Cancel']);
    anna.press(list, 'Cancel');
    await untilSays(world, queued, 'Cancelled by');
    await world.discord.until(() => !list.text.includes('Second'));
    expect(list.buttons.map(({ label }) => label)).toEqual(['Stop waiting']);
    anna.press(list, 'Stop waiting');
    await untilSays(world, running, 'stopped waiting');
    await untilSays(world, list, 'no open tasks');
    expect(list.buttons).toEqual([]);
  });

  it('tells nobody else, and shows more than five without buttons', async () => {
    world = await startQuickWorld({
      env: { SUBMIT_INTERVAL_MS: '600000', BUDGET_MEMBER_DAY: 'unlimited' },
    });
    const { anna, channel } = world;
    await anna.command(channel, 'create', { prompt: 'the first goes' }).reply();
    for (let index = 0; index < 12; index++) {
      const title = '\u{1F3B8}*_'.repeat(20);
      await anna.command(channel, 'create', { prompt: `song ${index}`, title }).reply();
    }
    const list = await anna.command(channel, 'tasks').reply();
    expect(list.text).toContain('Your open tasks:');
    expect(list.buttons).toHaveLength(5);
    expect(list.text).toMatch(/and \d more$/);
  });
});
