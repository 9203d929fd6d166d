import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { type OtherHost, sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { openChannel } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeWav, padWav } from '../support/real-audio.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const KIB = 1024;

describe.each(['SQLite', 'PostgreSQL'])('the archive of songs, on %s', (kind) => {
  let database: TestDatabase | undefined;
  let world: TestWorld;
  let other: OtherHost;
  /** What the other host gives out; undefined = not found. */
  let file: Buffer | undefined;
  let folder: string;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createPostgresDatabase();
    other = await startOtherHost((response) =>
      file ? sendBytes(file, 'audio/wav')(response) : response.writeHead(404).end(),
    );
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited', ...(database ? { DATABASE_URL: database.databaseUrl } : {}) },
      startsBot: false,
    });
    folder = world.env.MEDIA_DIR ?? '';
    await restart();
  });
  afterEach(() => world.musicApi.clearFaults());
  afterAll(async () => {
    await world.close();
    await other.close();
    await database?.remove();
  });

  async function restart(env: Record<string, string> = {}) {
    await world.stopBot();
    await world.startBot({ MUSICAPI_MEDIA_HOSTS: `${world.musicApi.host},${other.host}`, ...env });
  }

  /** A song of one take with this file as its sound: its card, its id, and how to see it again. */
  async function make(title: string, bytes = padWav(makeWav(1), 400 * KIB)) {
    const { anna, musicApi } = world;
    const channel = openChannel(world, title.toLowerCase());
    file = bytes;
    musicApi.nextTask([{ kind: 'redirect', url: `http://${other.host}/song.wav` }, 'half']);
    anna.command(channel, 'create', { prompt: `a song called ${title}`, title });
    const [card] = await world.untilClipCards(1, channel);
    if (!card) throw new Error('no card');
    const clipId = musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const show = () => anna.command(channel, 'clip show', { clip: clipId }).reply();
    return { card, clipId, show };
  }

  /** The provider's addresses die. */
  function letAddressesDie() {
    file = undefined;
  }

  const readSound = async (message: Message) => (await message.file()).subarray(0, 170 * KIB);
  const untilKept = (count: number) =>
    expect
      .poll(() =>
        readdir(folder)
          .catch(() => [])
          .then((names) => names.length),
      )
      .toBe(count);
  const listLog = (msg: string) => world.log.filter((line) => line.msg === msg);

  it('shows a song again whose address is dead, with its picture, after a restart too', async () => {
    const { card, show } = await make('Lasting');
    await untilKept(1);
    letAddressesDie();
    const asked = other.asked.length;
    const shown = await show();
    expect(await readSound(shown)).toEqual(await readSound(card));
    expect(shown.pictures[0]?.description).toBe(card.pictures[0]?.description);
    expect(card.pictures).toHaveLength(1);
    await restart();
    expect((await show()).attachments).toHaveLength(1);
    expect(other.asked.length).toBe(asked);
  });

  it.each([
    ['missing', (path: string) => rm(path)],
    ['damaged', (path: string) => writeFile(path, Buffer.alloc(400 * KIB))],
    ['cut off', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 1_000))],
  ])('takes a file that is %s for none, and keeps the song anew', async (_, spoil) => {
    await rm(folder, { recursive: true });
    const { card, show } = await make('Spoilt');
    await untilKept(1);
    const [name = ''] = await readdir(folder);
    const whole = await readFile(join(folder, name));
    await spoil(join(folder, name));
    const shown = await show();
    expect(await readSound(shown)).toEqual(await readSound(card));
    await expect.poll(() => readFile(join(folder, name)).catch(() => undefined)).toEqual(whole);
  });

  it('says that a song cannot be had whose address and file are gone', async () => {
    await rm(folder, { recursive: true });
    const { show } = await make('Gone');
    await untilKept(1);
    await rm(folder, { recursive: true });
    letAddressesDie();
    const shown = await show();
    expect(shown.attachments).toEqual([]);
    expect(shown.text).toContain('MusicAPI does not give it out.');
  });

  it('lets the oldest song without a heart go when it is full', async () => {
    await rm(folder, { recursive: true, force: true });
    await restart({ MEDIA_CAP_MB: '1' });
    const loved = await make('Loved');
    await world.ben.press(loved.card, '❤️').reply();
    await untilKept(1);
    const plain = await make('Plain');
    await untilKept(2);
    const last = await make('Last');
    await expect.poll(() => listLog('songs left the archive to make room').length).toBeGreaterThan(0);
    await untilKept(2);
    letAddressesDie();
    expect((await loved.show()).attachments).toHaveLength(1);
    expect((await last.show()).attachments).toHaveLength(1);
    expect((await plain.show()).attachments).toEqual([]);
  });

  it('delivers a song that cannot be kept, as on a full disk', async () => {
    const before = listLog('a song could not be archived').length;
    const taken = join(folder, 'taken');
    await mkdir(folder, { recursive: true });
    await writeFile(taken, '');
    await restart({ MEDIA_DIR: taken });
    const { card } = await make('Delivered');
    expect(card.attachments).toHaveLength(1);
    await expect.poll(() => listLog('a song could not be archived').length).toBe(before + 1);
  });

  it('keeps none where its size is 0', async () => {
    const none = join(folder, 'none');
    await restart({ MEDIA_CAP_MB: '0', MEDIA_DIR: none });
    await make('Fleeting');
    await world.stopBot();
    await expect(readdir(none)).rejects.toThrow('ENOENT');
  });
});
