import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ulid } from 'ulid';
import type { Config } from '../config.ts';
import { coerceError, StartError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type Catalogue, createCatalogue } from '../musicapi/catalogue.ts';
import { parseCatalogueOverrides } from '../musicapi/catalogue-overrides.ts';
import { openStore, type Store } from '../store/open.ts';
import { DEFAULT_LEASE_MS } from '../tracker/settings.ts';

/** What every part of the bot is built on. */
export interface Basis {
  readonly config: Config;
  readonly log: Logger;
  readonly catalogue: Catalogue;
  readonly store: Store;
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
}

/**
 * Reads the catalogue and opens the database.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function openBasis(config: Config, { log, now, leaseMs }: BasisOptions): Promise<Basis> {
  const catalogue = createCatalogue(await readOverrides(config.cataloguePath));
  const store = await openStore({ databaseUrl: config.databaseUrl, log, ...(now ? { now } : {}) });
  return {
    config,
    log,
    catalogue,
    store,
    owner: `${hostname()}-${process.pid}-${ulid()}`,
    leaseMs: leaseMs ?? DEFAULT_LEASE_MS,
    now: now ?? Date.now,
  };
}

async function readOverrides(path: string | undefined) {
  if (!path) return undefined;
  try {
    return parseCatalogueOverrides(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new StartError(`MUSICAPI_CATALOGUE cannot be used: ${coerceError(error).message}`, {
      cause: error,
    });
  }
}
