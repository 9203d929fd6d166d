import type { APIMessage } from 'discord-api-types/v10';
import { FLAG } from './discord-values.ts';
import type { PageState } from './page-state.ts';

/** The name under which people see somebody. */
export function displayName(author: APIMessage['author'], { world }: Pick<PageState, 'world'>): string {
  return author.id === world?.bot.id ? world.bot.name : (author.global_name ?? author.username);
}

/** Whether the answer is still to come: "Encore is thinking…". */
export function isThinking(message: Pick<APIMessage, 'flags'>): boolean {
  return hasFlag(message, FLAG.loading);
}

/** Whether the message came without a notification. */
export function isSilent(message: Pick<APIMessage, 'flags'>): boolean {
  return hasFlag(message, FLAG.suppressNotifications);
}

function hasFlag({ flags }: Pick<APIMessage, 'flags'>, flag: number): boolean {
  return ((flags ?? 0) & flag) !== 0;
}
