import type { APIMessage } from 'discord-api-types/v10';
import type { AttemptedPart, Delivery } from '../../domain/delivery.ts';
import type { DiscordApi } from '../api/api.ts';
import { listCustomIds } from '../messages/message-ids.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Our clock and Discord's may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;

/** A busy channel is searched this far; further back nothing of ours can be that Discord's nonce does not cover. */
const MAX_PAGES = 10;

/**
 * Looks in a channel for the message of a delivery whose sending was cut off. Every message of a delivery has a
 * button that carries the delivery's id and the part, which nobody but the bot can put there. Where the try is only
 * presumed, the song's own message counts too: what posted it was a delivery that is forgotten.
 */
export async function findOwnMessage(
  api: DiscordApi,
  botId: string,
  delivery: Delivery,
  attempt: AttemptedPart & { readonly channelId: string },
): Promise<APIMessage | undefined> {
  let after = snowflakeAt(attempt.startedAt - CLOCK_TOLERANCE_MS);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const messages = await api.listMessagesAfter(attempt.channelId, after);
    const own = messages.find(
      (message) => message.author.id === botId && carries(message, delivery, attempt),
    );
    if (own || messages.length < 100) return own;
    after = messages.reduce(
      (latest, message) => (BigInt(message.id) > BigInt(latest) ? message.id : latest),
      after,
    );
  }
  return undefined;
}

function carries(
  message: APIMessage,
  { id, clipIds }: Delivery,
  { part, isPresumed }: AttemptedPart,
): boolean {
  return listCustomIds(message).some((button) => {
    if (button.action !== 'more' || button.deliveryId === undefined || (button.part ?? 0) !== part)
      return false;
    return button.deliveryId === id || (isPresumed === true && clipIds.includes(button.clip.clipId));
  });
}

function snowflakeAt(epochMs: number): string {
  return ((BigInt(Math.max(0, epochMs)) - DISCORD_EPOCH_MS) << 22n).toString();
}
