import type { ShownMessage, StreamEvents } from '../protocol.ts';
import { keepAddresses } from './message-addresses.ts';

/** By channel, oldest first. */
export type Messages = ReadonlyMap<string, readonly ShownMessage[]>;

/** Compares Discord's ids: the greater one is the younger one. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}

/** With a message that is new or has been edited. */
export function putMessage(messages: Messages, shown: ShownMessage): Messages {
  const { channel_id: channelId, id } = shown.message;
  const all = messages.get(channelId) ?? [];
  const before = all.find(({ message }) => message.id === id);
  const others = all.filter((one) => one !== before);
  const current = before ? { ...shown, message: keepAddresses(before.message, shown.message) } : shown;
  const place = others.findLastIndex(({ message }) => compareIds(message.id, id) < 0) + 1;
  return new Map(messages).set(channelId, others.toSpliced(place, 0, current));
}

/** Without a message that has been deleted. */
export function dropMessage(messages: Messages, { channelId, messageId }: StreamEvents['gone']): Messages {
  const left = (messages.get(channelId) ?? []).filter(({ message }) => message.id !== messageId);
  return new Map(messages).set(channelId, left);
}
