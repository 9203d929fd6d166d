/** Settings of the gateway. */
export interface GatewaySettings {
  readonly heartbeatIntervalMs: number;
  /** Time in which one shard of each identify bucket may identify. */
  readonly identifyWindowMs: number;
  readonly identifiesPerDay: number;
  readonly maxConcurrency: number;
  /** How long a lost session can be resumed. */
  readonly resumeWindowMs: number;
  /** The recommendation of GET /gateway/bot. */
  readonly recommendedShards: number;
  /** Intents that need a switch in the developer portal and have it. */
  readonly privilegedIntents: boolean;
}
