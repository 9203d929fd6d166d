import { GatewayIntentBits } from 'discord-api-types/v10';
import type { GatewaySession } from './gateway-session.ts';
import type { Guild } from './guild.ts';
import type { MessageRecord } from './records.ts';
import { renderChannel, renderGuild, renderMember, renderOwnUser } from './render.ts';
import { renderMessage } from './render-message.ts';
import { shardOfGuild } from './snowflake.ts';
import type { World, WorldEvent } from './world.ts';

/** The first event of a session. @see https://discord.com/developers/docs/events/gateway-events#ready */
export function renderReady(
  world: World,
  session: GatewaySession,
  guilds: readonly Guild[],
): Record<string, unknown> {
  return {
    v: 10,
    user: renderOwnUser(world.botUser),
    user_settings: {},
    session_type: 'normal',
    session_id: session.id,
    resume_gateway_url: world.origin.replace(/^http/, 'ws'),
    relationships: [],
    private_channels: [],
    presences: [],
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    shard: [...session.shard],
    application: { id: world.applicationId, flags: 0 },
    _trace: [],
  };
}

/** A guild that becomes available; only clients with the Guilds intent are told. */
export function renderGuildCreate(world: World, guild: Guild): Record<string, unknown> {
  return {
    ...renderGuild(world, guild),
    joined_at: new Date(world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [renderMember(guild.addMember(world.botUser))],
    channels: [...guild.channels.values()].filter((channel) => !channel.deleted).map(renderChannel),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Tells a session of an event, if its shard and intents receive it. Interactions need no intent. */
export function tellSession(world: World, session: GatewaySession, event: WorldEvent): void {
  const [shardId, shardCount] = session.shard;
  const guildId = event.type === 'interaction' ? event.interaction.guildId : event.message.guildId;
  // Everything outside guilds goes to the first shard.
  if ((guildId === undefined ? 0 : shardOfGuild(guildId, shardCount)) !== shardId) return;
  if (event.type === 'interaction') {
    session.dispatch('INTERACTION_CREATE', event.interaction.payload);
    return;
  }
  const { message, change } = event;
  const needed = guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
  if (message.ephemeralFor || (session.intents & needed) === 0) return;
  if (change === 'delete') {
    session.dispatch('MESSAGE_DELETE', { id: message.id, channel_id: message.channelId, guild_id: guildId });
  } else {
    session.dispatch(
      change === 'create' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE',
      renderFor(world, session, message),
    );
  }
}

function renderFor(world: World, session: GatewaySession, message: MessageRecord): Record<string, unknown> {
  const full = { ...renderMessage(world, message, { withNonce: true }), guild_id: message.guildId };
  const mayRead =
    (session.intents & GatewayIntentBits.MessageContent) !== 0 ||
    message.author === world.botUser ||
    message.guildId === undefined ||
    message.mentions.users.includes(world.botUser.id);
  return mayRead ? full : { ...full, content: '', embeds: [], attachments: [], components: [] };
}
