import { afterEach, expect, it } from 'vitest';
import { CLIP_BUTTONS, startWorld, type TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

it('posts two songs for one /create', async () => {
  world = await startWorld();
  const { anna, channel, discord, musicApi } = world;
  const sent = anna.command(channel, 'create', { prompt: 'a song about the sea' });
  const card = await sent.reply();
  const cards = await world.untilClipCards(2);
  for (const clip of cards) {
    expect(clip.buttons.map(({ label }) => label).slice(0, 4)).toEqual([...CLIP_BUTTONS]);
    expect(clip.attachments).toHaveLength(1);
    expect(clip.attachments[0]?.title).toMatch(/^.+ - take [12]$/);
  }
  expect(musicApi.tasks).toHaveLength(1);
  expect(cards.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
  await discord.until(() => card.text.startsWith('Done'));
});
