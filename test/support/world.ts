import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Guild } from '../../sandbox/discord/guild.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import {
  type LocalDiscord,
  type LocalDiscordOptions,
  startLocalDiscord,
} from '../../sandbox/discord/server.ts';
import type { LocalMusicApiOptions } from '../../sandbox/musicapi/options.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../sandbox/musicapi/server.ts';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig, secretsOf } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { expectNoSecretIn } from './secret-search.ts';
import { listEnvSecrets, listWorldSecrets } from './world-secrets.ts';

interface WorldOptions {
  readonly env?: Record<string, string>;
  readonly discord?: LocalDiscordOptions;
  readonly musicApi?: LocalMusicApiOptions;
  /** Whether the bot is started in this process at once. @defaultValue true */
  readonly startsBot?: boolean;
  /** How long stopping the bot waits for what is in flight. */
  readonly graceMs?: number;
  /** How long one download may take. */
  readonly downloadTimeoutMs?: number;
}

/** Rate limits that no test meets: for those that are about something else. */
export const NO_RATE_LIMITS = {
  'message-create': { limit: 1_000, windowMs: 1_000 },
  'message-edit': { limit: 1_000, windowMs: 1_000 },
  'message-read': { limit: 1_000, windowMs: 1_000 },
  'interaction-webhook': { limit: 1_000, windowMs: 1_000 },
} as const;

/** A line of the bot's log. */
export type LogLine = Record<string, unknown> & { readonly msg?: string };

/** The whole product on loopback: a Discord with one server, a MusicAPI, and the real bot between them. */
export interface TestWorld {
  readonly discord: LocalDiscord;
  /** The MusicAPI that runs, or ran last. */
  readonly musicApi: LocalMusicApi;
  readonly guild: Guild;
  readonly channel: Channel;
  /** A member, another one, and a moderator of the server. */
  readonly anna: Person;
  readonly ben: Person;
  readonly mod: Person;
  /** What the bot logged. No secret may stand in it: that is looked after when the world is closed. */
  readonly log: readonly LogLine[];
  readonly env: Record<string, string>;
  /** Moves the clocks of all three. */
  advance(ms: number): void;
  /** Starts the bot, again after `stopBot`. */
  startBot(env?: Record<string, string>): Promise<App>;
  stopBot(): Promise<void>;
  /** Starts MusicAPI again, after it was closed. */
  startMusicApi(options: LocalMusicApiOptions): Promise<LocalMusicApi>;
  /** Opens the bot's database; only while the bot is stopped. */
  openStore(): Promise<Store>;
  /** The clip cards in a channel, oldest first. */
  clipCards(channel?: Channel): readonly Message[];
  /** Resolves when the channel has this many clip cards. */
  untilClipCards(count: number, channel?: Channel): Promise<readonly Message[]>;
  /** @throws Error when a secret stands in the log. */
  close(): Promise<void>;
}

/** Starts everything. Songs take a fraction of a second, so that a whole story fits into a test. */
export async function startWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-world-'));
  const discord = await startLocalDiscord({
    // Restarts follow each other faster here than Discord lets a bot identify.
    identifyWindowMs: 0,
    // Not a test of how busy the machine is: that an answer is late is tested where time stands still.
    ackMs: 15_000,
    ...options.discord,
    // Songs are made twenty times faster than usual, so their cards change as often.
    rateLimits: { 'interaction-webhook': { limit: 5, windowMs: 100 }, ...options.discord?.rateLimits },
  });
  const musicApiOptions: LocalMusicApiOptions = {
    createIntervalMs: 0,
    speed: 20,
    lengths: { songSeconds: [1, 2] },
    account: { credits: 10_000 },
    ...options.musicApi,
  };
  let musicApi = await startLocalMusicApi(musicApiOptions);
  const musicApis = new Set([musicApi]);
  const guild = discord.addGuild({ name: 'Music Makers' });
  const channel = guild.addChannel({ name: 'songs' });
  const people = ['Anna', 'Ben', 'Mo'].map((name) => discord.addUser({ name }));
  const [annaUser, benUser, modUser] = people as [never, never, never];
  for (const user of people) guild.addMember(user);
  guild.addMember(modUser, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageMessages });

  const log: LogLine[] = [];
  const lines: string[] = [];
  const envSecrets = new Set<string>();
  let offsetMs = 0;
  let app: App | undefined;
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    MUSICAPI_KEY: musicApi.key,
    MUSICAPI_URL: musicApi.url,
    MUSICAPI_MEDIA_HOSTS: musicApi.host,
    DATABASE_URL: `sqlite:${join(folder, 'encore.db')}`,
    MEDIA_DIR: join(folder, 'media'),
    POLL_INTERVAL_MS: '100',
    SUBMIT_INTERVAL_MS: '0',
    LOG_LEVEL: 'debug',
    ...options.env,
  };

  const world: TestWorld = {
    discord,
    get musicApi() {
      return musicApi;
    },
    guild,
    channel,
    anna: discord.as(annaUser),
    ben: discord.as(benUser),
    mod: discord.as(modUser),
    log,
    env,
    advance(ms) {
      offsetMs += ms;
      discord.advance(ms);
      musicApi.advance(ms);
    },
    async startBot(changes = {}) {
      const whole = { ...env, ...changes };
      for (const secret of listEnvSecrets(whole)) envSecrets.add(secret);
      const config = parseConfig(whole);
      const logger = createLogger({
        level: config.logLevel,
        secrets: secretsOf(config),
        destination: collect(log, lines),
      });
      const { graceMs, downloadTimeoutMs } = options;
      app = await createApp(config, {
        log: logger,
        now: () => Date.now() + offsetMs,
        ...(graceMs === undefined ? {} : { graceMs }),
        ...(downloadTimeoutMs === undefined ? {} : { downloadTimeoutMs }),
      });
      await app.start();
      return app;
    },
    async stopBot() {
      await app?.stop();
      app = undefined;
    },
    async startMusicApi(changes) {
      const missedMs = offsetMs;
      const now = () => Date.now() + missedMs;
      musicApi = await startLocalMusicApi({ ...musicApiOptions, now, ...changes });
      musicApis.add(musicApi);
      return musicApi;
    },
    openStore: () => openStore({ databaseUrl: env.DATABASE_URL }),
    clipCards: (where = channel) => discord.messages(where).filter(isClipCard),
    untilClipCards: (count, where = channel) =>
      discord.until(
        () => {
          const cards = discord.messages(where).filter(isClipCard);
          return cards.length >= count && cards;
        },
        { what: `${count} clip cards` },
      ),
    async close() {
      await world.stopBot();
      await Promise.all([discord.close(), musicApi.close()]);
      await rm(folder, { recursive: true, force: true });
      expectNoSecretIn(lines, [...envSecrets, ...listWorldSecrets(discord, musicApis)]);
    },
  };
  if (options.startsBot !== false) await world.startBot();
  return world;
}

/** The labels of a clip card's buttons, in their order, before the heart. */
export const CLIP_BUTTONS = ['Extend', 'Cover', 'Stems', 'More'] as const;

/** The same by what they do, whatever language they are labelled in. */
const CLIP_ACTIONS = ['extend', 'cover', 'stems', 'more'] as const;

function isClipCard(message: Message): boolean {
  return CLIP_ACTIONS.every((action) =>
    message.buttons.some(({ customId }) => customId?.startsWith(`1:${action}:`)),
  );
}

function collect(log: LogLine[], lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (!line) continue;
        lines.push(line);
        log.push(JSON.parse(line));
      }
      done();
    },
  });
}
