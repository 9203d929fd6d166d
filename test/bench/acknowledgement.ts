import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { type BenchBot, readRss, startBareBot, startEncore } from './bots.ts';
import { startMusicApiProcess } from './music-api-process.ts';
import { percentile, type Row } from './table.ts';

const PER_SECOND = 200;
const SECONDS = 10;
/** Five seconds: what is measured is a bot that has been at work, not one whose code is still being compiled. */
const WARM_UP = 1_000;
const IDLE_MS = 3_000;
const SERVERS = 50;
const MEMBERS = 10;
const MIB = 1024 * 1024;

interface Measured {
  readonly readyMs: number;
  readonly restBytes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Start, memory at rest, and the time from an interaction to its callback at 200 interactions a second: Encore
 * answers `/create` in full (deferral, transaction, card), the bare bot defers and edits once.
 */
export async function benchBots(): Promise<readonly Row[]> {
  const bare = await measure(await startBareBot());
  // The first start of a new version compiles and, soon after it, fills the cache that later ones use.
  const musicApi = await startMusicApiProcess();
  const first = await startEncore(musicApi);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  await first.close();
  const encore = await measure(await startEncore(musicApi));
  await musicApi.close();
  const ratio = (name: keyof Measured) => encore[name] / bare[name];
  return [
    {
      what: `interaction -> callback, ${PER_SECOND}/s, p99`,
      bare: `discord.js ${bare.p99Ms.toFixed(1)} ms (p50 ${bare.p50Ms.toFixed(1)})`,
      ours: `${encore.p99Ms.toFixed(1)} ms (p50 ${encore.p50Ms.toFixed(1)})`,
      reach: 'at most 1.25 x',
      figure: `${ratio('p99Ms').toFixed(2)} x`,
      met: ratio('p99Ms') <= 1.25,
    },
    {
      what: 'memory at rest',
      bare: `discord.js ${(bare.restBytes / MIB).toFixed(0)} MiB`,
      ours: `${(encore.restBytes / MIB).toFixed(0)} MiB`,
      reach: 'at most 1.5 x',
      figure: `${ratio('restBytes').toFixed(2)} x`,
      met: ratio('restBytes') <= 1.5,
    },
    {
      what: 'start to READY',
      bare: `discord.js ${bare.readyMs.toFixed(0)} ms`,
      ours: `${encore.readyMs.toFixed(0)} ms`,
      reach: 'below 1.5 s',
      figure: `${(encore.readyMs / 1_000).toFixed(2)} s`,
      met: encore.readyMs < 1_500,
    },
  ];
}

async function measure(bot: BenchBot): Promise<Measured> {
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const restBytes = await readRss(bot.pid);
    const seats = seatPeople(bot);
    await load(seats, WARM_UP);
    const times = await load(seats, PER_SECOND * SECONDS);
    return { readyMs: bot.readyMs, restBytes, p50Ms: percentile(times, 50), p99Ms: percentile(times, 99) };
  } finally {
    await bot.close();
  }
}

/** Where a person sits: so many of them that nobody meets a limit of tasks in flight. */
interface Seat {
  readonly person: Person;
  readonly channel: Channel;
}

function seatPeople({ discord }: BenchBot): readonly Seat[] {
  return Array.from({ length: SERVERS }, (_, server) => {
    const guild = discord.addGuild({ name: `Server ${server}` });
    const channel = guild.addChannel({ name: 'songs' });
    return Array.from({ length: MEMBERS }, (_, member) => {
      const user = discord.addUser({ name: `Member ${server}-${member}` });
      guild.addMember(user);
      return { person: discord.as(user), channel };
    });
  }).flat();
}

/** Sends interactions at a steady rate, everybody in turn, and gives the time to each one's callback in ms. */
async function load(seats: readonly Seat[], count: number): Promise<readonly number[]> {
  const startedAt = performance.now();
  const answers: Promise<number>[] = [];
  while (answers.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1_000) * PER_SECOND) + 1);
    while (answers.length < due) answers.push(time(seats, answers.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return await Promise.all(answers);
}

async function time(seats: readonly Seat[], index: number): Promise<number> {
  const seat = seats[index % seats.length];
  if (!seat) throw new Error('nobody is there');
  const sentAt = performance.now();
  // One that fails counts with the three seconds after which Discord gave up on it.
  await seat.person.command(seat.channel, 'create', { prompt: `song number ${index}` }).response();
  return performance.now() - sentAt;
}
