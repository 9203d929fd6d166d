import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import { parseConfig, secretsOf } from '../src/config.ts';
import { createLogger } from '../src/log.ts';
import type { Channel } from './discord/channel.ts';
import type { Person } from './discord/person.ts';
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from './discord/server.ts';
import type { LocalMusicApiOptions } from './musicapi/options.ts';
import { type LocalMusicApi, startLocalMusicApi } from './musicapi/server.ts';

/** What is put on the stage. */
export interface StageOptions {
  readonly discord?: LocalDiscordOptions;
  readonly musicApi?: LocalMusicApiOptions;
  /** Settings of the bot besides the addresses and keys. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the bot takes part; without it, somebody else's may. @defaultValue true */
  readonly withBot?: boolean;
}

/** A Discord with one server and two members, one of them its owner, a MusicAPI, and the real bot between them, all on loopback. */
export interface Stage {
  readonly discord: LocalDiscord;
  readonly musicApi: LocalMusicApi;
  readonly serverName: string;
  readonly channel: Channel;
  readonly anna: Person;
  readonly ben: Person;
  /** The variables with which a bot joins in. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the bot keeps what it knows; nobody else can read it while the bot runs. */
  readonly databaseUrl: string;
  /** Ends the bot alone. */
  stopBot(): Promise<void>;
  /** What the bot had to complain about, one JSON object a line. */
  readLog(): Promise<readonly string[]>;
  /** Ends all three and removes their files. */
  close(): Promise<void>;
}

const SERVER_NAME = 'Music Makers';

/** Starts everything; nothing of it outlives `close`. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const cleanup = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'encore-sandbox-'));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    const discord = await startLocalDiscord(options.discord);
    cleanup.defer(() => discord.close());
    const musicApi = await startLocalMusicApi(options.musicApi);
    cleanup.defer(() => musicApi.close());

    const guild = discord.addGuild({ name: SERVER_NAME });
    const channel = guild.addChannel({ name: 'songs' });
    const [anna, ben] = (['Anna', 'Ben'] as const).map((name) => {
      const user = discord.addUser({ name });
      guild.addMember(user);
      return discord.as(user);
    }) as [Person, Person];
    guild.setOwner(anna.user);
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      MUSICAPI_KEY: musicApi.key,
      MUSICAPI_URL: musicApi.url,
      MUSICAPI_MEDIA_HOSTS: musicApi.host,
    };
    const logFile = join(folder, 'encore.log');
    const databaseUrl = `sqlite:${join(folder, 'encore.db')}`;
    let stopBot = async () => {};
    if (options.withBot ?? true) {
      const data = { DATABASE_URL: databaseUrl, MEDIA_DIR: join(folder, 'media') };
      const bot = await startBot({ ...env, ...data, ...options.env }, logFile);
      let stopped: Promise<void> | undefined;
      stopBot = () => {
        stopped ??= bot.stop();
        return stopped;
      };
      cleanup.defer(stopBot);
      await discord.until(() => discord.commands().length > 0, { what: 'the commands of the bot' });
    }
    const close = cleanup.move();
    return {
      discord,
      musicApi,
      serverName: SERVER_NAME,
      channel,
      anna,
      ben,
      env,
      databaseUrl,
      stopBot,
      readLog: async () => (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter(Boolean),
      close: () => close.disposeAsync(),
    };
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

/** The real bot: it does not know that it is on a stage. */
async function startBot(env: Readonly<Record<string, string>>, logFile: string) {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...env });
  const destination = createWriteStream(logFile);
  const log = createLogger({ level: config.logLevel, secrets: secretsOf(config), destination });
  const app = await createApp(config, { log });
  const stop = async () => {
    await app.stop();
    await new Promise((resolve) => destination.end(resolve));
  };
  try {
    await app.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
