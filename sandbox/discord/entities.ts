/** What menus of people, roles and channels offer: what there is where they are. */
import { ComponentType } from 'discord-api-types/v10';
import type { Channel } from './channel.ts';
import { renderChannel, renderMember, renderUser } from './render.ts';
import type { World } from './world.ts';

/** What such a menu offers, by its type. */
export const ENTITIES = {
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.MentionableSelect]: 'mentionable',
  [ComponentType.ChannelSelect]: 'channel',
} as const;

/** One of them. */
export type Entity = (typeof ENTITIES)[keyof typeof ENTITIES];

/** Whether a menu in this channel offers it. The role of everybody is never offered. */
export function isOffered(world: World, { guild }: Channel, entity: Entity, id: string): boolean {
  const isRole = id !== guild?.id && guild?.roles.has(id) === true;
  const isUser = world.users.has(id);
  const isChannel = guild?.channels.get(id)?.deleted === false;
  return { role: isRole, user: isUser, mentionable: isRole || isUser, channel: isChannel }[entity];
}

/** The chosen ones as they come along with their ids. */
export function resolveEntities(world: World, { guild }: Channel, ids: readonly string[]) {
  const users = ids.flatMap((id) => world.users.get(id) ?? []);
  const members = ids.flatMap((id) => guild?.members.get(id) ?? []);
  const roles = ids.flatMap((id) => guild?.roles.get(id) ?? []);
  const channels = ids.flatMap((id) => guild?.channels.get(id) ?? []);
  return {
    users: Object.fromEntries(users.map((user) => [user.id, renderUser(user)])),
    members: Object.fromEntries(members.map((member) => [member.user.id, renderMember(member, true)])),
    roles: Object.fromEntries(roles.map(({ id, name }) => [id, { id, name }])),
    channels: Object.fromEntries(
      channels.map((channel) => {
        const { id, name, type, parent_id } = renderChannel(channel);
        return [channel.id, { id, name, type, parent_id, permissions: '0' }];
      }),
    ),
  };
}
