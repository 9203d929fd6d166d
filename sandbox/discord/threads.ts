import { requirePermission } from './access.ts';
import { Channel } from './channel.ts';
import { isRecord, refuse, refuseForm } from './errors.ts';
import { getChannelMessage } from './messages.ts';
import type { World } from './world.ts';

const MAX_NAME_LENGTH = 100;

/**
 * Starts a thread below a message: it has the id of the message.
 *
 * @throws DiscordError what Discord would answer
 * @see https://discord.com/developers/docs/resources/channel#start-thread-from-message
 */
export function startThread(world: World, channel: Channel, messageId: string, body: unknown): Channel {
  if (channel.kind !== 'guild' || channel.parent) throw refuse('wrongChannelType');
  requirePermission(channel, 'CreatePublicThreads');
  const message = getChannelMessage(channel, messageId);
  const name = isRecord(body) && typeof body.name === 'string' ? body.name : '';
  if (name.trim() === '' || name.length > MAX_NAME_LENGTH) {
    const problem = {
      path: ['name'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: 'Must be between 1 and 100 in length.',
    };
    throw refuseForm([problem]);
  }
  if (world.channels.has(message.id)) throw refuse('threadExists');
  const { guild } = channel;
  const thread = new Channel({
    id: message.id,
    name,
    kind: 'guild',
    parent: channel,
    ...(guild ? { guild } : {}),
  });
  thread.botPermissions = channel.botPermissions;
  world.channels.set(thread.id, thread);
  guild?.channels.set(thread.id, thread);
  world.changed();
  return thread;
}
