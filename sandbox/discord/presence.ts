/** Who sees what. */
import type { Channel } from './channel.ts';
import { hasPermission } from './permissions.ts';
import type { MessageRecord, User } from './records.ts';
import type { World } from './world.ts';

/** Whether a person sees a channel. */
export function isPresent(user: User, channel: Channel): boolean {
  if (channel.deleted) return false;
  if (!channel.guild) return channel.recipients.includes(user);
  const member = channel.guild.members.get(user.id);
  return member !== undefined && hasPermission(member.permissions, 'ViewChannel');
}

/** Whether a message of a channel that a person sees is for their eyes, too: private answers are for one person. */
export function isShownTo(user: User, message: MessageRecord): boolean {
  return !message.deleted && isAddressedTo(user, message);
}

/** The same for a message that may be gone by now. */
export function isAddressedTo(user: User, { ephemeralFor }: MessageRecord): boolean {
  return ephemeralFor === undefined || ephemeralFor === user.id;
}

/** Everywhere that a person can look, oldest first. */
export function listChannels(world: World, user: User): readonly Channel[] {
  return [...world.channels.values()].filter((channel) => isPresent(user, channel));
}
