import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { type Backup, backUp } from '../../src/backup/backup.ts';
import { type RestoredBackup, restore } from '../../src/backup/restore.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** Between two creates, and for making a song: nothing goes on until somebody moves the clocks. */
const STEP_MS = 300_000;

describe('a bot whose backup was put back', () => {
  let world: TestWorld;
  let places: { readonly databaseUrl: string; readonly mediaDir: string };
  let backup: Backup;
  let restored: RestoredBackup;
  let running: Message;
  let waiting: Message;
  let later: Message;

  beforeAll(async () => {
    world = await startQuickWorld({
      musicApi: { speed: 1, timeline: { notReadyMs: 1, firstMs: STEP_MS, lastMs: STEP_MS } },
      env: { SUBMIT_INTERVAL_MS: String(STEP_MS) },
    });
    const { DATABASE_URL: databaseUrl = '', MEDIA_DIR: mediaDir = '' } = world.env;
    places = { databaseUrl, mediaDir };
  });
  afterAll(async () => await world.close());

  const ask = (prompt: string) => world.anna.command(world.channel, 'create', { prompt }).reply();
  const labels = (message: Message) => message.buttons.map(({ label }) => label);

  it('goes on while the backup is taken: what runs and what waits in it is made, paid and posted', async () => {
    running = await ask('runs while the backup is taken');
    await world.discord.until(() => running.text.includes('Being made'));
    waiting = await ask('waits while the backup is taken');
    await world.discord.until(() => waiting.text.includes('Place 1'));
    backup = await backUp({
      ...places,
      to: join(dirname(places.mediaDir), 'backups'),
      withMedia: true,
      isPortable: false,
    });
    expect(backup.manifest.database.rows).toMatchObject({ tasks: 2, clips: 0 });
    later = await ask('is asked for after the backup');
    world.advance(STEP_MS);
    await world.untilClipCards(2);
    await world.discord.until(() => world.musicApi.tasks.length === 2);
    world.advance(STEP_MS);
    await world.untilClipCards(4);
    await world.discord.until(() => waiting.text.startsWith('Done'));
    await world.discord.until(() => world.musicApi.tasks.length === 3);
  });

  it('is refused while it runs', async () => {
    const { folder: from } = backup;
    await expect(restore({ ...places, from, force: true })).rejects.toThrow(/in use by another process/);
  });

  it('sends nothing again by itself, posts no song again, and says what is not known', async () => {
    await world.stopBot();
    restored = await restore({ ...places, from: backup.folder, force: true });
    expect(restored).toMatchObject({ doubted: 1, songs: 0 });
    await world.startBot();
    await world.discord.until(() => waiting.text.includes('earlier backup'));
    expect(waiting.text).toContain('it is not known whether MusicAPI took it');
    expect(labels(waiting)).toContain('Try again');
    // The song that ran in the backup is looked at once more, found, and its messages with it.
    await world.discord.until(() => world.log.filter(({ to }) => to === 'succeeded').length === 3);
    await world.discord.until(() => running.text.startsWith('Done'));
    await world.stopBot();
    expect(world.musicApi.tasks).toHaveLength(3);
    expect(world.clipCards()).toHaveLength(4);
  });

  it('answers whoever presses a button of a task that it does not know any more', async () => {
    await world.startBot();
    const answer = await world.anna.press(later, labels(later)[0] ?? '').reply();
    expect(answer.text).toContain('I do not know this task any more.');
  });

  it('makes a new task when the person wants that', async () => {
    await world.anna.press(waiting, 'Try again').reply();
    world.advance(STEP_MS);
    await world.discord.until(() => world.musicApi.tasks.length === 4);
  });

  it('holds the price of what is not known', async () => {
    world.advance(STEP_MS);
    await world.untilClipCards(6);
    await world.stopBot();
    const store = await world.openStore();
    const { sum } = await store.db
      .selectFrom('ledger')
      .select(({ fn }) => fn.sum<number>('reserved').as('sum'))
      .executeTakeFirstOrThrow();
    expect(sum).toBe(20);
    await store.close();
  });
});
