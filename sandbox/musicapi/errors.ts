/** An answer other than success: thrown by handlers, sent as JSON by the server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    text: string,
    extra: { headers?: Record<string, string>; body?: Record<string, unknown> } = {},
  ) {
    super(text);
    this.status = status;
    this.headers = extra.headers ?? {};
    this.body = { ...extra.body, error: text };
  }
}

/** An error as nuro words it: `{type, message, refund_processed}` instead of `{error}` (docs.musicapi.ai/nuro-error-handling). */
export class NuroError extends ApiError {
  override readonly body: Readonly<Record<string, unknown>>;

  /** @param isRefunded - whether credits that had been taken came back */
  constructor(status: number, type: string, message: string, isRefunded: boolean) {
    super(status, message);
    this.body = { type, message, refund_processed: isRefunded };
  }
}

/** 400: the request is not what the documentation asks for. */
export function badRequest(text: string): ApiError {
  return new ApiError(400, text);
}

/**
 * 401 in the documented wordings for a missing and an ill-formed header. The wording for a key that does not exist is not
 * documented; this one is ours.
 */
export const UNAUTHORIZED = {
  missing: 'Authorization header is missing.',
  format: 'Invalid authorization format.',
  unknownKey: 'Invalid API key.',
} as const;

/** 403 in the documented wordings; credits, subscription and moderation share the status and differ by text only. */
export const FORBIDDEN = {
  credits: 'The remaining credits are not enough. You can buy more one-time credit packs or subscribe.',
  subscription: 'You do not have an active subscription. Please check whether your renewal was successful.',
  artist: (found: string) => `The song description contains artist names: '${found}' which is not allowed.`,
  inappropriateLyrics: (found: string) => `The lyrics contain inappropriate content: '${found}'.`,
  copyrightedLyrics: (found: string) =>
    `The lyrics contain copyrighted content: '${found}'. Please use original lyrics.`,
  review: (found: string) => `The song description needs moderation review: '${found}'.`,
} as const;
