import { getAccount, OPERATOR_ACCOUNT } from '../store/accounts.ts';
import type { Store } from '../store/open.ts';
import { findNextFollowedDue } from '../store/task-claims.ts';
import type { Tracker } from '../tracker/tracker.ts';

/** One thing that has to be in order before work may be given to this process. */
export interface ReadinessCheck {
  readonly name: string;
  /** What is wrong, in a few words; undefined = nothing. A thrown error is something wrong, too. */
  readonly look: () => Promise<string | undefined>;
}

/** A look that begins so much later than planned shows that the process does not keep up. */
const MAX_LAG_MS = 60_000;

/** Whether the database answers. */
export function databaseCheck(store: Store): ReadinessCheck {
  return {
    name: 'database',
    look: async () => {
      await getAccount(store.db, OPERATOR_ACCOUNT);
      return undefined;
    },
  };
}

/** Whether running tasks are looked at when they should be; a MusicAPI that does not answer is no fault of ours. */
export function trackerCheck(store: Store, tracker: Pick<Tracker, 'isProviderDown'>): ReadinessCheck {
  return {
    name: 'tracker',
    look: async () => {
      if (tracker.isProviderDown) return undefined;
      const now = await store.now();
      const lagMs = now - ((await findNextFollowedDue(store.db, now)) ?? now);
      return lagMs > MAX_LAG_MS ? `${Math.round(lagMs / 1_000)} s behind` : undefined;
    },
  };
}
