import { botCan } from '../discord/access.ts';
import type { Channel } from '../discord/channel.ts';
import type { Guild } from '../discord/guild.ts';
import type { Person } from '../discord/person.ts';
import type { LocalDiscord } from '../discord/server.ts';
import type { ChannelView, PlacesView, ServerView } from './protocol.ts';

/** Where a person can be now. */
export function showPlaces(discord: LocalDiscord, person: Person): PlacesView {
  return {
    servers: discord
      .guilds()
      .filter((guild) => guild.members.has(person.user.id))
      .map((guild) => showServer(person, guild)),
    dm: showChannel(person, discord.openDm(person.user)),
  };
}

function showServer(person: Person, guild: Guild): ServerView {
  return {
    id: guild.id,
    name: guild.name,
    channels: person.channels
      .filter((channel) => channel.guild === guild)
      .map((channel) => showChannel(person, channel)),
    members: [...guild.members.values()].map(({ user: { id, name } }) => ({ id, name })),
    // Menus never offer the role of everybody, which has the id of its server.
    roles: [...guild.roles.values()]
      .filter(({ id }) => id !== guild.id)
      .map(({ id, name }) => ({ id, name })),
  };
}

function showChannel(person: Person, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    parentId: channel.parent?.id ?? null,
    ageRestricted: channel.parent?.nsfw ?? channel.nsfw,
    botMayPost: botCan(channel, channel.parent ? 'SendMessagesInThreads' : 'SendMessages'),
    uploadLimitBytes: person.uploadLimitBytes(channel),
  };
}
