import { Counter, Gauge, type Registry } from 'prom-client';
import type { HeardBalance, StoredCounts } from '../store/stored-counts.ts';

/** What is so at the moment, as far as it can be told. */
export interface BotState {
  /** Undefined = the database does not answer. */
  readonly stored: StoredCounts | undefined;
  /** How often it did not, since the start of the process. */
  readonly databaseErrors: number;
  /** Whether every shard of this process is connected; undefined where it has none. */
  readonly isGatewayUp: boolean | undefined;
  /** Whether MusicAPI answers; undefined where this process does not call it. */
  readonly isProviderUp: boolean | undefined;
}

/** Creates the gauges of what is so at the moment. What is not known has no value, rather than a wrong one. */
export function createStateGauges(registry: Registry) {
  const gauge = (name: string, help: string) => {
    const instrument = new Gauge({ name, help, registers: [registry] });
    return (value: number | undefined) => (value === undefined ? instrument.remove() : instrument.set(value));
  };
  const tasks = new Gauge({
    name: 'encore_tasks',
    help: 'Tasks that something is still to happen to; late = expired or abandoned, and still looked at.',
    labelNames: ['state'],
    registers: [registry],
  });
  const oldestQueued = gauge('encore_queue_oldest_seconds', 'Age of the oldest task in the queue.');
  const deliveries = gauge('encore_deliveries_open', 'Deliveries that are due or wait.');
  const oldestDelivery = gauge('encore_deliveries_oldest_seconds', 'Age of the oldest open delivery.');
  const balance = gauge(
    'encore_credits_balance',
    "Credits of the operator's account at MusicAPI, as last told.",
  );
  const databaseUp = gauge('encore_database_up', 'Whether the database answers.');
  const databaseErrors = new Counter({
    name: 'encore_database_errors_total',
    help: 'Statements and transactions that the database did not answer.',
    registers: [registry],
  });
  const gatewayUp = gauge('encore_gateway_up', 'Whether every shard of this process is connected.');
  const providerUp = gauge('encore_provider_up', 'Whether MusicAPI answers.');

  /** @param told - the balance as this process heard it, where it did: another one may have heard it since */
  return (
    { stored, databaseErrors: errors, isGatewayUp, isProviderUp }: BotState,
    told: HeardBalance | undefined,
  ): void => {
    tasks.reset();
    for (const [state, count] of Object.entries(stored?.tasks ?? {})) tasks.set({ state }, count);
    oldestQueued(stored && stored.oldestQueuedMs / 1_000);
    deliveries(stored?.openDeliveries);
    oldestDelivery(stored && stored.oldestDeliveryMs / 1_000);
    balance(latestOf(told, stored?.balance)?.credits);
    databaseUp(stored ? 1 : 0);
    databaseErrors.reset();
    databaseErrors.inc(errors);
    gatewayUp(isGatewayUp === undefined ? undefined : Number(isGatewayUp));
    providerUp(isProviderUp === undefined ? undefined : Number(isProviderUp));
  };
}

function latestOf(
  told: HeardBalance | undefined,
  stored: HeardBalance | undefined,
): HeardBalance | undefined {
  if (!told || !stored) return told ?? stored;
  return stored.ageMs <= told.ageMs ? stored : told;
}
