import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messages, useCommand } from './acts.ts';
import { type BrowserWorld, startBrowserWorld } from './browser-world.ts';

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

    await messages(mona, 'Waiting').getByRole('button', { name: 'Cancel' }).click();
    await messages(anna, 'Waiting').getByText('Cancelled').waitFor();
    expect(await messages(anna, 'or a moderator').count()).toBe(0);
    expect(await messages(mona, 'or a moderator').count()).toBe(0);
  });
});
