import { REST, RESTEvents } from 'discord.js';
import type {
  APIChannel,
  APIGuild,
  APIGuildChannel,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIInteractionFollowupJSONBody,
} from 'discord-api-types/v10';
import { Routes } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import { type Observe, unobserved } from '../../telemetry/events.ts';
import { CODE, isRefusal, isUncertain } from './api-errors.ts';
import { encodeMultipart } from './multipart.ts';
import { restOptions, routeOf } from './rest-options.ts';

/** A message as we send it: plain REST JSON, the same for callbacks, webhooks and channels. */
export type MessageBody = RESTPostAPIChannelMessageJSONBody;

/** The file of a message. */
export interface OutgoingFile {
  readonly name: string;
  /** In one piece, or in several that follow each other. */
  readonly bytes: Buffer | readonly Buffer[];
  readonly contentType: string;
  /** What a picture shows, in words for those who do not see it; at most 1,024 characters. */
  readonly description?: string | undefined;
}

/** The files of a message, and what breaks their upload off. */
interface Upload {
  readonly files?: readonly OutgoingFile[];
  readonly signal?: AbortSignal;
}

/** What makes an interaction answerable: who answers, and with which token. */
export interface InteractionHandle {
  readonly id: string;
  readonly applicationId: string;
  readonly token: string;
}

const EPHEMERAL = 64;

/** Two tries fit into the three seconds that Discord gives: a connection may have died without a word. */
const CALLBACK_MS = 1_300;

/** discord.js' own bound is for the routes that count towards it. */
const UNBOUND = { retries: 0, globalRequestsPerSecond: Number.POSITIVE_INFINITY };

/** Messages with files on their way at the same time, whatever they are for: others wait, and their bytes with them. */
const MAX_UPLOADS = 4;

/**
 * All that the bot says to Discord over REST. Interaction routes go through clients of their own: they are not
 * bound to the bot's global rate limit, and a follow-up must never be sent a second time by the library
 * (a webhook message has no nonce that Discord enforces). First answers have connections of their own, so that none
 * waits for one while cards and songs are on the others.
 */
export class DiscordApi {
  readonly #bot: REST;
  readonly #interactions: REST;
  readonly #callbacks: REST;
  readonly #observe: Observe;
  readonly #uploads = pLimit(MAX_UPLOADS);
  readonly #acknowledgedAt = new WeakMap<InteractionHandle, number>();

