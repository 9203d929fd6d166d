import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { listArchivedFiles } from '../store/archive.ts';
import { forgetDepartures, listDepartures } from '../store/departures.ts';
import type { Store } from '../store/open.ts';
import { dropDeadTokens, emptyOldTasks } from '../store/retention.ts';
import { listSettings } from '../store/settings.ts';
import { listUnwantedFiles, noteFileRemoved } from '../store/unwanted-files.ts';
import type { Farewells } from './farewells.ts';
import { createLoop, type Loop, logFailedPass } from './loop.ts';

/** What keeping no more than is wanted needs. */
export interface PrivacyKeeperDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly farewells: Pick<Farewells, 'finish'>;
  /** Removes a file of the archive, if it is there. */
  readonly removeFile: (fileName: string) => Promise<void>;
}

const INTERVAL_MS = 60_000;

/** Whoever wrote down a wish is at it for so long; after that they have died, or failed. */
const HEAD_START_MS = 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Rows of one transaction: nobody waits long for it. */
const STEP = 200;

/**
 * Looks now and then that no more is kept than is wanted: finishes deletions that were cut off, removes files whose
 * songs are gone, interaction tokens that are dead, what servers want to keep only for so many days, and the last link
 * to people who left.
 */
export class PrivacyKeeper {
  readonly #deps: PrivacyKeeperDeps;
  readonly #loop: Loop;

  constructor(deps: PrivacyKeeperDeps) {
    this.#deps = deps;
    this.#loop = createLoop({
      name: 'privacy',
      pass: (signal) => this.#pass(signal),
      minWaitMs: 100,
      maxWaitMs: INTERVAL_MS,
      onError: logFailedPass(deps.log),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something has just become unwanted. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #pass(signal: AbortSignal): Promise<undefined> {
    const { store, farewells, log } = this.#deps;
    for (const departure of await listDepartures(store.db, (await store.now()) - HEAD_START_MS)) {
      if (signal.aborted) return;
      try {
        await farewells.finish(departure, signal);
      } catch (error) {
        if (signal.aborted) return;
        // One that cannot be finished holds up nothing else.
        const { standIn } = departure;
        log.error({ standIn, err: coerceError(error) }, 'a member is not deleted yet');
      }
    }
    await this.#removeFiles(signal);
    await this.#repeat(signal, async () =>
      store.transaction(async (tx) => dropDeadTokens(tx, await store.now(tx), STEP)),
    );
    await this.#emptyTasks(signal);
    await store.transaction(async (tx) => forgetDepartures(tx, await store.now(tx)));
  }

  async #removeFiles(signal: AbortSignal): Promise<void> {
    const { store } = this.#deps;
    // One that cannot be removed is passed over until the next time.
    let last = '';
    await this.#repeat(signal, async () => {
      const names = await listUnwantedFiles(store.db, STEP, last);
      await this.#removeThese(names, signal);
      last = names.at(-1) ?? last;
      return names.length;
    });
  }

  async #removeThese(names: readonly string[], signal: AbortSignal): Promise<void> {
    const { store, removeFile, log } = this.#deps;
    const kept = await listArchivedFiles(store.db, names);
    for (const name of names) {
      if (signal.aborted) return;
      try {
        // The same song may have been kept anew by somebody else.
        if (!kept.has(name)) await removeFile(name);
        await noteFileRemoved(store.db, name);
      } catch (error) {
        log.warn({ fileName: name, reason: coerceError(error).message }, 'a file is not removed yet');
      }
    }
  }

  async #emptyTasks(signal: AbortSignal): Promise<void> {
    const { store, log } = this.#deps;
    const { servers } = await listSettings(store.db, (error) =>
      log.error({ err: error }, 'a setting cannot be read'),
    );
    for (const [guildId, { retentionDays }] of servers) {
      if (retentionDays === undefined) continue;
      await this.#repeat(signal, async () =>
        store.transaction(async (tx) => {
          const now = await store.now(tx);
          return await emptyOldTasks(tx, { guildId, before: now - retentionDays * DAY_MS, limit: STEP }, now);
        }),
      );
    }
  }

  /** Step by step, until there is nothing left. */
  async #repeat(signal: AbortSignal, step: () => Promise<number>): Promise<void> {
    while (!signal.aborted && (await step()) >= STEP);
  }
}
