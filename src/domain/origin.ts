/** Where Discord showed the command: a server, the DM with the bot, or another private channel (user install). */
export type Context = 'guild' | 'bot-dm' | 'private-channel';

/**
 * Where a request came from, and by which ways an answer can reach the person.
 * Ids are Discord snowflakes and stay strings: as numbers they lose digits.
 */
export interface Origin {
  readonly applicationId: string;
  readonly interactionId: string;
  /** Interaction token: works for edits and follow-ups until `tokenExpiresAt`. A secret: never logged. */
  readonly token: string;
  /** Epoch ms. */
  readonly tokenExpiresAt: number;
  readonly context: Context;
  readonly guildId?: string | undefined;
  readonly channelId: string;
  readonly userId: string;
  /** Name of the person as shown in the place of the request. */
  readonly userName: string;
  /** The person's language (Discord: Reference, Locales). */
  readonly locale: string;
  /** The language of the server, in which everything public is said; absent where no server is behind it. */
  readonly serverLocale?: string | undefined;
  /** The app was added by the person only, not by the server: at most five follow-ups, no bot in the channel. */
  readonly userInstallOnly: boolean;
  /** `app_permissions` allow viewing, sending, embedding and attaching in this channel. */
  readonly botCanPost: boolean;
  /** `app_permissions` allow reading the channel's history: only then does "not found" mean "not there". */
  readonly botCanLook: boolean;
  /** Largest single file that this interaction may carry, in bytes (`attachment_size_limit`). */
  readonly attachmentLimitBytes: number;
  /** The answer is for the person's eyes only, and so is everything that becomes of the request. */
  readonly isPrivate?: boolean | undefined;
  /** Where the server wants results, if not in the channel of the request. */
  readonly results?: 'thread' | 'direct-message' | undefined;
  /** The person wants a copy as a direct message besides. */
  readonly hasCopy?: true | undefined;
  /** The person does not want to be notified of results. */
  readonly isSilent?: true | undefined;
}

/** An interaction token lives fifteen minutes (Discord: Receiving and Responding to Interactions). */
export const INTERACTION_TOKEN_TTL_MS = 15 * 60_000;

/** Time kept in reserve, so that no edit starts with a token that dies under way. */
const TOKEN_RESERVE_MS = 30_000;

/** Whether the interaction token may still be used at `now` (epoch ms). */
export function isTokenAlive(origin: Origin, now: number): boolean {
  return now < origin.tokenExpiresAt - TOKEN_RESERVE_MS;
}
