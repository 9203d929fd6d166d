import type { APIMessage } from 'discord-api-types/v10';
import { dayOf } from './formats.ts';

/** A line of the message list. */
export type Row<M> =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: M;
      /** Goes on from the message above it: neither picture nor name again. */
      readonly isGrouped: boolean;
    };

/** What decides about the place of a message. */
type Placed = Pick<APIMessage, 'id' | 'timestamp' | 'author' | 'interaction_metadata' | 'message_reference'>;

const GROUP_WINDOW_MS = 7 * 60_000;

/** Lays messages out, oldest first, as Discord's client does: by day, and those of one author close together. */
export function layOutMessages<M extends Placed>(
  messages: readonly M[],
  timeZone?: string,
): readonly Row<M>[] {
  return messages.flatMap((message, index): Row<M>[] => {
    const before = messages[index - 1];
    const at = Date.parse(message.timestamp);
    const isNewDay = !before || dayOf(Date.parse(before.timestamp), timeZone) !== dayOf(at, timeZone);
    const isGrouped = !isNewDay && before !== undefined && goesOn(before, message);
    const row: Row<M> = { kind: 'message', key: message.id, message, isGrouped };
    return isNewDay ? [{ kind: 'day', key: `day ${dayOf(at, timeZone)}`, at }, row] : [row];
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
