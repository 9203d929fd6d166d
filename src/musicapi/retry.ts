import { MusicApiError } from './errors.ts';

/** When and how often a call is sent again. */
export interface RetryPolicy {
  /** How often a call is sent at most. */
  readonly tries: number;
  /** Wait before the second try; doubles with every further one. */
  readonly baseMs: number;
  /** Longest wait, and the longest `Retry-After` that is waited for here: the caller knows better what to do with more. */
  readonly capMs: number;
}

/** Three tries within a few seconds. */
export const DEFAULT_RETRY: RetryPolicy = { tries: 3, baseMs: 500, capMs: 8_000 };

/** Share of a wait that is left to chance, so that callers who failed together do not come back together. */
const JITTER = 0.25;

/**
 * How long to wait before a failed call is sent again; undefined = not again. A call that spends is sent again only
 * when it certainly never arrived.
 *
 * @param tries - how often it was sent so far, at least 1
 * @param random - in [0, 1)
 */
export function retryDelayMs(
  error: unknown,
  call: { readonly spends: boolean },
  tries: number,
  policy: RetryPolicy,
  random: number,
): number | undefined {
  if (!(error instanceof MusicApiError) || tries >= policy.tries) return undefined;
  const transient =
    error.kind === 'unavailable' || error.kind === 'answer-lost' || error.kind === 'rate-limited';
  if (!transient || (call.spends && error.delivered !== 'no')) return undefined;
  if (error.retryAfterMs !== undefined) {
    return error.retryAfterMs <= policy.capMs ? error.retryAfterMs : undefined;
  }
  const backoff = Math.min(policy.capMs, policy.baseMs * 2 ** (tries - 1));
  return Math.round(backoff * (1 - JITTER * random));
}
