import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableProxy, startProxy } from '../support/cuttable-proxy.ts';
import { expectReference, listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

let database: TestDatabase;
let proxy: CuttableProxy;
let world: TestWorld;

beforeAll(async () => {
  database = await createPostgresDatabase();
  const url = new URL(database.databaseUrl);
  proxy = await startProxy({ host: url.hostname, port: Number(url.port || 5432) });
  const through = database.databaseUrl.replace(url.host, `127.0.0.1:${proxy.port}`);
  world = await startQuickWorld({ env: { DATABASE_URL: through } });
});

afterEach(() => proxy.mend());

afterAll(async () => {
  await world.close();
  await proxy.close();
  await database.remove();
});

const said = (words: string) => world.log.filter(({ msg }) => msg?.includes(words));

/** Waits until the bot says of the database that it is away, or back. */
async function untilKnown(state: 'away' | 'back'): Promise<void> {
  const difference = () =>
    said('the database does not answer').length - said('the database answers again').length;
  await expect.poll(difference).toBe(state === 'away' ? 1 : 0);
}

describe('while the database is away', () => {
  it('a command is refused at once, privately, and nothing is sent; afterwards everything works again', async () => {
    const channel = openChannel(world, 'away');
    proxy.cut();
    const sent = world.anna.command(channel, 'create', { prompt: 'asked in vain' });
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('My database does not answer at the moment');
    expect(word.text).toContain('nothing was spent');
    expectReference(world, word);
    await world.discord.until(() => world.discord.messages(channel).every(({ ephemeral }) => ephemeral));
    await untilKnown('away');
    proxy.mend();
    await untilKnown('back');
    await world.anna.command(channel, 'create', { prompt: 'asked again' }).reply();
    await world.untilClipCards(2, channel);
    expect(listPosts(world, 'asked in vain')).toEqual([]);
    expect(listPosts(world, 'asked again')).toHaveLength(1);
  });

  it('a form that was sent is handed back, with every word of it', async () => {
    const channel = openChannel(world, 'handed-back');
    const lyrics = `[Verse]\n${'a line of a long song\n'.repeat(150)}`.trim();
    const form = await world.anna.command(channel, 'compose', { title: 'Kept' }).modal();
    proxy.cut();
    const word = await world.anna.submit(form, { Lyrics: lyrics }).reply();
    expect(word.ephemeral).toBe(true);
    await untilSays(world, word, 'What you typed is in the attached file.');
    expect(word.text).toContain('My database does not answer at the moment');
    const [file] = word.attachments;
    const text = await (await fetch(file?.url ?? '')).text();
    expect(text).toBe(`title:\nKept\n\nlyrics:\n${lyrics}\n`);
    expect(listPosts(world, 'a line of a long song')).toEqual([]);
    await untilKnown('away');
    proxy.mend();
    await untilKnown('back');
  });

  it('a task that is being made waits, and comes to its end when the database is back', async () => {
    const channel = openChannel(world, 'under-way');
    world.musicApi.nextTask({ kind: 'slow', factor: 20 });
    const card = await world.anna.command(channel, 'create', { prompt: 'under way' }).reply();
    await untilSays(world, card, 'Being made');
    proxy.cut();
    await untilKnown('away');
    // It is finished at MusicAPI meanwhile; nobody can write that down.
    world.musicApi.advance(10 * 60_000);
    proxy.mend();
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done:');
    expect(listPosts(world, 'under way')).toHaveLength(1);
    expect(world.discord.messages(channel)).toHaveLength(3);
  });

  it('nothing is logged again and again, and no secret', () => {
    expect(said('pass').length).toBe(0);
    // Once for each outage; an answer that was under way may come after the news, which then is said again.
    expect(said('the database does not answer').length).toBeLessThanOrEqual(2 * 3);
    expect(JSON.stringify(world.log)).not.toContain(world.env.MUSICAPI_KEY);
  });
});
