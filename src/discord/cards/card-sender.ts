import { createHash } from 'node:crypto';
import { isTokenAlive, type Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import type { Logger } from '../../log.ts';
import type { TaskCard } from '../../store/cards.ts';
import type { DiscordApi, InteractionHandle } from '../api/api.ts';
import {
  CODE,
  describeApiError,
  findLongWait,
  isPlaceClosed,
  isRefusal,
  isTokenDead,
  isTooLarge,
} from '../api/api-errors.ts';
import type { UploadLimits } from '../delivery/upload-limits.ts';
import type { CardMessage } from '../messages/message.ts';
import type { CardContent } from './card-content.ts';

/** Where an edit went, or why nowhere. */
export type Shown =
  | { readonly kind: 'shown'; readonly channelId: string; readonly messageId: string }
  | { readonly kind: 'unreachable' }
  /** Discord takes none of these files by this way: without them, or with smaller ones, it may. */
  | { readonly kind: 'too-large' }
  /** Discord wants no edit of this message for so long. */
  | { readonly kind: 'postponed'; readonly waitMs: number }
  | { readonly kind: 'retry' };

/** The message, or the right to edit it, is gone for good. */
const LOST_CODES = [CODE.unknownMessage, CODE.tooManyEditsOfOldMessage];

/** Brings a status card, and the words that go with it, to where the request came from. */
export class CardSender {
  readonly #api: DiscordApi;
  readonly #log: Logger;
  readonly #limits: UploadLimits;

  constructor(api: DiscordApi, log: Logger, limits: UploadLimits) {
    this.#api = api;
    this.#log = log;
    this.#limits = limits;
  }

  /** The largest single file in bytes that a card takes by the way that is open at `now`. */
  async limitOf({ origin }: Task, card: TaskCard, now: number): Promise<number> {
    if (isTokenAlive(origin, now)) return origin.attachmentLimitBytes;
    return await this.#limits.get(isEditable(origin, card) ? 'channel' : 'direct-message', origin);
  }

  /** By the interaction's token while it lives, then as the bot where it is a member and everybody may see it. */
  async edit(task: Task, card: TaskCard, { body, files }: CardContent, now: number): Promise<Shown> {
    const { origin } = task;
    try {
      if (isTokenAlive(origin, now)) {
        const message = await this.#api.editAnswer(handleOf(origin), body, undefined, { files });
        return { kind: 'shown', channelId: message.channel_id, messageId: message.id };
      }
    } catch (error) {
      if (!isTokenDead(error)) return this.#judge(task, error);
      this.#log.info({ reference: task.id, reason: describeApiError(error) }, 'interaction token is dead');
    }
    if (!isEditable(origin, card)) return { kind: 'unreachable' };
    try {
      await this.#api.editMessage(card.channelId, card.messageId, body, { files });
      return { kind: 'shown', channelId: card.channelId, messageId: card.messageId };
    } catch (error) {
      return this.#judge(task, error);
    }
  }

  /**
   * Sends a result as a direct message, because its card can be reached no more. The same content has the same nonce:
   * sent again within a few minutes, it is still one message.
   */
  async sendDirectly(task: Task, { body, files }: CardContent, key: string): Promise<Shown> {
    try {
      const channelId = await this.#api.openDirectMessage(task.origin.userId);
      const message = await this.#api.post(channelId, { ...body, nonce: nonceOfWords(task, key) }, { files });
      return { kind: 'shown', channelId, messageId: message.id };
    } catch (error) {
      return this.#judge(task, error);
    }
  }

  #judge(task: Task, error: unknown): Shown {
    if (isTooLarge(error)) return { kind: 'too-large' };
    const isLost = isPlaceClosed(error) || isTokenDead(error) || isRefusal(error, ...LOST_CODES);
    this.#log.warn({ reference: task.id, reason: describeApiError(error), isLost }, 'card not edited');
    const waitMs = findLongWait(error);
    if (waitMs !== undefined) return { kind: 'postponed', waitMs };
    return { kind: isLost ? 'unreachable' : 'retry' };
  }

  /** Tells the requester something besides the card, privately by the token, else by direct message. */
  async say(task: Task, words: CardMessage, wordKey: string, now: number): Promise<void> {
    try {
      if (isTokenAlive(task.origin, now)) {
        await this.#api.followUp(handleOf(task.origin), words, { private: true });
        return;
      }
    } catch (error) {
      this.#log.info({ reference: task.id, reason: describeApiError(error) }, 'no private follow-up');
    }
    try {
      const channelId = await this.#api.openDirectMessage(task.origin.userId);
      await this.#api.post(channelId, { ...words, nonce: nonceOfWords(task, wordKey) });
    } catch (error) {
      this.#log.info({ reference: task.id, reason: describeApiError(error) }, 'no direct message');
    }
  }
}

/** Discord takes at most 25 characters, and ids of one millisecond differ in their last ones only. */
function nonceOfWords(task: Task, wordKey: string): string {
  return createHash('sha256').update(`${task.id}:${wordKey}`).digest('base64url').slice(0, 24);
}

function handleOf(origin: Origin): InteractionHandle {
  return { id: origin.interactionId, applicationId: origin.applicationId, token: origin.token };
}

/** Whether the bot can edit the card as itself: an ephemeral message is reached by its token only. */
function isEditable(
  { botCanPost, isPrivate }: Origin,
  card: TaskCard,
): card is TaskCard & { readonly channelId: string; readonly messageId: string } {
  return botCanPost && !isPrivate && card.messageId !== undefined && card.channelId !== undefined;
}
