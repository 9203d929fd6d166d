import { createHash } from 'node:crypto';
import type { REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type Keyv from 'keyv';
import { StartError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Command, MessageCommand } from '../interactions/command.ts';
import { CODE, describeApiError, isRefusal } from './api-errors.ts';

interface Registration {
  readonly rest: REST;
  readonly applicationId: string;
  /** Register in this server only. */
  readonly guildId: string | undefined;
  readonly commands: readonly (Command | MessageCommand)[];
  /** Remembers what was registered, per application and scope. */
  readonly memory: Keyv<string>;
  readonly log: Logger;
}

/** A list of commands at Discord: everywhere, or in one server. */
interface Scope {
  readonly key: string;
  readonly route: `/${string}`;
}

/**
 * Tells Discord the commands, when they are not the ones it was told last. Switching to a single server, to
 * another one, or back empties the list that we registered before, so that nobody sees every command twice.
 *
 * Trouble at Discord is logged and left to the next start: the commands of the last one are still there, and what
 * was asked for has to be delivered.
 *
 * @throws StartError when the server that the operator named cannot have commands.
 */
export async function registerCommands(registration: Registration): Promise<void> {
  const { applicationId, guildId, commands, memory, log } = registration;
  const definitions = commands.map((command) => command.data.toJSON());
  const placeKey = `${applicationId}:place`;
  const place = guildId ?? GLOBAL;
  try {
    await put(registration, scopeOf(applicationId, place), definitions);
    const before = await memory.get(placeKey);
    if (before !== undefined && before !== place) await clear(registration, scopeOf(applicationId, before));
    await memory.set(placeKey, place);
  } catch (error) {
    if (guildId && isRefusal(error, CODE.missingAccess, CODE.unknownGuild)) {
      throw new StartError(
        `DISCORD_GUILD_ID names a server (${guildId}) that this bot is not in, or was invited to without application.commands: invite it, or remove the variable.`,
        { cause: error },
      );
    }
    log.error({ reason: describeApiError(error) }, 'commands not registered; the next start tries again');
  }
}

const GLOBAL = 'global';

function scopeOf(applicationId: string, place: string): Scope {
  const route =
    place === GLOBAL
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, place);
  return { key: `${applicationId}:${place}`, route };
}

async function put(
  { rest, memory, log }: Registration,
  { key, route }: Scope,
  definitions: readonly unknown[],
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(definitions)).digest('hex');
  if ((await memory.get(key)) === hash) return;
  await rest.put(route, { body: definitions });
  await memory.set(key, hash);
  log.info({ scope: key, commands: definitions.length }, 'commands registered');
}

/** Empties a list of ours. In a server that the bot has left there is nothing to empty. */
async function clear(registration: Registration, scope: Scope): Promise<void> {
  try {
    await put(registration, scope, []);
  } catch (error) {
    if (!isRefusal(error, CODE.missingAccess, CODE.unknownGuild)) throw error;
  }
}
