import { Channel } from './channel.ts';
import type { User } from './records.ts';
import type { World } from './world.ts';

/** The DM of a person with the bot; it is created when they have none yet. */
export function openBotDm(world: World, user: User): Channel {
  for (const channel of world.channels.values()) {
    if (channel.kind === 'bot-dm' && channel.recipients[0] === user) return channel;
  }
  const channel = new Channel({
    id: world.nextId(),
    name: `DM with ${user.name}`,
    kind: 'bot-dm',
    recipients: [user],
  });
  world.channels.set(channel.id, channel);
  return channel;
}
