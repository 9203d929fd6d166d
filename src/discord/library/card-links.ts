import type { Clip } from '../../domain/clip.ts';
import type { PostedPart } from '../../domain/delivery.ts';
import { listDeliveriesOfTasks, type PlacedDelivery } from '../../store/deliveries.ts';
import type { Executor } from '../../store/schema.ts';
import { messageLink } from '../messages/text.ts';

/** Where a list or card is read. */
export interface Reading {
  readonly guildId?: string | undefined;
  readonly channelId?: string | undefined;
}

/** Where the message of a clip stands. */
interface CardPlace extends PostedPart {
  readonly guildId?: string | undefined;
}

/** What is known of the cards of clips. */
export interface CardPlaces {
  /** The message that shows a clip; undefined where it was posted nowhere, or nobody knows as which message. */
  find(clipId: string): (CardPlace & { readonly messageId: string }) | undefined;
  /** Its address, if those who read it there may follow it. */
  link(clipId: string, reading: Reading): string | undefined;
  /** Whether somebody was sent it. */
  isPosted(clipId: string): boolean;
}

/** Finds the cards of clips. */
export async function findCards(
  executor: Executor,
  clips: readonly Pick<Clip, 'taskId'>[],
): Promise<CardPlaces> {
  const taskIds = [...new Set(clips.map(({ taskId }) => taskId))];
  const placed = await listDeliveriesOfTasks(executor, taskIds);
  const places = new Map(placed.flatMap(listPlaces));
  const find = (clipId: string) => {
    const place = places.get(clipId);
    return place?.messageId === undefined ? undefined : { ...place, messageId: place.messageId };
  };
  return {
    find,
    link(clipId, { guildId, channelId }) {
      const place = find(clipId);
      if (!place || place.isHidden) return undefined;
      if (place.route === 'direct-message' && guildId !== undefined) return undefined;
      const isHere = guildId === undefined ? place.channelId === channelId : place.guildId === guildId;
      return isHere ? messageLink(guildId, place.channelId, place.messageId) : undefined;
    },
    isPosted: (clipId) => places.has(clipId),
  };
}

/** The message in which each clip of a delivery stands: its parts hold them one after the other. */
function listPlaces({ delivery, guildId }: PlacedDelivery): readonly (readonly [string, CardPlace])[] {
  let next = 0;
  return delivery.posted.flatMap((part) => {
    const ids = delivery.clipIds.slice(next, next + part.count);
    next += part.count;
    return ids.map((clipId) => [clipId, { ...part, guildId }] as const);
  });
}
