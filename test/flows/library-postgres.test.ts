import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { openChannel } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

describe('the library on PostgreSQL', () => {
  let database: TestDatabase;
  let world: TestWorld;

  beforeAll(async () => {
    database = await createPostgresDatabase();
    world = await startQuickWorld({
      env: { DATABASE_URL: database.databaseUrl, BUDGET_MEMBER_DAY: 'unlimited' },
    });
  });
  afterAll(async () => {
    await world.close();
    await database.remove();
  });

  it('finds, shows and loves songs, and knows their families', async () => {
    const { anna, ben, channel, musicApi } = world;
    anna.command(channel, 'create', { prompt: 'waves', title: 'Harbour', tags: 'shanty' });
    const [first] = (await world.untilClipCards(2)) as [Message, Message];
    const clip = musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    ben.command(channel, 'cover', { clip, title: 'Quay' });
    await world.untilClipCards(4);
    await expect.poll(() => first.text).toContain('Led to: [Cover: Quay');

    const choices = await ben.autocomplete(channel, 'clip show', { clip: 'HARB shan' }, 'clip');
    expect(choices.map(({ name }) => name.split(' · ')[1])).toEqual(['take 1', 'take 2']);
    const list = await ben.command(channel, 'library', { search: 'quay' }).reply();
    expect(list.embeds[0]?.description?.match(/Quay/g)).toHaveLength(2);
    const shown = await ben.press(list, '1️⃣').reply();
    await ben.press(shown, '❤️').reply();
    expect(shown.button('❤️').label).toBe('1');
    const favourites = await ben.command(channel, 'library', { favourites: true }).reply();
    expect(favourites.embeds[0]?.description).toMatch(/^1️⃣ \[Quay\]\(\S+\) · take 1 .* · ❤️ 1 heart$/);

    const place = openChannel(world, 'shown');
    const card = await anna.command(place, 'clip show', { clip }).reply();
    expect((await card.file()).equals(await first.file())).toBe(true);
    const tree = await anna.command(place, 'clip tree', { clip }).reply();
    expect(tree.embeds[0]?.description?.split('\n')).toHaveLength(3);
  });
});
