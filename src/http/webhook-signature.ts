import { createHmac, timingSafeEqual } from 'node:crypto';

/** A call older than this, or as far ahead of our clock, is not believed. */
const MAX_AGE_MS = 5 * 60_000;

/** What MusicAPI says about a call besides its body (docs.musicapi.ai/webhook-guide). */
export interface WebhookHeaders {
  /** The same for every repetition of an event. */
  readonly id: string;
  /** Unix seconds, as they were signed. */
  readonly timestamp: string;
  /** Hexadecimal. */
  readonly signature: string;
}

/** Reads what belongs to a signed call; undefined when something is missing or too old, whatever the body. */
export function readWebhookHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): WebhookHeaders | undefined {
  const text = (name: string) => headers[name]?.toString() ?? '';
  const timestamp = text('x-webhook-timestamp');
  const [, signature] = /^sha256=([0-9a-f]{64})$/i.exec(text('x-webhook-signature')) ?? [];
  if (!signature || !/^\d{1,12}$/.test(timestamp)) return undefined;
  if (Math.abs(now - Number(timestamp) * 1_000) > MAX_AGE_MS) return undefined;
  return { id: text('x-webhook-id').slice(0, 200), timestamp, signature: signature.toLowerCase() };
}

/** Whether the body was signed with the secret at the stated time. Takes as long for a near miss as for any other. */
export function isSigned({ timestamp, signature }: WebhookHeaders, body: Buffer, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
