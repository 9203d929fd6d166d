import { coerceError } from './errors.ts';

/** What errors say besides their message that helps, and never quotes what anybody typed or sent. */
const FIELDS = ['code', 'kind', 'status', 'method', 'path', 'inDoubt', 'timedOut', 'retryAfterMs'] as const;

/** Causes of causes; a chain that goes on for ever has gone in a circle. */
const MAX_DEPTH = 5;

/** An error as it is logged. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: LoggedError | undefined;
  /** Where several came together. */
  readonly errors?: readonly LoggedError[] | undefined;
  readonly [field: string]: unknown;
}

/**
 * Describes an error for the log: by what is listed here, since errors of libraries carry whole requests with them
 * (`DiscordAPIError.requestBody`), rows (`detail` of PostgreSQL) and addresses.
 */
export function describeForLog(thrown: unknown, depth = 0): LoggedError {
  const error = coerceError(thrown);
  const facts = FIELDS.flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[field, value]]
      : [];
  });
  const isDeep = depth >= MAX_DEPTH;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...Object.fromEntries(facts),
    ...(error.cause instanceof Error && !isDeep ? { cause: describeForLog(error.cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && !isDeep
      ? { errors: error.errors.map((one) => describeForLog(one, depth + 1)) }
      : {}),
  };
}
