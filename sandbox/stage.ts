import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageBot } from './bot.ts';
import type { Channel } from './discord/channel.ts';
import type { Guild } from './discord/guild.ts';
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
  /** Puts more people and places on the stage, before the bot comes. */
  readonly furnish?: (scene: Scene) => void;
  /** How long the bot waits for what is in flight when it is stopped. @defaultValue its own */
  readonly graceMs?: number;
}

/** Discord, and who and what is there first. */
export interface Scene {
  readonly discord: LocalDiscord;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly anna: Person;
  readonly ben: Person;
}

/** A Discord with one server and two members, one of them its owner, a MusicAPI, and the real bot between them, all on loopback. */
export interface Stage extends Scene {
  readonly musicApi: LocalMusicApi;
  readonly serverName: string;
  /** The variables with which a bot joins in. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the bot keeps what it knows; nobody else can read it while the bot runs. */
  readonly databaseUrl: string;
  /** The bot, to be stopped and started again; undefined where it takes no part. */
  readonly bot: StageBot | undefined;
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
      // The play money is to be spent.
      BALANCE_WARNING_CREDITS: '0',
    };
    const logFile = join(folder, 'encore.log');
    const databaseUrl = `sqlite:${join(folder, 'encore.db')}`;
    const scene: Scene = { discord, guild, channel, anna, ben };
    options.furnish?.(scene);
    const data = { DATABASE_URL: databaseUrl, MEDIA_DIR: join(folder, 'media') };
    const bot =
      options.withBot === false
        ? undefined
        : new StageBot({ env: { ...env, ...data, ...options.env }, logFile, graceMs: options.graceMs });
    const stopBot = async () => await bot?.stop();
    if (bot) {
      cleanup.defer(stopBot);
      await bot.start();
      await discord.until(() => discord.commands().length > 0, { what: 'the commands of the bot' });
    }
    const close = cleanup.move();
    return {
      ...scene,
      musicApi,
      serverName: SERVER_NAME,
      env,
      databaseUrl,
      bot,
      stopBot,
      readLog: async () => (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter(Boolean),
      close: () => close.disposeAsync(),
    };
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}
