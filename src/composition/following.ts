import type { Task } from '../domain/task.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { listAccountsWithUsableKey } from '../store/account-keys.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import type { Finding } from '../store/bookkeeping.ts';
import { createCache } from '../store/keyv-store.ts';
import { BookKeeper } from '../tracker/book-keeper.ts';
import { createChanges } from '../tracker/changes.ts';
import { createHistory } from '../tracker/history.ts';
import type { IntakeDeps } from '../tracker/intake.ts';
import { Members } from '../tracker/members.ts';
import { createPlaces } from '../tracker/places.ts';
import { createTracker, type Tracker } from '../tracker/tracker.ts';
import type { ViewDeps } from '../tracker/view.ts';
import type { Webhooks } from '../tracker/webhooks.ts';
import type { Basis } from './basis.ts';

interface FollowingOptions {
  readonly provider: (accountId: string) => MusicApi;
  readonly webhooks: Webhooks | undefined;
  /** Called when there is work for those who show and deliver what became of tasks. */
  readonly onChange: () => void;
  /** Called when cards have something to show that is no change of their tasks. */
  readonly onNews: () => void;
  /** Called when the books of the operator's account differ from what they should be, and when they add up. */
  readonly onFinding: (finding: Finding) => void;
  readonly onBalanced: () => void;
}

/** What brings tasks from a request to their end, and keeps account of them. */
interface Following {
  /** What recording a request needs. */
  readonly intake: IntakeDeps;
  readonly tracker: Tracker;
  /** What looking at a task's progress needs. */
  readonly tracking: ViewDeps;
  readonly members: Members;
  readonly books: BookKeeper;
  /** To be called after every committed change of a task that others make. */
  readonly onChange: (task: Task) => void;
}

/** Should the process that noticed an outage never tell its end. */
const OUTAGE_TTL_MS = 15 * 60_000;

/** Creates all that lies between a person's decision and the end of its task. */
export function createFollowing(basis: Basis, options: FollowingOptions): Following {
  const { config, log, catalogue, store, owner, leaseMs, observe } = basis;
  const { provider, webhooks, onNews } = options;
  const budgets = { memberDay: config.budgetMemberDay, serverDay: config.budgetServerDay };

  // Only a process that calls MusicAPI learns that it is down, but any of them may show a card.
  const outages = createCache<boolean>(store, 'outages', OUTAGE_TTL_MS);
  async function tellOthers(isProviderDown: boolean): Promise<void> {
    if (!store.isShared) return;
    if (isProviderDown) await outages.set('musicapi', true);
    else await outages.delete('musicapi');
    store.ring();
  }

  const tracking = {
    history: createHistory(catalogue),
    places: createPlaces(),
    submitIntervalMs: config.submitIntervalMs,
    isProviderDown: async () =>
      tracker.isProviderDown || (store.isShared && (await outages.get('musicapi')) === true),
  };
  function onChange(task: Task): void {
    // Whoever leaves the queue out of turn lets those behind move up at once.
    if (task.state === 'cancelled' || task.state === 'failed') tracking.places.forget(task.accountId);
    options.onChange();
  }

  // New tasks are shown by whoever took them in.
  const changes = createChanges({ store, log, observe });
  const tracker = createTracker({
    store,
    catalogue,
    provider,
    settings: {
      pollIntervalMs: config.pollIntervalMs,
      submitIntervalMs: config.submitIntervalMs,
      deadlineMs: config.taskDeadlineMs,
      leaseMs,
    },
    log,
    owner,
    onChange,
    observe,
    onNews: ({ isProviderDown }) => {
      onNews();
      void tellOthers(isProviderDown);
    },
    webhooks,
  });
  return {
    onChange,
    intake: {
      store,
      catalogue,
      budgets,
      tracking,
      onTaken: (task) => changes.announce(undefined, task, task.createdAt),
    },
    tracker,
    tracking,
    members: new Members({ store, budgets, log, onChange, observe }),
    books: new BookKeeper({
      store,
      provider,
      // A gateway only has to know the prices.
      listAccounts: async () =>
        config.role === 'gateway' ? [] : [OPERATOR_ACCOUNT, ...(await listAccountsWithUsableKey(store.db))],
      catalogue,
      log,
      onFinding: (finding) => {
        const { accountId, kind: sum, expected, found } = finding;
        observe({ kind: 'ledger-finding', accountId, sum, difference: expected - found });
        if (accountId === OPERATOR_ACCOUNT) options.onFinding(finding);
      },
      onBalanced: (accountId) => {
        for (const sum of ['reserved', 'charged'] as const) {
          observe({ kind: 'ledger-finding', accountId, sum, difference: 0 });
        }
        if (accountId === OPERATOR_ACCOUNT) options.onBalanced();
      },
    }),
  };
}
