import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { MIB, paddedMp3 } from '../support/audio.ts';
import { type OtherHost, sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { openChannel } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3, makeWav, padMp3, padWav } from '../support/real-audio.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const LYRICS = [
  '[Verse 1: whispered]',
  'Lamps along the harbour wall',
  'Nobody is awake at all',
  '[Chorus]',
  'Night sea, night sea',
  '[Outro]',
].join('\n');

let other: OtherHost;
/** What the other host gives out. */
let file: Buffer;
beforeAll(async () => {
  other = await startOtherHost((response) => sendBytes(file, 'audio/mpeg')(response));
});
afterAll(() => other.close());

describe.each(['SQLite', 'PostgreSQL'])('a clip card, on %s', (kind) => {
  let world: TestWorld;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createPostgresDatabase();
    world = await startQuickWorld({ env: database ? { DATABASE_URL: database.databaseUrl } : {} });
    const { musicApi } = world;
    await world.stopBot();
    await world.startBot({
      BUDGET_MEMBER_DAY: 'unlimited',
      MUSICAPI_MEDIA_HOSTS: `${musicApi.host},${other.host}`,
    });
  });
  afterAll(async () => {
    await world.close();
    await database?.remove();
  });

  /** The card of a song of one take. */
  async function compose(title: string, lyrics = LYRICS): Promise<Message> {
    const channel = openChannel(world, title.replace(/\W+/g, '-').slice(0, 50).toLowerCase());
    const form = await world.anna.command(channel, 'compose', { title }).modal();
    world.anna.submit(form, { lyrics });
    const [card] = await world.untilClipCards(1, channel);
    if (!card) throw new Error('no card');
    return card;
  }

  /** The same, with this file as its sound. */
  async function composeOf(bytes: Buffer, title: string): Promise<Message> {
    file = bytes;
    world.musicApi.nextTask([{ kind: 'redirect', url: `http://${other.host}/song.mp3` }, 'half']);
    return await compose(title);
  }

  const listLog = (msg: string) => world.log.filter((line) => line.msg === msg);

  it('has a waveform that is described with length and parts', async () => {
    const card = await compose('Night Sea');
    expect(card.pictures).toMatchObject([
      {
        name: 'waveform.png',
        contentType: 'image/png',
        description: expect.stringMatching(
          /^Waveform of “Night Sea”, 0:0\d long\. Its parts, about where they are by the lyrics: Verse 1 at 0:00, Chorus at 0:0\d and Outro at 0:0\d\.$/,
        ),
      },
    ]);
    expect(card.pictures[0]?.size).toBeLessThan(60_000);
    expect(card.embeds[0]?.image?.url).toContain('waveform.png');
    expect(card.attachments.map(({ contentType }) => contentType)).toEqual(['audio/mpeg']);
  });

  it('has its parts where they are sung, once somebody has asked for the times', async () => {
    await compose('Tides');
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const channel = openChannel(world, 'timed');
    const file = await world.anna.command(channel, 'export', { clip, format: 'lrc' }).reply();
    await world.discord.until(() => file.attachments.length > 0, { what: 'the words with their times' });
    const shown = await world.anna.command(channel, 'clip show', { clip }).reply();
    expect(shown.pictures[0]?.description).toMatch(
      /^Waveform of “Tides”, 0:0\d long\. Its parts: Verse 1 at 0:0\d, Chorus at 0:0\d( and Outro at 0:0\d)?\.$/,
    );
  });

  it('keeps it with its description when more is written on the card', async () => {
    const card = await compose('Parent');
    const [{ description } = {}] = card.pictures;
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    world.anna.command(openChannel(world, 'child'), 'extend', { clip, prompt: 'and on' });
    await world.discord.until(() => card.editedCount > 0, { what: 'the child on the card of its parent' });
    expect(card.pictures).toMatchObject([{ name: 'waveform.png', description }]);
    expect(card.embeds[0]?.image?.url).toContain('waveform.png');
    expect(card.attachments).toHaveLength(1);
  });

  it('describes it whatever title and lyrics hold, as far as there is room', async () => {
    const parts = Array.from({ length: 80 }, (_, index) => `[Verse ${index} of @everyone **]\nla`);
    const card = await compose('**<@1> `x` "\u202e title', parts.join('\n'));
    const { description = '' } = card.pictures[0] ?? {};
    expect(description).toMatch(/^Waveform of “\*\*<@1> `x` " ?title”/);
    expect(description).toMatch(/ and \d\d more parts\.$/);
    expect(description.length).toBeLessThanOrEqual(1_024);
    expect(description.length).toBeGreaterThan(900);
  });

  it('comes without one where the file is no sound that can be decoded', async () => {
    const before = listLog('no picture of a song').length;
    const card = await composeOf(Buffer.from(paddedMp3(20_000), 'latin1'), 'Padding');
    expect(card.pictures).toEqual([]);
    expect(card.embeds[0]?.image).toBeUndefined();
    expect(card.attachments).toHaveLength(1);
    expect(listLog('no picture of a song')).toHaveLength(before + 1);
  });

  it('brings the song as it was made rather than the picture', async () => {
    const original = padWav(makeWav(2), 10 * MIB - 4_000);
    const card = await composeOf(original, 'Full');
    expect(card.pictures).toEqual([]);
    expect(card.attachments[0]?.size).toBeGreaterThanOrEqual(original.length);
    expect(card.text).not.toContain('made smaller');
  });

  it('has the waveform of a song that had to be made smaller', async () => {
    const card = await composeOf(padMp3(await makeMp3(2, 320), 11 * MIB), 'Large');
    expect(card.pictures.map(({ description }) => description?.slice(0, 35))).toEqual([
      'Waveform of “Large”, 0:02 long. Its',
    ]);
    expect(card.attachments).toHaveLength(1);
  });
});
