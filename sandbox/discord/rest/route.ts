import type { UploadedFile } from '../attachments.ts';
import type { BucketName } from '../rate-limits.ts';

/** A request as the routes see it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly uploads: readonly UploadedFile[];
}

/** An answer; without a body it is sent with no content type at all. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One route of the REST API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** 'bot': the bot's token is required. 'none': the address itself is the secret; outside the global limit. */
  readonly auth: 'bot' | 'none';
  readonly bucket: BucketName;
  /** The parameter that has a bucket of its own. */
  readonly major?: string;
  handle(call: Call): Answer;
}

/** The answer 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The answer 204. */
export const NO_CONTENT: Answer = { status: 204 };

/** A parameter that the pattern of the route guarantees. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
