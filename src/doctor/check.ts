import type { REST } from 'discord.js';
import type { APIApplication, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { Config } from '../config.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import type { Transport } from '../musicapi/transport.ts';
import type { Inspection } from '../store/inspect.ts';
import type { Finding, FindingId } from './outcomes.ts';

/** What the operator asks about. */
export interface DoctorOptions {
  /** The environment, as the bot would read it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The commands as the bot would register them. */
  readonly commands: readonly RESTPostAPIApplicationCommandsJSONBody[];
  /** The server whose permissions are looked at, instead of all. */
  readonly guildId?: string | undefined;
  /** The channel whose permissions are looked at. */
  readonly channelId?: string | undefined;
  /** A check that takes longer is given up. @defaultValue 10 s */
  readonly timeoutMs?: number | undefined;
  /** Where the kernel tells the memory limit of a container. @defaultValue /sys/fs/cgroup */
  readonly cgroupFolder?: string | undefined;
  /** Version of Node. @defaultValue this one's */
  readonly nodeVersion?: string | undefined;
}

/** What checks look at. Everything is opened when it is asked for first, and once. */
export interface Context extends Pick<DoctorOptions, 'env' | 'commands' | 'guildId' | 'channelId'> {
  readonly cgroupFolder: string;
  readonly nodeVersion: string;
  /** @throws ConfigError; for checks that need `configuration` it does not. */
  readonly config: Config;
  /** @throws StartError when the operator's file cannot be used. */
  getCatalogue(): Promise<Catalogue>;
  /** Undefined: it is a file that is not there yet. @throws Error when it cannot be used. */
  findDatabase(): Promise<Inspection | undefined>;
  /** Asks nothing twice. */
  readonly musicApi: Transport;
  /** Carries the bot's token; asks nothing twice. */
  readonly discord: REST;
  /** @throws DiscordAPIError, or what else kept Discord from answering. */
  getApplication(): Promise<APIApplication>;
}

/** One thing to look at. It changes nothing anywhere. */
export interface Check {
  /** What it is mainly about. */
  readonly id: FindingId;
  /** What it looks at, as in "… was not looked at". */
  readonly title: string;
  /** Checks without which it makes no sense. */
  readonly needs: readonly FindingId[];
  /** Whether the operator asked for it. @defaultValue always */
  readonly isWanted?: (context: Context) => boolean;
  /** @param signal - given up at its time limit */
  run(context: Context, signal: AbortSignal): Promise<readonly Finding[]>;
}
