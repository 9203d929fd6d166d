import type { Channel } from './channel.ts';
import { refuse } from './errors.ts';
import { hasPermission, type PermissionName } from './permissions.ts';
import type { World } from './world.ts';

/** The channel as the bot may see it. @throws DiscordError 10003 or 50001 */
export function getVisibleChannel(world: World, id: string): Channel {
  const channel = world.getChannel(id);
  if (!botCan(channel, 'ViewChannel')) throw refuse('missingAccess');
  return channel;
}

/** Throws unless the bot has the permission in the channel. @throws DiscordError 50013 */
export function requirePermission(channel: Channel, name: PermissionName): void {
  if (!botCan(channel, name)) throw refuse('missingPermissions');
}

/** Whether the bot has a permission in a channel. */
export function botCan(channel: Channel, name: PermissionName): boolean {
  if (channel.kind === 'bot-dm') return true;
  // In DMs between other people, and in guilds where only members have installed the app, the bot is not present.
  return channel.guild?.installed === true && hasPermission(channel.botPermissions, name);
}
