import type { Logger } from '../../log.ts';
import { isAllowedHost } from '../../media/hosts.ts';
import type { Finding } from '../../store/bookkeeping.ts';
import type { Store } from '../../store/open.ts';
import { listOpenNotices, type OpenNotice } from '../../store/operator-notices.ts';
import { countWaiting } from '../../store/spending.ts';
import type { NoticeCause } from '../../telemetry/events.ts';
import { createLoop, type Loop, logFailedPass } from '../../tracker/loop.ts';
import type { BalanceWatch } from './balance-watch.ts';
import type { OperatorNotices } from './operator-notices.ts';
import type { ProviderSigns } from './provider-signs.ts';

/** What watching over everything that operators are told of needs. */
export interface WatchDeps {
  readonly store: Store;
  readonly notices: OperatorNotices;
  readonly signs: ProviderSigns;
  readonly balance: BalanceWatch;
  /** Since when MusicAPI has not answered (epoch ms); undefined = it does, as far as this process knows. */
  readonly providerDownSince: () => number | undefined;
  /** Hosts that results are downloaded from. */
  readonly mediaHosts: readonly string[];
  readonly log: Logger;
}

const INTERVAL_MS = 5_000;

/** An outage of the database that is shorter than this is in the log alone. */
const MIN_OUTAGE_MS = 5_000;

/** However much goes wrong at once, it is looked at together. */
const WAKE_MS = 250;

/**
 * Looks every few seconds at what may be wrong, and has the operators told: trouble for as long as it lasts, and its end
 * when something has shown that it is over. What one process has not seen is no sign that all is well: another one may
 * have seen it.
 */
export class OperatorWatch {
  readonly #deps: WatchDeps;
  readonly #loop: Loop;
  /** When this process looked last, by the store's clock: what it was shown came after that. */
  #lookedAt = 0;
  /** What was found in the sums of the ledger last. */
  #sums: { readonly finding?: Finding; readonly isNews: boolean } = { isNews: false };

  constructor(deps: WatchDeps) {
    this.#deps = deps;
    this.#loop = createLoop({
      name: 'operator-watch',
      pass: async () => {
        await this.#pass();
        return undefined;
      },
      minWaitMs: WAKE_MS,
      maxWaitMs: INTERVAL_MS,
      onError: logFailedPass(deps.log),
    });
  }

  /** Begins to look. */
  async start(): Promise<void> {
    this.#lookedAt = await this.#deps.store.now();
    await this.#deps.notices.start();
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Something may be wrong, or right again. */
  wake(): void {
    this.#loop.wake();
  }

  /** The books differ from what they should be. */
  noteFinding(finding: Finding): void {
    if (finding.kind !== 'balance') this.#sums = { finding, isNews: true };
    // More than expected was paid in, renewed or given back.
    else if (finding.found < finding.expected) void this.#tellFinding(finding);
    this.wake();
  }

  /** The sums of the ledger are what they should be. */
  noteBalanced(): void {
    this.#sums = { isNews: true };
    this.wake();
  }

  async #pass(): Promise<void> {
    const { store, notices } = this.#deps;
    const { downMs } = store.health;
    if (downMs !== undefined) {
      if (downMs >= MIN_OUTAGE_MS) await notices.tellOutage(downMs);
      return;
    }
    const now = await store.now();
    const open = await listOpenNotices(store.db);
    await notices.tellOutageOver();
    // What came to light since then is newer than every trouble that was told by then.
    const told = (cause: NoticeCause, subject?: string) =>
      open.some(
        (notice) =>
          notice.cause === cause &&
          notice.toldAt <= this.#lookedAt &&
          (subject === undefined || notice.subject === subject),
      );
    await this.#lookAtProvider(told);
    await this.#lookAtSums(told);
    await this.#lookAtHosts(open);
    await this.#deps.balance.look(open, now);
    // After what this look itself has told of.
    this.#lookedAt = await store.now();
  }

  async #lookAtProvider(told: (cause: NoticeCause) => boolean): Promise<void> {
    const { store, notices, signs, providerDownSince } = this.#deps;
    const { isThere, isKeyAccepted } = signs.takeAnswers();
    const downSince = providerDownSince();
    if (downSince !== undefined) await notices.tell({ cause: 'provider-down' }, downSince);
    else if (isThere && told('provider-down')) {
      await notices.tellOver({
        cause: 'provider-down',
        judge: async (since) => ({ cause: 'provider-down', ...(await countWaiting(store.db, since)) }),
      });
    }
    if (signs.isKeyRefused) await notices.tell({ cause: 'key-refused' });
    else if (isKeyAccepted && told('key-refused')) await notices.tellOver({ cause: 'key-refused' });
  }

  async #lookAtSums(told: (cause: NoticeCause, subject?: string) => boolean): Promise<void> {
    const { finding, isNews } = this.#sums;
    this.#sums = { ...this.#sums, isNews: false };
    if (finding) await this.#tellFinding(finding);
    else if (isNews && told('ledger-difference', '')) {
      await this.#deps.notices.tellOver({ cause: 'ledger-difference' });
    }
  }

  async #tellFinding({ kind: sum, expected, found, at }: Finding): Promise<void> {
    await this.#deps.notices.tell({ cause: 'ledger-difference', sum, expected, found }, at);
  }

  /** A host that was added to the configuration: results are fetched from it since the restart. */
  async #lookAtHosts(open: readonly OpenNotice[]): Promise<void> {
    const { notices, mediaHosts } = this.#deps;
    for (const { cause, subject: host } of open) {
      if (cause !== 'unlisted-host' || !isListed(host, mediaHosts)) continue;
      await notices.tellOver({ cause: 'unlisted-host', host });
    }
  }
}

function isListed(host: string, list: readonly string[]): boolean {
  return ['https', 'http'].some(
    (scheme) => URL.canParse(`${scheme}://${host}`) && isAllowedHost(new URL(`${scheme}://${host}`), list),
  );
}
