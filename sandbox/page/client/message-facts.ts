import type { APIMessage } from 'discord-api-types/v10';
import { FLAG } from './discord-values.ts';

/** The name under which people see somebody. */
export function displayName({ global_name: name, username }: APIMessage['author']): string {
  return name ?? username;
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
