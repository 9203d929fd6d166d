import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { MIB } from '../support/audio.ts';
import { announceAudio, type OtherHost, sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { openChannel, untilSays } from '../support/evidence.ts';
import { closeInOrder } from '../support/in-order.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3, makeWav, padWav } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;
const TOO_LARGE = { status: 413, code: 40_005, message: 'Request entity too large' } as const;
const CHANNEL_POST = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
const FOLLOW_UP = { method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/ } as const;

let world: TestWorld;
let other: OtherHost;
/** What the other host gives out, by the last part of the path. */
const files = new Map<string, { bytes: Buffer; type: string }>();
beforeAll(async () => {
  other = await startOtherHost((response) => {
    const file = files.get(other.asked.at(-1)?.slice(1) ?? '');
    if (file) sendBytes(file.bytes, file.type)(response);
    else announceAudio(101 * MIB)(response);
  });
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    graceMs: 100,
  });
  await restart();
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
  world.anna.user.dmsOpen = true;
});
afterAll(async () => {
  await closeInOrder(world);
  await other.close();
});

async function restart() {
  await world.stopBot();
  await world.startBot({ MUSICAPI_MEDIA_HOSTS: `${world.musicApi.host},${other.host}` });
}

/** A song of one take, whose file is this one; named by nothing, it is larger than anybody fetches. */
async function askForSong(channel: Channel, name: string) {
  const { anna, musicApi } = world;
  musicApi.nextTask([{ kind: 'redirect', url: `http://${other.host}/${name}` }, 'half']);
  return await anna.command(channel, 'create', { prompt: `a song called ${name}` }).reply();
}

const namesOf = (message: Message | undefined) =>
  (message?.attachments ?? []).map(({ title, name }) => title ?? name.replace(/\.\w+$/, ''));

