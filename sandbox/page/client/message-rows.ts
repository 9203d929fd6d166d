import type { APIMessage } from 'discord-api-types/v10';
import { dayOf } from './formats.ts';

/** A line of the message list. */
export type Row<T> =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: T;
      /** Goes on from the message above it: neither picture nor name again. */
      readonly isGrouped: boolean;
    };

/** What decides about the place of a message. */
export type Placed = Pick<
  APIMessage,
  'id' | 'timestamp' | 'author' | 'interaction_metadata' | 'message_reference'
>;

const GROUP_WINDOW_MS = 7 * 60_000;

/** Lays messages out, oldest first, as Discord's client does: by day, and those of one author close together. */
export function layOutMessages<T>(
  all: readonly T[],
  placeOf: (one: T) => Placed,
  timeZone?: string,
): readonly Row<T>[] {
  return all.flatMap((one, index): Row<T>[] => {
    const placed = placeOf(one);
    const previous = all[index - 1];
    const before = previous && placeOf(previous);
    const at = Date.parse(placed.timestamp);
    const day = dayOf(at, timeZone);
    const isNewDay = !before || dayOf(Date.parse(before.timestamp), timeZone) !== day;
    const isGrouped = !isNewDay && goesOn(before, placed);
    const row: Row<T> = { kind: 'message', key: placed.id, message: one, isGrouped };
    return isNewDay ? [{ kind: 'day', key: `day ${day}`, at }, row] : [row];
  });
}

function goesOn(before: Placed, message: Placed): boolean {
  return (
    before.author.id === message.author.id &&
    !message.message_reference &&
    !message.interaction_metadata &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_WINDOW_MS
  );
}
