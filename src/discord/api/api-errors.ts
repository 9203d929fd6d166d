import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** Discord's codes that we expect somewhere (Discord: Opcodes and Status Codes), by the name of their meaning. */
export const CODE = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  tooManyEditsOfOldMessage: 30046,
  entityTooLarge: 40005,
  alreadyAcknowledged: 40060,
  tooManyFollowUps: 40094,
  missingAccess: 50001,
  cannotMessageUser: 50007,
  missingPermissions: 50013,
  invalidWebhookToken: 50027,
  noMutualServers: 50278,
  threadExists: 160004,
} as const;

/** Discord's code of a refusal; undefined for everything else, such as a lost connection. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** Whether Discord refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly number[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

/** The interaction token does not work (any more): answer by another way. */
export function isTokenDead(error: unknown): boolean {
  return isRefusal(error, CODE.invalidWebhookToken, CODE.unknownWebhook);
}

/** The interaction is gone, or somebody else answers it: stop, record nothing. */
export function isNotOurs(error: unknown): boolean {
  return isRefusal(error, CODE.unknownInteraction, CODE.alreadyAcknowledged);
}

/** The bot may not, or can no longer, write in that place. */
export function isPlaceClosed(error: unknown): boolean {
  return isRefusal(
    error,
    CODE.unknownChannel,
    CODE.missingAccess,
    CODE.missingPermissions,
    CODE.cannotMessageUser,
    CODE.noMutualServers,
    CODE.tooManyFollowUps,
  );
}

/** A file was larger than that place takes. */
export function isTooLarge(error: unknown): boolean {
  if (error instanceof DiscordAPIError && error.status === 413) return true;
  return isRefusal(error, CODE.entityTooLarge);
}

/** How long Discord wants no such request any more, in ms; undefined when it said nothing of the kind. */
export function findLongWait(error: unknown): number | undefined {
  return error instanceof RateLimitError ? error.retryAfter : undefined;
}

/** Nothing certain is known: no answer, or an answer that only says that Discord is in trouble. */
export function isUncertain(error: unknown): boolean {
  return !(error instanceof DiscordAPIError);
}

/** A short text for the log: status and code, without addresses (they carry tokens). */
export function describeApiError(error: unknown): string {
  if (error instanceof DiscordAPIError) return `Discord ${error.status}/${error.code}: ${error.message}`;
  if (error instanceof HTTPError) return `Discord ${error.status}`;
  if (error instanceof RateLimitError) return `Discord 429: not before ${error.retryAfter} ms have passed`;
  return error instanceof Error ? error.message : String(error);
}
