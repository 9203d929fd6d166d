import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Interaction tokens stand in the paths of webhook and callback addresses, and so in errors that quote them. */
const TOKEN_IN_PATH = /((?:webhooks|interactions)\/\d+\/)[\w.~%-]{20,}/g;

/** Fields that hold secrets wherever they stand. */
const REDACTED = ['key', 'apiKey', 'authorization', 'token'].flatMap((field) => [field, `*.${field}`]);

export interface LogOptions {
  readonly level: string;
  /** Texts that must never be written: tokens and keys. */
  readonly secrets?: readonly string[];
  /** Where lines go. @defaultValue standard output */
  readonly destination?: DestinationStream;
}

/**
 * Creates the logger: one JSON object a line. Every finished line is searched for secrets, so that no caller
 * has to remember to leave them out.
 */
export function createLogger({ level, secrets = [], destination }: LogOptions): Logger {
  const hidden = new Set(secrets.filter((secret) => secret.length > 0));
  const options = {
    level,
    // A second lock: keys and headers of calls are in no object that is logged.
    redact: { paths: REDACTED, censor: '[secret]' },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line: string) => hideSecrets(line, hidden) },
  };
  const log = destination ? pino(options, destination) : pino(options);
  HIDDEN.set(log, hidden);
  return log;
}

/** The secrets of each logger, so that more can be added to them. */
const HIDDEN = new WeakMap<Logger, Set<string>>();

/**
 * Lets a logger never write a text that became known after it was created. It must not be one that could be part of
 * how a line is written, such as a quotation mark or a number.
 *
 * @returns takes it back, where it turns out to be no secret; one that was hidden before stays so
 */
export function hideFrom(log: Logger, secret: string): () => void {
  const hidden = HIDDEN.get(log);
  if (!hidden || secret.length === 0 || hidden.has(secret)) return () => {};
  hidden.add(secret);
  return () => hidden.delete(secret);
}

/** A text without secrets and without the tokens of interactions. */
export function hideSecrets(line: string, secrets: Iterable<string>): string {
  let safe = line.replace(TOKEN_IN_PATH, '$1[token]');
  for (const secret of secrets) safe = safe.replaceAll(secret, '[secret]');
  return safe;
}
