import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverAccount } from '../../src/store/accounts.ts';
import { listPosts, listPrivate, openChannel } from '../support/evidence.ts';
import { type HouseRules, openHouseRules } from '../support/house-rules.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

/** What `recipe.test.ts` and `song-from.test.ts` tell in full. */
describe('messages as the beginning of songs, on PostgreSQL', () => {
  let world: TestWorld;
  let database: TestDatabase;
  let house: HouseRules;
  beforeAll(async () => {
    database = await createPostgresDatabase();
    world = await startQuickWorld({
      env: {
        DATABASE_URL: database.databaseUrl,
        BUDGET_MEMBER_DAY: 'unlimited',
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      },
    });
    house = await openHouseRules(world);
  });
  afterAll(async () => {
    await house.close();
    await world.close();
    await database.remove();
  });

  it('a draft of what somebody wrote becomes one song, whose file brings it back after a restart', async () => {
    const { anna, ben, discord } = world;
    const studio = openChannel(world, 'studio');
    const draft = await anna
      .messageCommand(ben.say(studio, 'a kite over the dunes'), 'Song from this')
      .reply();
    const presses = [anna.press(draft, 'Create'), anna.press(draft, 'Create')];
    const [card] = await world.untilClipCards(2, studio);
    await discord.until(() => presses.flatMap(listPrivate)[0], { what: 'a second word' });
    expect(listPosts(world, 'a kite over the dunes')).toHaveLength(1);
    if (!card) throw new Error('no card');

    const elsewhere = discord.addGuild({ name: 'Elsewhere' });
    elsewhere.addMember(ben.user);
    const there = elsewhere.addChannel({ name: 'there' });
    const dropped = ben.say(there, '', [{ name: 'kite.mp3', data: await card.file() }]);
    const answer = await ben.messageCommand(dropped, 'Use this audio').reply();
    await world.stopBot();
    await world.startBot();
    const form = await ben.press(answer, 'Cover').modal();
    ben.submit(form, { Tags: 'samba' });
    await world.untilClipCards(2, there);
    const bodies = listPosts(world).filter(({ path }) => path.endsWith('/sonic/upload-cover'));
    expect(bodies.map(({ body }) => body)).toEqual([
      expect.objectContaining({ tags: 'samba', url: expect.stringContaining('/kite.mp3?ex=') }),
    ]);
  });

  it('a song that another key made is brought in as a file, also by its own maker', async () => {
    const { ben, discord, guild, musicApi } = world;
    musicApi.addKey({ key: 'the-key-of-the-server', credits: 1_000 });
    const account = serverAccount(guild.id);
    await house.decide(({ keys }) => keys.set(account, 'the-key-of-the-server', world.mod.user.id));
    const studio = openChannel(world, 'paid-by-the-server');
    ben.command(studio, 'create', { prompt: 'a song of the house' });
    const [card] = await world.untilClipCards(2, studio);
    if (!card) throw new Error('no card');
    const here = await ben.messageCommand(card, 'Use this audio').reply();
    expect(here.buttons.map(({ label }) => label)).toContain('Stems');
    const elsewhere = discord.addGuild({ name: 'Without a key' });
    elsewhere.addMember(ben.user);
    const there = elsewhere.addChannel({ name: 'there' });
    const dropped = ben.say(there, '', [{ name: 'house.mp3', data: await card.file() }]);
    const answer = await ben.messageCommand(dropped, 'Use this audio').reply();
    expect(answer.buttons.map(({ label }) => label)).toEqual([
      'Extend',
      'Cover',
      'Sample',
      'Upload',
      'Create',
    ]);
  });
});
