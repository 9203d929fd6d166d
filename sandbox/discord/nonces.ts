import type { MessageRecord } from './records.ts';
import type { World } from './world.ts';

/** Remembers for a few minutes which message was created with which nonce. Nonces are compared per author. */
export interface Nonces {
  find(authorId: string, nonce: string | number): MessageRecord | undefined;
  remember(message: MessageRecord): void;
}

/** Creates the memory of nonces. @see https://discord.com/developers/docs/resources/message#create-message */
export function createNonces(world: World): Nonces {
  const known = new Map<string, MessageRecord>();
  const keyOf = (authorId: string, nonce: string | number) => `${authorId}:${nonce}`;
  return {
    find(authorId, nonce) {
      const message = known.get(keyOf(authorId, nonce));
      if (!message || message.deleted) return undefined;
      return world.clock.now() - message.createdAt < world.limits.nonceWindowMs ? message : undefined;
    },
    remember(message) {
      if (message.nonce !== undefined) known.set(keyOf(message.author.id, message.nonce), message);
    },
  };
}
