import { InteractionType } from 'discord-api-types/v10';
import type { Channel } from './channel.ts';
import type { MessageRecord } from './records.ts';
import { walkComponents } from './validate-components.ts';
import type { World } from './world.ts';

const LAST_INTERACTIONS = 10;

/** What every channel shows and how the last interactions went, as text for a failed test. */
export function describeWorld(world: World): string {
  const channels = [...world.channels.values()].map((channel) => describeChannel(channel));
  const interactions = [...world.interactions.values()]
    .slice(-LAST_INTERACTIONS)
    .map(
      (one) => `  ${InteractionType[one.type]} ${one.commandName ?? ''} by ${one.user.name}: ${one.state}`,
    );
  return [...channels, 'Last interactions:', ...interactions].join('\n');
}

function describeChannel(channel: Channel): string {
  const lines = [...channel.messages.values()].filter((message) => !message.deleted).map(describeMessage);
  const title = `#${channel.name}${channel.deleted ? ' (deleted)' : ''}:`;
  return [title, ...(lines.length > 0 ? lines : ['  (no messages)'])].join('\n');
}

function describeMessage(message: MessageRecord): string {
  const parts = [message.content];
  for (const embed of message.embeds)
    parts.push(`[embed: ${embed.title ?? ''} | ${embed.description ?? ''}]`);
  for (const file of message.files) parts.push(`[file: ${file.name}, ${file.data.length} bytes]`);
  for (const { component } of walkComponents(message.components)) {
    if ('label' in component && component.label) parts.push(`(${component.label})`);
    if ('content' in component) parts.push(component.content);
  }
  const privately = message.ephemeralFor ? ` privately to ${message.ephemeralFor}` : '';
  return `  ${message.author.name}${privately}, edited ${message.editedCount}x: ${parts.filter(Boolean).join(' ')}`;
}
