import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guild } from '../../sandbox/discord/guild.ts';
import { withoutId3 } from '../../src/media/id3.ts';
import { MIB } from '../support/audio.ts';
import { type OtherHost, sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { listPosts } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3, makeWav, padMp3, padWav } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

/** What one request takes besides its form. */
const REQUEST_LIMIT = 25 * MIB - 64 * 1024;

const PLACES = [
  { place: 'a server without boosts', tier: 0, personMib: 10, limit: 10 * MIB },
  { place: 'a person who may attach more', tier: 0, personMib: 50, limit: REQUEST_LIMIT },
  { place: 'a server of boost tier 2', tier: 2, personMib: 10, limit: REQUEST_LIMIT },
  { place: 'a server that the bot is no member of', tier: 0, personMib: 10, limit: 10 * MIB },
] as const;

/** Below, at and above every limit; the last one is larger than any message. */
const SIZES = [0.1, 1, 8, 20, 25, 40].map((mib) => Math.round(mib * MIB));
const CASES = PLACES.flatMap((place, index) => {
  const { limit } = place;
  const edges = [limit - 1, limit, limit + 1, 25 * MIB + 1];
  const sizes = index === 0 ? [...SIZES, ...edges] : edges;
  const wavs = index === 0 ? [limit, limit + 1, 40 * MIB] : [limit + 1];
  return [
    ...sizes.map((bytes) => ({ ...place, bytes, kind: 'mp3' as const })),
    ...wavs.map((bytes) => ({ ...place, bytes, kind: 'wav' as const })),
  ];
});

let world: TestWorld;
let other: OtherHost;
let guilds: readonly Guild[];
const sounds: Record<'mp3' | 'wav', Buffer> = { mp3: Buffer.alloc(0), wav: Buffer.alloc(0) };
beforeAll(async () => {
  sounds.mp3 = await makeMp3(2, 128);
  sounds.wav = makeWav(2);
  other = await startOtherHost(() => {});
  other.answer = (response) => {
    const found = CASES[Number(other.asked.at(-1)?.slice(1))];
    const pad = found?.kind === 'wav' ? padWav : padMp3;
    if (found) sendBytes(pad(sounds[found.kind], found.bytes), `audio/${found.kind}`)(response);
  };
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' } });
  await world.stopBot();
  await world.startBot({ MUSICAPI_MEDIA_HOSTS: `${world.musicApi.host},${other.host}` });
  world.anna.user.installsApp = true;
  guilds = PLACES.map(({ place, tier }) =>
    world.discord.addGuild({ name: place, boostTier: tier, installed: !place.includes('no member') }),
  );
  for (const guild of guilds) guild.addMember(world.anna.user);
});
afterAll(async () => {
  await Promise.all([world.close(), other.close()]);
});

describe('songs of every size', () => {
  it('arrive, once each: as they are where they fit, else smaller and with the reason', {
    timeout: 120_000,
  }, async () => {
    const threeAtATime = pLimit(3);
    const ask = pLimit(1);
    const found = await Promise.all(CASES.map((one, index) => threeAtATime(() => deliver(one, index, ask))));
    const lost = found.filter(({ is, wanted }) => JSON.stringify(is) !== JSON.stringify(wanted));
    expect(lost).toEqual([]);
    expect(found).toHaveLength(CASES.length);
    for (const index of CASES.keys()) expect(listPosts(world, `"size ${index}."`)).toHaveLength(1);
  });
});

/** What a person got of one song, and what was to be expected. */
async function deliver(one: (typeof CASES)[number], index: number, ask: ReturnType<typeof pLimit>) {
  const { anna, discord, musicApi } = world;
  const { place, bytes, kind, limit, personMib } = one;
  const guild = guilds[PLACES.findIndex((entry) => entry.place === place)];
  const channel = guild?.addChannel({ name: `size-${index}` });
  if (!channel) throw new Error('no channel');
  const card = await ask(async () => {
    anna.user.attachmentLimitBytes = personMib * MIB;
    musicApi.nextTask([{ kind: 'redirect', url: `http://${other.host}/${index}` }, 'half']);
    return await anna.command(channel, 'create', { prompt: `size ${index}.` }).reply();
  });
  await discord.until(() => card.text.startsWith('Done'), {
    what: `the song of ${bytes} bytes in ${place}`,
  });
  const clips = world.clipCards(channel);
  const [clip] = clips;
  const files = clip?.attachments ?? [];
  const size = files[0]?.size ?? 0;
  const fits = bytes <= limit;
  return {
    of: `${kind} of ${bytes} bytes in ${place}: ${clip?.text}`,
    is: {
      cards: clips.length,
      files: files.length,
      asIs: clip !== undefined && size > 0 && isOriginal(await clip.file(), one),
      fits: size > 0 && size <= limit,
      told: /The original \([\d.]+ MiB\) is larger than the [\d.]+ MiB that fit here/.test(clip?.text ?? ''),
    },
    wanted: { cards: 1, files: 1, asIs: fits, fits: true, told: !fits },
  };
}

/** Whether the sound is that of the original: only what stands around it may differ. */
function isOriginal(file: Buffer, { kind, bytes }: (typeof CASES)[number]): boolean {
  if (kind === 'mp3') return sounds.mp3.equals(withoutId3(file));
  return file.subarray(12, bytes).equals(padWav(sounds.wav, bytes).subarray(12));
}
