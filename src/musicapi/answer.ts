import { z } from 'zod';

/** What MusicAPI answered, read in full. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON; undefined when the body was none. */
  readonly body: unknown;
  /** The body as text for errors: bounded, and without the key. */
  readonly raw: string;
  /** How long MusicAPI asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** What MusicAPI, or what stands before it, calls the exchange. */
  readonly requestId?: string | undefined;
}

/** Longest provider text that is kept; more than a person reads, and enough for the log. */
const MAX_TEXT = 500;

const errorBodySchema = z.looseObject({
  error: z.unknown().optional(),
  message: z.unknown().optional(),
  detail: z.unknown().optional(),
  type: z.unknown().optional(),
});

/**
 * The provider's own words in an answer. Where they stand is not documented: clients of the service read `error`,
 * then `message`, then `detail`.
 */
export function findText({ body, raw }: Pick<Answer, 'body' | 'raw'>): string | undefined {
  const { data } = errorBodySchema.safeParse(body);
  if (data) return firstText(data.error, data.message, data.detail);
  if (typeof body === 'string') return cut(body);
  // A page of a proxy is nothing that anybody wants to read.
  return body === undefined && !raw.trimStart().startsWith('<') ? cut(raw) : undefined;
}

/** The `type` of an answer, such as `not_ready` or `failed`. */
export function findType(body: unknown): string | undefined {
  const type = errorBodySchema.safeParse(body).data?.type;
  return typeof type === 'string' ? type.toLowerCase() : undefined;
}

function firstText(...candidates: unknown[]): string | undefined {
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === null) continue;
    if (typeof candidate === 'string') {
      const text = cut(candidate);
      if (text) return text;
      continue;
    }
    const nested = errorBodySchema.safeParse(candidate).data;
    return (
      (nested && firstText(nested.message, nested.error, nested.detail)) ?? cut(JSON.stringify(candidate))
    );
  }
  return undefined;
}

function cut(text: string): string | undefined {
  const [...points] = text.trim().slice(0, MAX_TEXT * 2);
  return points.slice(0, MAX_TEXT).join('') || undefined;
}