  /**
   * @param bot - REST client that carries the bot's token; repeats on 5xx and time-outs
   * @param api - REST base without the version
   * @param observe - is told of calls, rate limits and uploads; of the bot's own calls its client tells
   */
  constructor(bot: REST, api: string, observe: Observe = unobserved) {
    this.#bot = bot;
    this.#observe = observe;
    this.#interactions = new REST({ ...restOptions(api, observe), ...UNBOUND });
    this.#callbacks = new REST({ ...restOptions(api, observe), ...UNBOUND, timeout: CALLBACK_MS });
    for (const rest of [this.#bot, this.#interactions, this.#callbacks]) {
      rest.on(RESTEvents.RateLimited, ({ method, url, scope, retryAfter: waitMs }) =>
        observe({ kind: 'discord-rate-limit', route: `${method} ${routeOf(url)}`, scope, waitMs }),
      );
    }
  }

  /** When Discord had taken the first answer to an interaction (`performance.now()`); undefined while it has not. */
  findAcknowledged(interaction: InteractionHandle): number | undefined {
    return this.#acknowledgedAt.get(interaction);
  }

  /** Acknowledges a command, a press or a form; the answer follows as an edit of the original message. */
  async defer(interaction: InteractionHandle, visibility: 'public' | 'private'): Promise<void> {
    await this.#callback(interaction, {
      type: 5,
      data: visibility === 'private' ? { flags: EPHEMERAL } : {},
    });
  }

  /** Acknowledges a press without a new message: edits of the original then change the pressed message. */
  async deferUpdate(interaction: InteractionHandle): Promise<void> {
    await this.#callback(interaction, { type: 6 });
  }

  /** Answers at once, for the person's eyes only. */
  async replyPrivately(interaction: InteractionHandle, body: MessageBody): Promise<void> {
    await this.#callback(interaction, { type: 4, data: { ...body, flags: EPHEMERAL } });
  }

  /** Replaces the content of the pressed message at once. */
  async updateMessage(interaction: InteractionHandle, body: MessageBody): Promise<void> {
    await this.#callback(interaction, { type: 7, data: body });
  }

  async showModal(
    interaction: InteractionHandle,
    modal: APIModalInteractionResponseCallbackData,
  ): Promise<void> {
    await this.#callback(interaction, { type: 9, data: modal });
  }

  async showChoices(
    interaction: InteractionHandle,
    choices: readonly { name: string; value: string }[],
  ): Promise<void> {
    await this.#callback(interaction, { type: 8, data: { choices } });
  }

  /** Edits the answer to an interaction, or any message that its token reaches. Files take the place of all others. */
  async editAnswer(
    interaction: InteractionHandle,
    body: RESTPatchAPIChannelMessageJSONBody,
    messageId = '@original',
    upload: Upload = {},
  ): Promise<APIMessage> {
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token, messageId);
    const content = contentOf(body, upload);
    return (await this.#upload(upload, (signal) =>
      sendAgainInDoubt(() => this.#interactions.patch(route, { ...content, ...signal, auth: false })),
    )) as APIMessage;
  }

  /** The answer to an interaction, also while it still says that the bot is thinking. */
  async getAnswer(interaction: InteractionHandle): Promise<APIMessage> {
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
    return (await this.#interactions.get(route, { auth: false })) as APIMessage;
  }

  async deleteAnswer(interaction: InteractionHandle, messageId = '@original'): Promise<void> {
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token, messageId);
    await sendAgainInDoubt(() => this.#interactions.delete(route, { auth: false }), CODE.unknownMessage);
  }

  /** Sends a further message with an interaction's token. Not repeated by itself: it has no nonce. */
  async followUp(
    interaction: InteractionHandle,
    body: RESTPostAPIInteractionFollowupJSONBody,
    options: Upload & { readonly private?: boolean } = {},
  ): Promise<APIMessage> {
    const route = Routes.webhook(interaction.applicationId, interaction.token);
    const flags = (body.flags ?? 0) | (options.private ? EPHEMERAL : 0);
    const content = contentOf({ ...body, flags }, options);
    return (await this.#upload(options, (signal) =>
      this.#interactions.post(route, { ...content, ...signal, auth: false }),
    )) as APIMessage;
  }

  /** Sends a channel message as the bot; with a nonce, so that a repetition finds the first one. */
  async post(
    channelId: string,
    body: MessageBody & { readonly nonce: string },
    upload: Upload = {},
  ): Promise<APIMessage> {
    const content = contentOf({ ...body, enforce_nonce: true }, upload);
    return (await this.#upload(upload, (signal) =>
      this.#bot.post(Routes.channelMessages(channelId), { ...content, ...signal }),
    )) as APIMessage;
  }

  /** Edits a message as the bot. Files take the place of all others. */
  async editMessage(
    channelId: string,
    messageId: string,
    body: RESTPatchAPIChannelMessageJSONBody,
    upload: Upload = {},
  ): Promise<APIMessage> {
    const content = contentOf(body, upload);
    return (await this.#upload(upload, (signal) =>
      this.#bot.patch(Routes.channelMessage(channelId, messageId), { ...content, ...signal }),
    )) as APIMessage;
  }

  async deleteMessage(channelId: string, messageId: string): Promise<void> {
    await this.#bot.delete(Routes.channelMessage(channelId, messageId));
  }

  async getMessage(channelId: string, messageId: string): Promise<APIMessage> {
    return (await this.#bot.get(Routes.channelMessage(channelId, messageId))) as APIMessage;
  }

  /** Up to 100 messages that came after a snowflake, oldest last. */
  async listMessagesAfter(channelId: string, after: string): Promise<readonly APIMessage[]> {
    const query = new URLSearchParams({ after, limit: '100' });
    return (await this.#bot.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
  }

  /** Opens (or finds) the direct-message channel with a person; returns its id. */
  async openDirectMessage(userId: string): Promise<string> {
    const channel = (await this.#bot.post(Routes.userChannels(), { body: { recipient_id: userId } })) as {
      id: string;
    };
    return channel.id;
  }

  /** Starts a thread below a message of a server's channel; returns its id. */
  async startThread(channelId: string, messageId: string, name: string): Promise<string> {
    const thread = (await this.#bot.post(Routes.threads(channelId, messageId), { body: { name } })) as {
      id: string;
    };
    return thread.id;
  }

  async getChannel(channelId: string): Promise<APIChannel & { readonly nsfw?: boolean }> {
    return (await this.#bot.get(Routes.channel(channelId))) as APIChannel;
  }

  async getGuild(guildId: string): Promise<APIGuild> {
    return (await this.#bot.get(Routes.guild(guildId))) as APIGuild;
  }

  /** The channels of a server, without threads. */
  async listChannels(guildId: string): Promise<readonly Pick<APIGuildChannel, 'id'>[]> {
    return (await this.#bot.get(Routes.guildChannels(guildId))) as APIGuildChannel[];
  }

  async #callback(interaction: InteractionHandle, body: unknown): Promise<void> {
    const route = Routes.interactionCallback(interaction.id, interaction.token);
    const send = () => this.#callbacks.post(route, { body, auth: false });
    await sendAgainInDoubt(send, CODE.alreadyAcknowledged);
    this.#acknowledgedAt.set(interaction, performance.now());
  }

  /** Sends a message, and tells of the files that go with it. */
  async #upload<Result>({ files = [], signal }: Upload, send: Send<Result>): Promise<Result> {
    if (files.length === 0) return await withOwnSignal(signal, send);
    const upload = { kind: 'upload', files: files.length, bytes: sumSizes(files) } as const;
    try {
      const result = await this.#uploads(() => withOwnSignal(signal, send));
      this.#observe({ ...upload, outcome: 'ok' });
      return result;
    } catch (error) {
      this.#observe({ ...upload, outcome: isUncertain(error) ? 'failed' : 'refused' });
      throw error;
    }
  }
}

function sumSizes(files: readonly OutgoingFile[]): number {
  const pieces = files.flatMap(({ bytes }) => bytes);
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Sends once more what got no certain answer, where that changes nothing the second time.
 *
 * @param sign - the refusal that shows that the first one had arrived
 */
async function sendAgainInDoubt<Result>(send: () => Promise<Result>, sign?: number) {
  try {
    return await send();
  } catch (error) {
    if (!isUncertain(error)) throw error;
  }
  try {
    return await send();
  } catch (error) {
    if (sign === undefined || !isRefusal(error, sign)) throw error;
    return undefined;
  }
}

/**
 * The body of a message: JSON, or with files a form that is encoded here. Of an edit, too: files that `attachments`
 * does not list are removed, so the same edit may come twice; without new files those of the message stay (Discord:
 * Uploading Files).
 */
function contentOf(message: object, { files = [] }: Pick<Upload, 'files'>) {
  if (files.length === 0) return { body: message };
  const attachments = files.map(({ name, description }, index) => ({
    id: String(index),
    filename: name,
    ...(description === undefined ? {} : { description }),
  }));
  const { body, contentType } = encodeMultipart({ ...message, attachments }, files);
  return { body, headers: { 'content-type': contentType }, passThroughBody: true };
}

/** Sends a request that the signal breaks off, if there is one. */
type Send<Result> = (options: { readonly signal?: AbortSignal }) => Promise<Result>;

/**
 * Gives a request a signal that ends with it: @discordjs/rest listens to the one that it gets and never stops to, so one
 * that lives as long as the process would keep every request, and the files of those that went wrong.
 */
async function withOwnSignal<Result>(signal: AbortSignal | undefined, send: Send<Result>): Promise<Result> {
  if (!signal) return await send({});
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await send({ signal: own.signal });
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
