import { type LocalMusicApi, startLocalMusicApi } from '../../sandbox/musicapi/server.ts';
import { sendBytes, startOtherHost } from '../support/elsewhere.ts';
import { makeWav } from '../support/real-audio.ts';
import { type BenchBot, readRss, startEncore } from './bots.ts';
import type { Row } from './table.ts';

const MIB = 1024 * 1024;
/** Each yields two songs. */
const TASKS = 50;
const SONG_BYTES = 8_000_000;
/** Uncompressed, so that pictures of it are drawn in no time: this is about memory. */
const SONG_SECONDS = 45.4;
const SAMPLE_MS = 20;
const SETTLE_MS = 3_000;
const MAX_MS = 120_000;

/** A hundred songs of 8 MB, wanted by fifty people at once: how much memory the bot's process needs besides its own. */
export async function benchDeliveries(): Promise<readonly Row[]> {
  const media = await startOtherHost(sendBytes(makeWav(SONG_SECONDS), 'audio/wav'));
  const musicApi = await startLocalMusicApi({
    account: { credits: 1_000_000 },
    createIntervalMs: 0,
    speed: 20,
  });
  const bot = await startEncore(musicApi, {
    MUSICAPI_MEDIA_HOSTS: media.host,
    SUBMIT_INTERVAL_MS: '0',
    POLL_INTERVAL_MS: '500',
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const restBytes = await readRss(bot.pid);
    let peakBytes = restBytes;
    const sampling = setInterval(() => {
      void readRss(bot.pid).then(
        (bytes) => {
          peakBytes = Math.max(peakBytes, bytes);
        },
        // The process has ended.
        () => undefined,
      );
    }, SAMPLE_MS);
    const startedAt = performance.now();
    const delivered = await deliver(bot, musicApi, `http://${media.host}`).finally(() =>
      clearInterval(sampling),
    );
    const tookMs = performance.now() - startedAt;
    const grownBytes = peakBytes - restBytes;
    return [
      {
        what: `memory while ${delivered} songs of 8 MB are delivered`,
        bare: '',
        ours: `${(restBytes / MIB).toFixed(0)} -> ${(peakBytes / MIB).toFixed(0)} MiB, in ${(tookMs / 1_000).toFixed(1)} s`,
        reach: 'grows by less than 200 MB',
        figure: `${(grownBytes / 1e6).toFixed(0)} MB`,
        met: delivered === TASKS * 2 && grownBytes < 200e6,
      },
    ];
  } finally {
    await bot.close();
    await musicApi.close();
    await media.close();
  }
}

/** Gives how many songs arrived with their whole file. */
async function deliver({ discord }: BenchBot, musicApi: LocalMusicApi, host: string): Promise<number> {
  const guild = discord.addGuild({ name: 'Bench' });
  // One for each song: Discord takes five messages in five seconds, in every channel.
  const channels = Array.from({ length: TASKS }, (_, index) => guild.addChannel({ name: `songs-${index}` }));
  for (const [index, channel] of channels.entries()) {
    const user = discord.addUser({ name: `Person ${index}` });
    guild.addMember(user);
    musicApi.nextTask({ kind: 'other-host', host });
    discord.as(user).command(channel, 'create', { prompt: `song number ${index}` });
  }
  const countSongs = () =>
    channels
      .flatMap((channel) => discord.messages(channel))
      .filter(({ attachments }) => attachments.some(({ size }) => size >= SONG_BYTES)).length;
  await discord.until(() => countSongs() === TASKS * 2, { what: 'all songs', timeoutMs: MAX_MS });
  return countSongs();
}
