import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messages, useCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';
import { hasFocus } from './elements.ts';

let world: BrowserWorld;
beforeAll(async () => {
  // After the first song the next one waits in the queue for as long as the tests take.
  world = await startBrowserWorld({ env: { SUBMIT_INTERVAL_MS: '600000' } });
});
afterEach(async () => expect(await world.leave()).toEqual([]));
afterAll(() => world.close());

describe('a song in the queue', () => {
  it('is cancelled by whoever asked for it or by a moderator, and by nobody else', async () => {
    const [anna, ben, mona] = [
      await world.open(),
      await world.open({ as: 'Ben' }),
      await world.open({ as: 'Mona' }),
    ];
    await useCommand(anna, 'create', { prompt: 'the first one', title: 'First' });
    await useCommand(anna, 'create', { prompt: 'one that waits', title: 'Waiting' });

    await messages(ben, 'Waiting').getByRole('button', { name: 'Cancel' }).click();
    const refusal = messages(ben, 'or a moderator');
    await refusal.getByText('Only you can see this').waitFor();
    expect(await refusal.innerText()).toContain('Anna');

    const card = messages(anna, 'Waiting');
    await card.getByRole('button', { name: 'Cancel' }).focus();
    await messages(mona, 'Waiting').getByRole('button', { name: 'Cancel' }).click();
    await card.getByText('Cancelled').waitFor();
    // The button that had the focus is gone: the card has it now, and not nobody.
    expect(await card.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    await expect.poll(() => card.evaluate(hasFocus)).toBe(true);
    expect(await messages(anna, 'or a moderator').count()).toBe(0);
    expect(await messages(mona, 'or a moderator').count()).toBe(0);
  });
});
