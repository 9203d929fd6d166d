import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSong } from '../support/make-song.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld();
});
afterAll(() => world.close());

it('keeps the card of a task that was taken, though the buttons of its question cannot be removed', async () => {
  const { anna, discord, musicApi } = world;
  const { cards } = await makeSong(world, 'salt');
  const question = await anna.press(cards[0], 'Stems').reply();
  discord.fault({ method: 'PATCH', route: new RegExp(`/messages/${question.id}$`), answer: { status: 500 } });
  const card = await anna.press(question, 'Basic').reply();
  await discord.until(() => card.text.startsWith('Done'), { what: 'the stems' });
  expect(card.deleted).toBe(false);
  expect(musicApi.tasks.filter(({ operation }) => operation.startsWith('stems'))).toHaveLength(1);
});
