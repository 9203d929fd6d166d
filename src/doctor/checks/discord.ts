import { type APIApplication, DiscordAPIError } from 'discord.js';
import { ApplicationFlags, ApplicationIntegrationType } from 'discord-api-types/v10';
import { describeApiError } from '../../discord/api/api-errors.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { describeReason } from '../reason.ts';

/** Whether Discord answers and takes the token. */
export const discord: Check = {
  id: 'discord',
  title: 'Discord',
  needs: ['configuration'],
  async run({ config, getApplication }) {
    const startedAt = performance.now();
    const reached = () => {
      const ms = Math.round(performance.now() - startedAt);
      return found('discord', 'reached', `Discord answers within ${ms} ms.`);
    };
    try {
      const { name } = await getApplication();
      return [reached(), found('discord-token', 'accepted', `DISCORD_TOKEN is that of ${name}.`)];
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401) {
        const fix = 'Copy a new one: Discord developer portal, Bot, Reset Token.';
        return [reached(), found('discord-token', 'refused', 'Discord refuses DISCORD_TOKEN.', fix)];
      }
      const reason = error instanceof DiscordAPIError ? describeApiError(error) : describeReason(error);
      const words = `Discord gives no sensible answer at ${config.discordApiUrl} (${reason}).`;
      const fix = 'Check whether this machine reaches it; if so, look at discordstatus.com and try later.';
      return [found('discord', 'unreachable', words, fix)];
    }
  },
};

/** Whether strangers can make the operator's account pay. */
export const application: Check = {
  id: 'discord-application',
  title: 'Application',
  needs: ['discord'],
  async run({ config, getApplication }) {
    const { bot_public: isPublic } = await getApplication();
    if (!isPublic)
      return [found('discord-application', 'guarded', 'Only its owner can add the application to servers.')];
    const served = config.allowedGuilds.length;
    if (served > 0) {
      const words = `The application is public, and ALLOWED_GUILDS limits it to ${count(served, 'server')}.`;
      return [found('discord-application', 'guarded', words)];
    }
    const words = 'The application is public: whoever adds it to a server spends your credits.';
    const fix = 'Set ALLOWED_GUILDS, or switch Public Bot off: Discord developer portal, Bot.';
    return [found('discord-application', 'public', words, fix)];
  },
};

const PRIVILEGED =
  ApplicationFlags.GatewayPresence |
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayGuildMembers |
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayMessageContent |
  ApplicationFlags.GatewayMessageContentLimited;

/** Privileged intents: Encore needs none. */
export const intents: Check = {
  id: 'discord-intents',
  title: 'Intents',
  needs: ['discord'],
  async run({ getApplication }) {
    const { flags = 0 } = await getApplication();
    return (flags & PRIVILEGED) === 0
      ? [found('discord-intents', 'none', 'No privileged intent is on, and none is needed.')]
      : [found('discord-intents', 'unneeded', 'Privileged intents are on; none is needed.')];
  },
};

/** Where the application can be added. */
export const install: Check = {
  id: 'discord-install',
  title: 'Ways to add it',
  needs: ['discord'],
  async run({ getApplication }) {
    return [judgeInstall(await getApplication())];
  },
};

function judgeInstall({ integration_types_config: config }: APIApplication): Finding {
  const fix = 'Switch it on: Discord developer portal, Installation.';
  // Applications that never said anything of it can be added to servers.
  if (config && !config[ApplicationIntegrationType.GuildInstall]) {
    const words = 'The application cannot be added to servers (Guild Install is off).';
    return found('discord-install', 'no-servers', words, fix);
  }
  if (!config?.[ApplicationIntegrationType.UserInstall]) {
    const words =
      'The application can be added to servers. People cannot add it for themselves (User Install is off).';
    return found('discord-install', 'servers-only', words);
  }
  return found('discord-install', 'everywhere', 'Servers and people can add the application.');
}

/** `1 server`, `2 servers`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
