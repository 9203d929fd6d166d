import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listPosts, openChannel, readAccount, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ env: { TASK_DEADLINE_MINUTES: '5' } });
});
afterAll(() => world.close());

async function ask(prompt: string) {
  const channel = openChannel(world, prompt);
  const card = await world.anna.command(channel, 'create', { prompt }).reply();
  return { prompt, channel, card };
}

function listNews() {
  return world.log.flatMap(({ msg }) =>
    /^MusicAPI (does not answer|answers again)/.test(msg ?? '') ? [msg] : [],
  );
}

it('an outage of MusicAPI is said on the cards, sends nothing, ends nothing, and passes', async () => {
  const running = [];
  for (const prompt of ['first', 'second']) {
    world.musicApi.nextTask({ kind: 'slow', factor: 50 });
    running.push(await ask(prompt));
  }
  for (const { card } of running) await untilSays(world, card, 'Being made.');

  world.musicApi.fault({ path: /^\/api\/v1\//, times: 'all', answer: 'html' });
  for (const { card } of running) {
    await untilSays(world, card, 'MusicAPI is not answering at the moment. Nothing is lost');
  }
  const queued = await ask('third');
  await untilSays(world, queued.card, 'This is sent as soon as it answers again. Nothing was spent');
  expect(queued.card.buttons.map(({ label }) => label)).toEqual(['Cancel']);
  const before = world.musicApi.requests.length;
  // Longer than a task may take, and shorter than the cards can be edited.
  world.advance(10 * 60_000);
  await vi.waitUntil(() => world.musicApi.requests.length > before, PATIENCE);
  for (const { card } of running) expect(card.text).toContain('MusicAPI is not answering');
  expect(listPosts(world, 'third')).toEqual([]);
  expect(listNews()).toHaveLength(1);

  world.musicApi.clearFaults();
  const all = [...running, queued];
  for (const { channel, card } of all) {
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
  }
  expect(listNews()).toHaveLength(2);
  await world.stopBot();
  for (const { prompt } of all) {
    expect(listPosts(world, prompt)).toHaveLength(1);
    expect(await readAccount(world, prompt)).toMatchObject({ sums: { reserved: 0, charged: 20 } });
  }
});
