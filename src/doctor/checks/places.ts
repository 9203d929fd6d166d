import {
  type APIGuildChannel,
  type APIGuildMember,
  type APIOverwrite,
  ChannelType,
  type RESTAPIPartialCurrentUserGuild,
  Routes,
} from 'discord-api-types/v10';
import { CODE, isRefusal } from '../../discord/api/api-errors.ts';
import type { Check, Context } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import {
  INVITE_PERMISSIONS,
  listMissing,
  listMissingForThreads,
  listMissingInThread,
  permissionsIn,
} from '../permissions.ts';

/** A channel or thread of a server, as far as it matters here. */
type Place = Pick<APIGuildChannel, 'id' | 'type' | 'name'> & {
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: APIOverwrite[];
};

const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** As many servers as Discord tells in one answer. */
const MAX_SERVERS = 200;

/** More servers with something missing than these are only counted. */
const MAX_NAMED = 10;

const GRANT = 'Give the bot’s role what is missing: Server Settings, Roles.';

/** What is missing in which servers. */
export const servers: Check = {
  id: 'discord-servers',
  title: 'Servers',
  needs: ['discord'],
  isWanted: ({ guildId, channelId }) => guildId === undefined && channelId === undefined,
  async run(context, signal) {
    const guilds = await listGuilds(context, { limit: String(MAX_SERVERS) }, signal);
    const { id } = await context.getApplication();
    return judgeServers(guilds, id);
  },
};

function judgeServers(
  guilds: readonly RESTAPIPartialCurrentUserGuild[],
  applicationId: string,
): readonly Finding[] {
  if (guilds.length === 0)
    return [found('discord-servers', 'none', 'The bot is in no server.', invite(applicationId))];
  const lacking = guilds.flatMap(({ name, permissions }) => {
    const missing = listMissing(BigInt(permissions));
    return missing.length > 0 ? [{ name, missing }] : [];
  });
  const seen =
    guilds.length === MAX_SERVERS ? `the first ${MAX_SERVERS} servers` : `${guilds.length} servers`;
  if (lacking.length === 0)
    return [found('discord-servers', 'complete', `In ${seen} no permission is missing.`)];
  const named = lacking
    .slice(0, MAX_NAMED)
    .map(({ name, missing }) => found('discord-servers', 'missing', describe(name, missing), GRANT));
  const more = lacking.length - named.length;
  return more > 0
    ? [...named, found('discord-servers', 'missing', `${more} more servers lack permissions, too.`, GRANT)]
    : named;
}

/** What is missing in the server that was asked about. */
export const server: Check = {
  id: 'discord-server',
  title: 'Server',
  needs: ['discord'],
  isWanted: ({ guildId }) => guildId !== undefined,
  async run(context, signal) {
    const { guildId = '', config } = context;
    const guild = await findGuild(context, guildId, signal);
    if (!guild) {
      const { id } = await context.getApplication();
      return [found('discord-server', 'absent', `The bot is not in the server ${guildId}.`, invite(id))];
    }
    if (config.allowedGuilds.length > 0 && !config.allowedGuilds.includes(guildId)) {
      const words = `${guild.name} is not in ALLOWED_GUILDS: nobody can ask for anything there.`;
      return [found('discord-server', 'not-served', words, `Add ${guildId} to ALLOWED_GUILDS.`)];
    }
    const bits = BigInt(guild.permissions);
    const missing = listMissing(bits);
    if (missing.length > 0) return [found('discord-server', 'missing', describe(guild.name, missing), GRANT)];
    const words = `In ${guild.name} no permission is missing.${noteThreads(bits)}`;
    return [found('discord-server', 'complete', words)];
  },
};

/** What is missing in the channel that was asked about. */
export const channel: Check = {
  id: 'discord-channel',
  title: 'Channel',
  needs: ['discord'],
  isWanted: ({ channelId }) => channelId !== undefined,
  async run(context, signal) {
    const { channelId = '', guildId } = context;
    try {
      const place = (await context.discord.get(Routes.channel(channelId), { signal })) as Place;
      if (!place.guild_id || (guildId !== undefined && place.guild_id !== guildId)) {
        const words = `The channel ${channelId} belongs to ${place.guild_id ? 'another server' : 'no server'}.`;
        return [found('discord-channel', 'elsewhere', words, 'Copy the id of a channel of that server.')];
      }
      return [await judgeChannel(context, place, place.guild_id, signal)];
    } catch (error) {
      const fix =
        'Copy its id again: Discord, User Settings, Advanced, Developer Mode; then Copy Channel ID.';
      if (isRefusal(error, CODE.unknownChannel))
        return [found('discord-channel', 'absent', `There is no channel ${channelId}.`, fix)];
      if (!isRefusal(error, CODE.missingAccess)) throw error;
      const words = `The bot does not see the channel ${channelId}.`;
      return [
        found('discord-channel', 'hidden', words, 'Give it View Channels there: Edit Channel, Permissions.'),
      ];
    }
  },
};

async function judgeChannel(
  context: Context,
  place: Place,
  guildId: string,
  signal: AbortSignal,
): Promise<Finding> {
  const { id: userId } = await context.getApplication().then(({ id, bot }) => bot ?? { id });
  const guild = await findGuild(context, guildId, signal);
  const member = (await context.discord.get(Routes.guildMember(guildId, userId), {
    signal,
  })) as APIGuildMember;
  const holder = { userId, guildId, roleIds: member.roles, bits: BigInt(guild?.permissions ?? 0) };
  const { permission_overwrites: overwrites = [] } = await findRules(context, place, signal);
  const bits = permissionsIn(holder, overwrites);
  const isThread = THREADS.includes(place.type);
  const missing = isThread ? listMissingInThread(bits) : listMissing(bits);
  if (missing.length === 0) {
    const words = `In #${place.name} no permission is missing.${isThread ? '' : noteThreads(bits)}`;
    return found('discord-channel', 'complete', words);
  }
  const fix = 'Give the bot’s role what is missing: Edit Channel, Permissions.';
  return found('discord-channel', 'missing', describe(`#${place.name}`, missing), fix);
}

/** A thread has no permissions of its own: those of its channel hold. */
async function findRules({ discord }: Context, place: Place, signal: AbortSignal): Promise<Place> {
  if (!THREADS.includes(place.type) || !place.parent_id) return place;
  return (await discord.get(Routes.channel(place.parent_id), { signal })) as Place;
}

/** One server of the bot, by Discord's own order of ids. */
async function findGuild(context: Context, guildId: string, signal: AbortSignal) {
  const after = String(BigInt(guildId) - 1n);
  const [guild] = await listGuilds(context, { after, limit: '1' }, signal);
  return guild?.id === guildId ? guild : undefined;
}

/** Servers of the bot with what it may do in them (Discord: Get Current User Guilds). */
async function listGuilds({ discord }: Context, query: Record<string, string>, signal: AbortSignal) {
  const asked = { query: new URLSearchParams(query), signal };
  return (await discord.get(Routes.userGuilds(), asked)) as RESTAPIPartialCurrentUserGuild[];
}

function describe(place: string, missing: readonly string[]): string {
  return `In ${place} the bot lacks ${missing.join(', ')}. Songs come as answers and direct messages meanwhile.`;
}

function noteThreads(bits: bigint): string {
  const missing = listMissingForThreads(bits);
  return missing.length === 0 ? '' : ` Only where it is wanted: ${missing.join(', ')}.`;
}

function invite(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  return `Invite it: https://discord.com/oauth2/authorize?${query}`;
}
