import type { Logger } from '../../log.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';

/** Which roles and channels a server has. What could not be found out is undefined: everything is then as if it were there. */
export interface GuildFacts {
  /** Names of the roles by their ids. */
  readonly roles?: ReadonlyMap<string, string> | undefined;
  readonly channelIds?: ReadonlySet<string> | undefined;
}

interface FactsDeps {
  readonly api: Pick<DiscordApi, 'getGuild' | 'listChannels'>;
  readonly log: Logger;
}

/**
 * Asks Discord which roles and channels a server has. Never throws: where the bot is no member, it is not told.
 *
 * @param wanted - what has to be known; the rest is not asked for
 */
export async function loadGuildFacts(
  { api, log }: FactsDeps,
  guildId: string,
  wanted: { readonly roles: boolean; readonly channels: boolean },
): Promise<GuildFacts> {
  const ask = async <T>(question: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await question();
    } catch (error) {
      log.info({ guildId, reason: describeApiError(error) }, 'roles or channels of a server are not known');
      return undefined;
    }
  };
  const [guild, channels] = await Promise.all([
    wanted.roles ? ask(() => api.getGuild(guildId)) : undefined,
    wanted.channels ? ask(() => api.listChannels(guildId)) : undefined,
  ]);
  return {
    roles: guild && new Map(guild.roles.map(({ id, name }) => [id, name])),
    channelIds: channels && new Set(channels.map(({ id }) => id)),
  };
}

/** Whether a role is known to be gone. */
export function isRoleGone({ roles }: GuildFacts, roleId: string): boolean {
  return roles !== undefined && !roles.has(roleId);
}

/** Whether a channel is known to be gone. */
export function isChannelGone({ channelIds }: GuildFacts, channelId: string): boolean {
  return channelIds !== undefined && !channelIds.has(channelId);
}
