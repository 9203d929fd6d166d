import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { AttemptedPart, Delivery, PostedPart, Route } from '../../domain/delivery.ts';
import type { Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import type { DiscordApi, MessageBody, OutgoingFile } from '../api/api.ts';
import { CODE, isPlaceClosed, isRefusal, isTokenDead, isTooLarge, isUncertain } from '../api/api-errors.ts';
import { type Attempt, NONCE_TTL_MS, nonceOf } from './delivery-plan.ts';
import { findOwnMessage } from './delivery-search.ts';
import type { ResultThreads } from './result-threads.ts';

/** A message on its way. */
interface Content {
  readonly body: MessageBody;
  readonly files: readonly OutgoingFile[];
  /** Breaks the upload off. */
  readonly signal: AbortSignal;
}

/** What one try to post ended with. */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly posted: PostedPart }
  /** This route takes files, but not these. */
  | { readonly kind: 'too-large' }
  /** This route is closed. */
  | { readonly kind: 'closed'; readonly reason: unknown }
  /** It may or may not have been posted. */
  | { readonly kind: 'uncertain'; readonly reason: unknown }
  /** Discord refused what we made: a mistake of ours. */
  | { readonly kind: 'refused'; readonly reason: unknown };

/** What became of a try that was cut off. */
export type SearchOutcome =
  | { readonly kind: 'posted'; readonly posted: PostedPart }
  /** It is certainly not there. */
  | { readonly kind: 'absent' }
  /** Sending it once more by the same route is safe: Discord compares the nonce. */
  | { readonly kind: 'repeatable' }
  | { readonly kind: 'undecided' };

/** Puts one message of a delivery into a place, and finds out what became of it. */
export class DeliveryPoster {
  readonly #api: DiscordApi;
  readonly #botId: () => string;
  readonly #threads: Pick<ResultThreads, 'open'>;

  constructor(api: DiscordApi, botId: () => string, threads: Pick<ResultThreads, 'open'>) {
    this.#api = api;
    this.#botId = botId;
    this.#threads = threads;
  }

  /** The channel that a route leads to. Opens the direct-message channel or the thread if need be. */
  async openPlace(route: Route, task: Task): Promise<string> {
    const { origin } = task;
    if (route === 'direct-message') return await this.#api.openDirectMessage(origin.userId);
    return route === 'channel' ? await this.#threads.open(task) : origin.channelId;
  }

  /** Posts one part; the try was written down before. Never throws. */
  async post(
    delivery: Delivery,
    attempt: AttemptedPart & { readonly channelId: string },
    origin: Origin,
    content: Content,
  ): Promise<PostOutcome> {
    try {
      const message = await this.#send(delivery, attempt, origin, content);
      return { kind: 'posted', posted: postedPart(attempt, message) };
    } catch (error) {
      if (isTooLarge(error)) return { kind: 'too-large' };
      if (isPlaceClosed(error) || isTokenDead(error)) return { kind: 'closed', reason: error };
      return { kind: isUncertain(error) ? 'uncertain' : 'refused', reason: error };
    }
  }

  /**
   * Finds out what became of a try that was cut off: by looking for the message where the bot may look, else by
   * the nonce while Discord still compares it.
   */
  async search(delivery: Delivery, attempt: AttemptedPart, task: Task, now: number): Promise<SearchOutcome> {
    const { channelId } = attempt;
    if (!channelId) return { kind: 'absent' };
    if (task.origin.botCanLook || attempt.route === 'direct-message') {
      try {
        const message = await findOwnMessage(this.#api, this.#botId(), delivery, {
          ...attempt,
          channelId,
        });
        return message
          ? { kind: 'posted', posted: postedPart({ ...attempt, channelId }, message) }
          : { kind: 'absent' };
      } catch (error) {
        if (isRefusal(error, CODE.unknownChannel)) return { kind: 'absent' };
        if (!isPlaceClosed(error)) throw error;
      }
    }
    const hasNonce = attempt.route !== 'follow-up';
    return { kind: hasNonce && now - attempt.startedAt < NONCE_TTL_MS ? 'repeatable' : 'undecided' };
  }

  async #send(
    delivery: Delivery,
    attempt: AttemptedPart & { readonly channelId: string },
    origin: Origin,
    { body, files, signal }: Content,
  ): Promise<APIMessage> {
    if (attempt.route === 'follow-up') {
      const handle = { id: origin.interactionId, applicationId: origin.applicationId, token: origin.token };
      return await this.#api.followUp(handle, body, { files, signal });
    }
    return await this.#api.post(
      attempt.channelId,
      { ...body, nonce: nonceOf(delivery, attempt.part) },
      { files, signal },
    );
  }
}

function postedPart(
  { part, count, route, channelId }: AttemptedPart & { readonly channelId: string },
  message: APIMessage,
): PostedPart {
  const isHidden = ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return { part, count, route, channelId, messageId: message.id, ...(isHidden ? { isHidden } : {}) };
}

/** Removes what a closed or too small route leaves of the plan. */
export function withoutRoute(attempts: readonly Attempt[], route: Route): readonly Attempt[] {
  return attempts.filter((attempt) => attempt.route !== route);
}
