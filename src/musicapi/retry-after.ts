/** Longest wait that is believed; a clock that is wrong by a day must not stop a bot for a day. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param now - epoch ms, to which a date is compared
 * @returns milliseconds, at most ten minutes; undefined when the header says nothing that can be used
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(Math.ceil(waitMs), 0), MAX_RETRY_AFTER_MS);
}
