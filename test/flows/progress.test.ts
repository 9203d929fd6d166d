import { afterEach, describe, expect, it } from 'vitest';
import { untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: TestWorld;
afterEach(() => world.close());

describe('the status card', () => {
  it('follows a request from the queue to its end', async () => {
    world = await startQuickWorld({ env: { SUBMIT_INTERVAL_MS: String(10 * MINUTE_MS) } });
    const { anna, channel, musicApi } = world;
    for (const prompt of ['the first one', 'the one before']) {
      musicApi.nextTask('never');
      await anna.command(channel, 'create', { prompt }).reply();
    }
    musicApi.nextTask({ kind: 'slow', factor: 100_000 });
    const card = await anna
      .command(channel, 'create', {
        prompt: 'a slow waltz',
        tags: 'waltz',
        title: 'Slowly',
        vocals: 'female',
        duration: '2:00',
        model: 'sonic-v6-wild',
        avoid: 'drums',
        'style-weight': 0.4,
      })
      .reply();
    await untilSays(world, card, 'Place 2 in the queue, waiting for 0:00.');
    for (const words of [
      'Create: Slowly',
      'Prompt: a slow waltz',
      'Tags: waltz',
      'female voice, about 2:00, style weight 0.4, sonic-v6-wild, without drums',
      'Price: 20 credits',
      `For: ${anna.mention}`,
    ]) {
      expect(card.text).toContain(words);
    }
    expect(card.text).toMatch(/Done in about (?:21|22):\d\d\./);
    world.advance(9 * MINUTE_MS);
    await untilSays(world, card, 'waiting for 9:0');
    world.advance(MINUTE_MS);
    await world.discord.until(() => musicApi.tasks.length === 2);
    // A place is progress, and that is shown now and then only.
    world.advance(2 * MINUTE_MS);
    await untilSays(world, card, 'Place 1 in the queue');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Cancel']);

    world.advance(10 * MINUTE_MS);
    await untilSays(world, card, 'Being made.');
    expect(card.text).toContain('▱▱▱▱▱▱▱▱▱▱ 0% done');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Stop waiting']);
    world.advance(MINUTE_MS);
    await untilSays(world, card, '▰▰▰▰▰▱▱▱▱▱ 5');
    expect(card.text).toMatch(/1:0\d so far, about (?:0:5\d|1:00) to go\./);
    world.advance(10 * MINUTE_MS);
    await untilSays(world, card, '95% done');
    expect(card.text).toMatch(/11:0\d so far, longer than usual\./);
    expect(card.pinged).toEqual([]);

    const [, , task] = musicApi.tasks;
    musicApi.setTask(task?.taskId ?? '', []);
    world.advance(MINUTE_MS);
    await world.untilClipCards(2);
    await untilSays(world, card, 'Done: [Slowly, take 1]');
    expect(card.embeds).toEqual([]);
    expect(card.buttons).toEqual([]);
  });

  it('links to the song as soon as it can be heard', async () => {
    world = await startQuickWorld();
    const { anna, channel, musicApi } = world;
    musicApi.nextTask('never');
    const card = await anna.command(channel, 'create', { prompt: 'to be heard early' }).reply();
    await untilSays(world, card, '[Listen now](');
    const address = /\[Listen now\]\((\S+)\)/.exec(card.text)?.[1] ?? '';
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  });

  it('names what is extended, covered or taken apart, with a link', async () => {
    world = await startQuickWorld();
    const { anna, channel, musicApi } = world;
    anna.command(channel, 'create', { prompt: 'the ground', title: 'Ground *floor*' });
    const [song] = await world.untilClipCards(2);
    const clip = musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    const link = `[Ground \\*floor\\*](${song?.link})`;
    for (const [name, options, label] of [
      ['extend', { clip, at: '0:01', lyrics: 'higher\n\n\n\nand higher' }, 'Extend: Ground \\*floor\\*'],
      ['cover', { clip, strength: 0.5, tags: 'punk' }, 'Cover: Ground \\*floor\\*'],
      ['stems', { clip, kind: 'full' }, 'Stems (full): Ground \\*floor\\*'],
    ] as const) {
      musicApi.nextTask('never');
      const card = await anna.command(channel, name, options).reply();
      await untilSays(world, card, 'Being made.');
      expect(card.text).toContain(label);
      expect(card.text).toContain(`From: ${link}`);
      if (name === 'extend') expect(card.text).toContain('Lyrics: higher\n\nand higher');
      if (name === 'cover') expect(card.text).toContain('strength 0.5');
    }
  });
});
