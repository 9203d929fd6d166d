import type { TimeSource } from './clock.ts';
import type { RateLimits } from './rate-limits.ts';

/** Settings of a local Discord; everything has a default. */
export interface LocalDiscordOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number;
  /** @defaultValue '127.0.0.1' */
  readonly host?: string;
  /** The time underneath Discord's own clock. @defaultValue the system's */
  readonly clock?: TimeSource;
  /** @defaultValue 'Encore' */
  readonly applicationName?: string;
  /** Time for the first answer to an interaction. @defaultValue 3000 */
  readonly ackMs?: number;
  /** Life of an interaction token. @defaultValue 900_000 */
  readonly tokenTtlMs?: number;
  /** How long a nonce is remembered. @defaultValue 180_000 */
  readonly nonceWindowMs?: number;
  /** Life of a signed attachment address. @defaultValue 24 h */
  readonly attachmentTtlMs?: number;
  /** All files of one request together. @defaultValue 25 MiB */
  readonly maxRequestBytes?: number;
  /** Edits of messages older than an hour, per channel and hour. @defaultValue 10 */
  readonly oldEdits?: number;
  /** Limits that differ from the usual. They are counted by Discord's own clock. */
  readonly rateLimits?: Partial<RateLimits>;
  /** @defaultValue 41_250 */
  readonly heartbeatIntervalMs?: number;
  /** Time between two identifies of one bucket. @defaultValue 5000 */
  readonly identifyWindowMs?: number;
  /** Identifies in a day; Discord grants larger bots more. @defaultValue 1000 */
  readonly identifiesPerDay?: number;
  /** @defaultValue 1 */
  readonly maxConcurrency?: number;
  /** @defaultValue 1 */
  readonly recommendedShards?: number;
  /** How long a lost gateway session can be resumed. @defaultValue 120_000 */
  readonly resumeWindowMs?: number;
  /** Whether the privileged intents are switched on. @defaultValue false */
  readonly privilegedIntents?: boolean;
  /** How many REST calls the log keeps. @defaultValue 10_000 */
  readonly requestLogSize?: number;
}
