import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import type { Channel } from './channel.ts';
import type { Guild } from './guild.ts';
import { USUAL_PERMISSIONS } from './permissions.ts';
import type { CommandRecord, Member, StoredFile, User } from './records.ts';
import { signUrl } from './signed-urls.ts';
import type { World } from './world.ts';

type Json = Record<string, unknown>;

/** A user as others see them. */
export function renderUser(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^a-z0-9._]/g, '_'),
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    avatar_decoration_data: null,
    banner: null,
    accent_color: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    flags: 0,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** A user as they see themselves. */
export function renderOwnUser(user: User): Json {
  return {
    ...renderUser(user),
    mfa_enabled: true,
    verified: true,
    email: null,
    locale: user.locale,
    premium_type: 0,
  };
}

/** A member; inside an interaction the permissions come with it. */
export function renderMember(member: Member, withPermissions = false): Json {
  return {
    user: renderUser(member.user),
    nick: null,
    avatar: null,
    banner: null,
    roles: member.roleIds,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    ...(withPermissions ? { permissions: member.permissions.toString() } : {}),
  };
}

/** A channel as its own routes show it. */
export function renderChannel(channel: Channel): Json {
  if (channel.kind !== 'guild') {
    return {
      id: channel.id,
      type: channel.kind === 'bot-dm' ? ChannelType.DM : ChannelType.GroupDM,
      last_message_id: channel.lastMessageId,
      flags: 0,
      recipients: channel.recipients.map(renderUser),
      ...(channel.kind === 'private'
        ? { name: channel.name, icon: null, owner_id: channel.recipients[0]?.id }
        : {}),
    };
  }
  if (channel.parent) return renderThread(channel, channel.parent);
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    last_message_id: channel.lastMessageId,
    flags: 0,
    guild_id: channel.guild?.id,
    name: channel.name,
    parent_id: null,
    rate_limit_per_user: 0,
    topic: null,
    position: 0,
    permission_overwrites: renderOverwrites(channel),
    nsfw: channel.nsfw,
  };
}

/** What a channel says of the bot itself, where that differs from what everybody may do in the server. */
function renderOverwrites({ guild, botPermissions }: Channel): Json[] {
  const bot = [...(guild?.members.values() ?? [])].find(({ user }) => user.bot);
  if (!bot || botPermissions === bot.permissions) return [];
  const allow = botPermissions & ~bot.permissions;
  const deny = bot.permissions & ~botPermissions;
  return [{ id: bot.user.id, type: OverwriteType.Member, allow: allow.toString(), deny: deny.toString() }];
}

/** A thread does not say whether it is age-restricted: its channel does. */
function renderThread(channel: Channel, parent: Channel): Json {
  return {
    id: channel.id,
    type: ChannelType.PublicThread,
    last_message_id: channel.lastMessageId,
    flags: 0,
    guild_id: channel.guild?.id,
    name: channel.name,
    parent_id: parent.id,
    rate_limit_per_user: 0,
    message_count: channel.messages.size,
    member_count: 1,
    thread_metadata: { archived: false, auto_archive_duration: 4320, locked: false },
  };
}

/** A guild as its own route and GUILD_CREATE show it. */
export function renderGuild(world: World, guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId ?? world.owner.id,
    application_id: null,
    region: 'us-west',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map((role, position) => ({
      id: role.id,
      name: role.name,
      description: null,
      permissions: USUAL_PERMISSIONS.toString(),
      position,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      managed: false,
      mentionable: role.mentionable,
      icon: null,
      unicode_emoji: null,
      flags: 0,
    })),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: guild.boostTier,
    premium_subscription_count: [0, 2, 7, 14][guild.boostTier],
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    premium_progress_bar_enabled_user_updated_at: null,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** A server as the bot's own list of servers shows it. */
export function renderOwnGuild(world: World, guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: guild.ownerId === world.botUser.id,
    permissions: (guild.members.get(world.botUser.id)?.permissions ?? 0n).toString(),
    features: [],
  };
}

/** A file with a freshly signed address. */
export function renderAttachment(world: World, file: StoredFile): Json {
  const url = signUrl(world, file);
  return {
    id: file.id,
    filename: file.name,
    size: file.data.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(file.title === undefined ? {} : { title: file.title }),
    ...(file.description === undefined ? {} : { description: file.description }),
    ...(file.durationSecs === undefined ? {} : { duration_secs: file.durationSecs }),
    ...(file.waveform === undefined ? {} : { waveform: file.waveform }),
    ...(file.ephemeral ? { ephemeral: true } : {}),
  };
}

/** A registered command. */
export function renderCommand(world: World, command: CommandRecord, withLocalizations: boolean): Json {
  const { body } = command;
  return {
    id: command.id,
    application_id: world.applicationId,
    version: command.version,
    default_member_permissions: body.default_member_permissions ?? null,
    type: body.type,
    name: body.name,
    description: body.description,
    dm_permission: body.dm_permission ?? true,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0, 1],
    nsfw: body.nsfw ?? false,
    ...(body.options?.length ? { options: body.options.map((option) => dropNulls(option)) } : {}),
    ...(withLocalizations
      ? {
          name_localizations: body.name_localizations ?? null,
          description_localizations: body.description_localizations ?? null,
        }
      : {}),
    ...(command.guildId ? { guild_id: command.guildId } : {}),
  };
}

/** A copy without the fields that are null or undefined, as Discord leaves them out. */
export function dropNulls(value: object): Json {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([key, field]) => [key, dropNullsInside(field)]),
  );
}

function dropNullsInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNullsInside);
  return typeof value === 'object' && value !== null ? dropNulls(value) : value;
}
