import type { APIMessage } from 'discord-api-types/v10';
import type { AttemptedPart } from '../../domain/delivery.ts';
import type { DiscordApi } from '../api/api.ts';
import { listCustomIds } from '../messages/message-ids.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Our clock and Discord's may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;

/** A busy channel is searched this far; further back nothing of ours can be that Discord's nonce does not cover. */
const MAX_PAGES = 10;

/**
 * Looks in a channel for the message of a delivery whose sending was cut off. Every message of a delivery has a
 * button that carries the delivery's id and the part, which nobody but the bot can put there.
 */
export async function findOwnMessage(
  api: DiscordApi,
  botId: string,
  deliveryId: string,
  attempt: AttemptedPart & { readonly channelId: string },
): Promise<APIMessage | undefined> {
  let after = snowflakeAt(attempt.startedAt - CLOCK_TOLERANCE_MS);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const messages = await api.listMessagesAfter(attempt.channelId, after);
    const own = messages.find(
      (message) => message.author.id === botId && carries(message, deliveryId, attempt.part),
    );
    if (own || messages.length < 100) return own;
    after = messages.reduce(
      (latest, message) => (BigInt(message.id) > BigInt(latest) ? message.id : latest),
      after,
    );
  }
  return undefined;
}

function carries(message: APIMessage, deliveryId: string, part: number): boolean {
  return listCustomIds(message).some(
    (id) => id.action === 'more' && id.deliveryId === deliveryId && (id.part ?? 0) === part,
  );
}

function snowflakeAt(epochMs: number): string {
  return ((BigInt(Math.max(0, epochMs)) - DISCORD_EPOCH_MS) << 22n).toString();
}
