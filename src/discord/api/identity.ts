import { type APIUser, DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Config } from '../../config.ts';
import { coerceError, StartError } from '../../errors.ts';
import { REFUSED_TOKEN } from './connect.ts';

/**
 * Asks who the bot is, for a process that has no gateway connection to be told by.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function fetchIdentity(rest: REST, config: Pick<Config, 'discordApiUrl'>): Promise<APIUser> {
  try {
    // Discord's own description of the route (GET /users/@me).
    return (await rest.get(Routes.user())) as APIUser;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 401) throw new StartError(REFUSED_TOKEN);
    throw new StartError(
      `Discord cannot be reached at ${config.discordApiUrl}: ${coerceError(error).message}`,
      { cause: error },
    );
  }
}
