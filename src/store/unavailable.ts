import { coerceError } from '../errors.ts';

/** The database did not answer. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  /** The connection broke while changes were being made final: they are either all there or all not. */
  readonly inDoubt: boolean;
  /** It was waited for in vain, so another try would only cost the same time again. */
  readonly timedOut: boolean;

  constructor(cause: Error, inDoubt = false) {
    super(`the database does not answer (${codeOf(cause) ?? cause.message})`, { cause });
    this.inDoubt = inDoubt;
    this.timedOut = /timeout/.test(cause.message);
  }
}

/** Node's names for a connection that cannot be made or that broke. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * PostgreSQL's: connection exceptions (class 08), it is being stopped, crashed or starting (57P01 to 57P03), has no
 * place for another connection (53300), or only reads because another server took over (25006).
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SERVER_CODE = /^(08...|57P0[123]|53300|25006)$/;

/** pg has no codes for these. */
const MESSAGE = /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/;

/** Whether an error of `pg` means that the database is away, and not that a statement was wrong. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (NETWORK_CODES.has(code) || SERVER_CODE.test(code))) return true;
  return MESSAGE.test(coerceError(error).message);
}

/** Whether the database broke a transaction off for the sake of another one: it can simply be run again. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

function codeOf(error: unknown): string | undefined {
  const holder: { code?: unknown } = typeof error === 'object' && error !== null ? error : {};
  return typeof holder.code === 'string' ? holder.code : undefined;
}
