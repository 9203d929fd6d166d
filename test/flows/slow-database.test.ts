import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { listPosts, openChannel, untilPrivate } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { lockTable, type TableLock } from '../support/postgres-lock.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

let database: TestDatabase;
let world: TestWorld;
let channel: Channel;
let song: Message;
let lock: TableLock | undefined;
let count = 0;

beforeAll(async () => {
  database = await createPostgresDatabase();
  world = await startQuickWorld({
    env: {
      DATABASE_URL: database.databaseUrl,
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
    },
  });
  world.anna.command(world.channel, 'create', { prompt: 'a song that waits', tags: 'slow waltz' });
  [song] = (await world.untilClipCards(2)) as [Message];
});

afterEach(async () => {
  await lock?.release();
});

afterAll(async () => {
  await world.close();
  await database.remove();
});

async function slowDown(table: string): Promise<void> {
  lock = await lockTable(database.databaseUrl, table);
}

/** Discord has its first answer while the database still gives none. */
async function untilAcknowledged({ interaction }: Sent): Promise<string> {
  await world.discord.until(() => interaction.state !== 'waiting', { what: 'an acknowledgement' });
  return interaction.state;
}

function open(): Channel {
  count += 1;
  channel = openChannel(world, `slow-${count}`);
  return channel;
}

function listPublic(): readonly Message[] {
  return world.discord.messages(channel).filter(({ ephemeral, deleted }) => !ephemeral && !deleted);
}

describe('while the database takes its time', () => {
  it('a card opens its form nevertheless, filled from what it shows', async () => {
    await slowDown('clips');
    const form = await world.anna.press(song, 'Extend').modal();
    expect(form.field('Tags').value).toBe('slow waltz');
  });

  it('a form that cannot be filled is refused in time, and opens once it can', async () => {
    const refused = await world.anna.command(open(), 'create', { prompt: 'p'.repeat(401) }).reply();
    await slowDown('cache');
    const word = await world.anna.press(refused, 'Edit').reply();
    expect(word.ephemeral).toBe(true);
    expect(word.text).toBe(
      'My database takes too long at the moment, and a form has to open at once. Try again in a minute.',
    );
    await lock?.release();
    const form = await world.anna.press(refused, 'Edit').modal();
    expect(form.field('Prompt').value).toBe('p'.repeat(401));
  });

  it('a form that was sent is promised an answer, and made once the database answers', async () => {
    const refused = await world.anna.command(open(), 'create', { prompt: 'p'.repeat(401) }).reply();
    const form = await world.anna.press(refused, 'Edit').modal();
    await slowDown('cache');
    const sent = world.anna.submit(form, { Prompt: 'a song of patience' });
    expect(await untilAcknowledged(sent)).toBe('deferred');
    await lock?.release();
    await world.untilClipCards(2, channel);
    expect(listPosts(world, 'a song of patience')).toHaveLength(1);
  });

  it('a form that was sent and is refused loses nothing: the reason is private, with Edit', async () => {
    const refused = await world.anna.command(open(), 'create', { prompt: 'p'.repeat(401) }).reply();
    const form = await world.anna.press(refused, 'Edit').modal();
    await slowDown('cache');
    const sent = world.anna.submit(form, { Prompt: 'q'.repeat(402), Tags: '' });
    await untilAcknowledged(sent);
    await lock?.release();
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('yours has 402');
    expect(listPublic()).toEqual([]);
    const again = await world.anna.press(word, 'Edit').modal();
    expect(again.field('Prompt').value).toBe('q'.repeat(402));
  });

  it('a refusal comes also when a moderator deleted the promise of an answer meanwhile', async () => {
    const refused = await world.anna.command(open(), 'create', { prompt: 'p'.repeat(401) }).reply();
    const form = await world.anna.press(refused, 'Edit').modal();
    await slowDown('cache');
    const sent = world.anna.submit(form, { Prompt: 'r'.repeat(403) });
    await untilAcknowledged(sent);
    const promise = await world.discord.until(() => listPublic()[0], { what: 'the promise' });
    world.discord.deleteMessage(promise);
    await lock?.release();
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('yours has 403');
    expect(word.buttons.map(({ label }) => label)).toEqual(['Edit']);
  });

  it('Send anyway is promised an answer and sends it once', async () => {
    const warned = await world.anna.command(open(), 'create', { prompt: 'slowly, like Daft Punk' }).reply();
    await slowDown('cache');
    const sent = world.anna.press(warned, 'Send anyway');
    expect(await untilAcknowledged(sent)).toBe('deferred');
    await lock?.release();
    await world.discord.until(() => listPosts(world, 'slowly, like Daft Punk').length === 1);
  });

  it('what is private stays private: it has to be asked for once more', async () => {
    const warned = await world.anna.command(open(), 'lyrics', { about: 'slowly, sounds like Adele' }).reply();
    await slowDown('cache');
    const sent = world.anna.press(warned, 'Send anyway');
    await untilAcknowledged(sent);
    await lock?.release();
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('My database takes too long at the moment. Nothing was spent');
    expect(listPublic()).toEqual([]);
    expect((await world.anna.press(warned, 'Send anyway').reply()).ephemeral).toBe(true);
    await world.discord.until(() => listPosts(world, 'slowly, sounds like Adele').length === 1);
  });

  it('what is certain is said at once, and what may be the clip’s own is not held against anybody', async () => {
    const clip = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
    await slowDown('clips');
    open();
    const certain = world.anna.command(channel, 'cover', { clip, title: 't'.repeat(81) });
    expect(await untilAcknowledged(certain)).toBe('message');
    expect((await certain.reply()).text).toContain('yours has 81');
    const modal = await world.anna.press(song, 'Cover').modal();
    const sent = world.anna.submit(modal, { Lyrics: '[Wobble]\nla la', Title: 'perhaps its own' });
    expect(await untilAcknowledged(sent)).toBe('deferred');
    await lock?.release();
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('is no section that MusicAPI knows');
    expect(word.buttons.map(({ label }) => label)).toEqual(['Send anyway', 'Edit']);
  });

  it('what cannot be kept in time is handed back as a file', async () => {
    await slowDown('cache');
    const prompt = 'a very long story '.repeat(30);
    const sent = world.anna.command(open(), 'create', { prompt });
    const word = await sent.reply();
    expect(word.ephemeral).toBe(true);
    expect(word.text).toContain('at most 400 characters');
    expect(word.text).toContain('What you typed is in the attached file.');
    expect(word.buttons).toEqual([]);
    const [file] = word.attachments;
    expect(file?.name).toBe('what-you-typed.txt');
    expect(await (await fetch(file?.url ?? '')).text()).toBe(`prompt:\n${prompt}\n`);
  });
});