describe('a refusal of the size by every route', () => {
  it('brings the song at a lower bitrate and says why', async () => {
    files.set('loud', { bytes: await makeMp3(8, 320), type: 'audio/mpeg' });
    const channel = openChannel(world, 'refused');
    for (const route of [CHANNEL_POST, FOLLOW_UP]) world.discord.fault({ ...route, answer: TOO_LARGE });
    await askForSong(channel, 'loud');
    const [clip] = await world.untilClipCards(1, channel);
    expect(clip?.text).toMatch(/Discord refused the original .* as too large, so this is an MP3 at 128 kbit/);
    expect(clip?.text).toMatch(/Download \[/);
    expect(clip?.attachments).toHaveLength(1);
    expect(clip?.attachments[0]?.size).toBeLessThan(160 * 1024);
    expect(clip?.pinged).toEqual([world.anna.user.id]);
  });

  it('brings it in pieces, in one message and in order, where no bitrate is low enough', async () => {
    files.set('long', { bytes: await makeMp3(8, 64), type: 'audio/mpeg' });
    const channel = openChannel(world, 'pieces');
    for (const route of [CHANNEL_POST, FOLLOW_UP]) world.discord.fault({ ...route, answer: TOO_LARGE });
    await askForSong(channel, 'long');
    const [clip] = await world.untilClipCards(1, channel);
    const names = namesOf(clip);
    expect(names.length).toBeGreaterThan(1);
    expect(names.map((name) => name.replace(/.* - take/, 'take'))).toEqual(
      names.map((_, index) => `take 1, part ${index + 1} of ${names.length}`),
    );
    expect(clip?.text).toContain(`so it comes in ${names.length} pieces`);
  });

  it('brings a link at the end', async () => {
    files.set('stubborn', { bytes: await makeMp3(8, 320), type: 'audio/mpeg' });
    const channel = openChannel(world, 'stubborn');
    const refused = () => world.log.filter(({ msg }) => `${msg}`.startsWith('too large')).length;
    const before = refused();
    world.discord.fault({ ...CHANNEL_POST, times: 2, answer: TOO_LARGE });
    world.discord.fault({ ...FOLLOW_UP, times: 2, answer: TOO_LARGE });
    await askForSong(channel, 'stubborn');
    const [clip] = await world.untilClipCards(1, channel);
    expect(clip?.attachments).toEqual([]);
    expect(clip?.text).toContain('too large to attach here');
    expect(clip?.text).toMatch(/Download \[/);
    expect(refused() - before).toBe(3);
  });
});

it('does not fetch what is larger than anybody can encode, and links to it', async () => {
  const channel = openChannel(world, 'huge');
  await askForSong(channel, 'huge');
  const [clip] = await world.untilClipCards(1, channel);
  expect(clip?.attachments).toEqual([]);
  expect(clip?.text).toContain('The file is too large to attach here.');
  expect(clip?.text).toMatch(/Download \[/);
});

describe('stems', () => {
  let clipId: string;
  beforeAll(async () => {
    files.set('small', { bytes: await makeMp3(1, 64), type: 'audio/mpeg' });
    files.set('large', { bytes: padWav(makeWav(2), 11 * MIB), type: 'audio/wav' });
    await askForSong(world.channel, 'small');
    await world.untilClipCards(1);
    clipId = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
  });

  /** Has a song taken apart into stems whose files are these. */
  async function askForStems(channel: Channel, sources: readonly string[]) {
    const { anna, discord, musicApi } = world;
    const data = sources.map((source, index) => ({
      clip_id: `${channel.id}-${index + 1}`,
      state: 'succeeded',
      title: `Stem ${index + 1}`,
      audio_url: `http://${other.host}/${source}`,
    }));
    const body = { code: 200, data };
    musicApi.fault({ method: 'GET', path: /\/sonic\/task\//, times: 'all', answer: { status: 200, body } });
    const card = await anna.command(channel, 'stems', { clip: clipId, kind: 'full' }).reply();
    await discord.until(() => card.text.startsWith('Done'), { what: 'the stems' });
    return { card, parts: discord.messages(channel).filter(({ attachments }) => attachments.length > 0) };
  }
  const stems = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `Stem ${from + index}`);

  it('arrive complete and in order when there are 24', async () => {
    const { card, parts } = await askForStems(openChannel(world, 'many'), Array(24).fill('small'));
    expect(parts.map(namesOf)).toEqual([stems(1, 10), stems(11, 20), stems(21, 24)]);
    expect(parts.map(({ pinged }) => pinged)).toEqual([[world.anna.user.id], [], []]);
    for (const part of parts) expect(card.text).toContain(part.link);
  });

  it('arrive in one archive when there are more than five messages take', async () => {
    const { parts } = await askForStems(openChannel(world, 'very-many'), Array(60).fill('small'));
    expect(parts).toHaveLength(1);
    expect(parts[0]?.attachments).toMatchObject([{ name: 'Stems.zip', contentType: 'application/zip' }]);
    expect(parts[0]?.text).toContain('There are 60 files');
    const archive = await fetch(parts[0]?.attachments[0]?.url ?? '');
    const text = Buffer.from(await archive.arrayBuffer()).toString('latin1');
    for (const name of ['01 Stem 1.mp3', '60 Stem 60.mp3']) expect(text).toContain(name);
  });

  it('arrive with the one that is too large made smaller, in its place', async () => {
    const sources = ['small', 'large', 'small'];
    const { parts } = await askForStems(openChannel(world, 'one-large'), sources);
    expect(parts.map(namesOf)).toEqual([stems(1, 3)]);
    expect(parts[0]?.text).toContain('1 of the files was made smaller (');
    expect(Math.max(...(parts[0]?.attachments ?? []).map(({ size }) => size))).toBeLessThan(MIB);
  });
});

describe('a song that nobody may be given at the moment', () => {
  /** One whose channel, token and direct messages are closed. */
  async function askInVain(name: string) {
    const { anna, discord, musicApi } = world;
    const channel = openChannel(world, name);
    musicApi.nextTask(['never', 'half']);
    const card = await anna.command(channel, 'create', { prompt: `a song called ${name}` }).reply();
    await discord.until(() => card.text.includes('Being made'));
    channel.setBotPermissions({ without: ['AttachFiles'] });
    anna.user.dmsOpen = false;
    world.advance(HOUR_MS / 2);
    musicApi.setTask(musicApi.tasks.at(-1)?.taskId ?? '', ['half']);
    await untilSays(world, card, 'waits in /library');
    expect(card.text).toContain('I try again every hour for a day.');
    return { channel, card };
  }

  it('is posted within an hour after the permission is back, once, also when the bot was restarted', async () => {
    const { channel, card } = await askInVain('locked-out');
    await restart();
    channel.setBotPermissions({ without: [] });
    world.advance(HOUR_MS);
    const [clip] = await world.untilClipCards(1, channel);
    expect(clip?.attachments).toHaveLength(1);
    expect(clip?.pinged).toEqual([world.anna.user.id]);
    await untilSays(world, card, 'Done:');
    expect(world.clipCards(channel)).toHaveLength(1);
  });

  it('is tried every hour; after a day it stays in the library, and the card says so', async () => {
    const { card } = await askInVain('given-up');
    const countTries = () => world.log.filter(({ msg }) => msg === 'no route to the person').length;
    const before = countTries();
    for (const [index, hours] of [1, 1, 21, 1].entries()) {
      expect(card.text).toContain('I try again every hour for a day.');
      world.advance(hours * HOUR_MS + 1_000);
      await vi.waitUntil(() => countTries() > before + index, PATIENCE);
    }
    await untilSays(world, card, 'could not be posted');
    expect(card.text).toContain('It waits in /library.');
    expect(countTries()).toBe(before + 4);
  });
});
