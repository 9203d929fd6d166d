import { type DestinationStream, type Logger, pino } from 'pino';
import { describeForLog } from './log-errors.ts';
import { createSecretHider, type SecretHider } from './log-secrets.ts';

export type { Logger } from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Texts that must never be written: tokens and keys. */
  readonly secrets?: readonly string[];
  /** Where lines go. @defaultValue standard output */
  readonly destination?: DestinationStream;
}

/** Loggers made from a logger (`child`) inherit it. */
const HIDER = Symbol('what hides secrets');

/**
 * Creates the logger: one JSON object a line. Every finished line is searched for secrets, so that no caller
 * has to remember to leave them out.
 */
export function createLogger({ level, secrets = [], destination }: LogOptions): Logger {
  const hider = createSecretHider(secrets);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => describeForLog(error) },
    hooks: { streamWrite: (line: string) => hider.hide(line) },
  };
  const log = destination ? pino(options, destination) : pino(options);
  return Object.assign(log, { [HIDER]: hider });
}

/**
 * Lets a logger never write a text that became known after it was created. It must not be one that could be part of
 * how a line is written, such as a quotation mark or a number.
 *
 * @returns takes it back, where it turns out to be no secret; one that was hidden before stays so
 */
export function hideFrom(log: Logger & { readonly [HIDER]?: SecretHider }, secret: string): () => void {
  return log[HIDER]?.add(secret) ?? (() => {});
}
