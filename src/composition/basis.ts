import { hostname } from 'node:os';
import { ulid } from 'ulid';
import type { Config } from '../config.ts';
import type { StartError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import { openStore, type Store } from '../store/open.ts';
import { createCallLog } from '../telemetry/call-log.ts';
import type { Observe } from '../telemetry/events.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { DEFAULT_LEASE_MS } from '../tracker/settings.ts';
import { readVersion } from '../version.ts';
import { readCatalogue } from './catalogue.ts';

/** What every part of the bot is built on. */
export interface Basis {
  readonly config: Config;
  readonly log: Logger;
  readonly catalogue: Catalogue;
  readonly store: Store;
  /** Is told what happens, for metrics and log. */
  readonly observe: Observe;
  /** Undefined without a port: nobody could read them. */
  readonly metrics: Metrics | undefined;
  /** Name of this process in leases. */
  readonly owner: string;
  /** How long the work of a process that died waits for another one. */
  readonly leaseMs: number;
  /** This machine's clock, epoch ms. What several processes have to agree on goes by `store.now()`. */
  readonly now: () => number;
}

interface BasisOptions {
  readonly log: Logger;
  /** @defaultValue Date.now, and the store's own clock */
  readonly now?: (() => number) | undefined;
  /** @defaultValue DEFAULT_LEASE_MS */
  readonly leaseMs?: number | undefined;
  /** Told when the database is lost for this process. @defaultValue nobody */
  readonly onLost?: ((reason: StartError) => void) | undefined;
}

/**
 * Reads the catalogue and opens the database.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function openBasis(config: Config, { log, now, leaseMs, onLost }: BasisOptions): Promise<Basis> {
  const catalogue = await readCatalogue(config.cataloguePath);
  const metrics = await loadMetrics(config);
  const logCall = createCallLog(log);
  const observe: Observe = (event) => {
    logCall(event);
    metrics?.observe(event);
  };
  const store = await openStore({ databaseUrl: config.databaseUrl, log, onLost, ...(now ? { now } : {}) });
  return {
    config,
    log,
    catalogue,
    store,
    observe,
    metrics,
    owner: `${hostname()}-${process.pid}-${ulid()}`,
    leaseMs: leaseMs ?? DEFAULT_LEASE_MS,
    now: now ?? Date.now,
  };
}

/** Most bots have no use for it, so they do not pay for loading it. */
async function loadMetrics({ httpPort, role }: Config): Promise<Metrics | undefined> {
  if (httpPort === undefined) return undefined;
  const { createMetrics } = await import('../telemetry/metrics.ts');
  return createMetrics({ version: readVersion(), role });
}
