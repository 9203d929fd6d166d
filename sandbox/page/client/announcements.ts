import type { APIMessage } from 'discord-api-types/v10';
import type { ShownMessage } from '../protocol.ts';
import { plainMarkdown } from './markdown.ts';
import { displayName, isThinking } from './message-facts.ts';
import { nameOf, type PageState, shownMessages } from './page-state.ts';

const MAX_CHARACTERS = 240;

/**
 * What a screen reader says after a change: messages of others that are new in the open channel, and answers that
 * were awaited. Progress and other edits are not called out.
 */
export function announce(before: PageState, after: PageState): string {
  if (before.person !== after.person || before.channelId !== after.channelId || !before.places) return '';
  const known = new Map(shownMessages(before).map((one) => [one.message.id, one]));
  return shownMessages(after)
    .filter(({ message }) => message.author.id !== after.person?.id && isNews(known.get(message.id), message))
    .map((shown) => describeMessage(shown, after))
    .join(' ');
}

function isNews(before: ShownMessage | undefined, message: APIMessage): boolean {
  if (isThinking(message)) return false;
  return before === undefined || isThinking(before.message);
}

function describeMessage({ message, ephemeral }: ShownMessage, state: PageState): string {
  const { author, content, embeds, attachments } = message;
  const words = [
    content,
    ...embeds.flatMap(({ title, description }) => [title, description]),
    ...attachments.map(({ title, filename }) => title ?? filename),
  ];
  const text = words
    .filter((one) => one !== undefined)
    .map((one) => plainMarkdown(one, (id) => nameOf(state, id)))
    .filter(Boolean)
    .join('. ');
  const short = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
  return `${displayName(author, state)}${ephemeral ? ', only to you' : ''}: ${short}`;
}
