import { claimProbe, planProbe } from '../store/probe-claim.ts';
import type { Permit } from './breaker.ts';
import { leaseMsOf, type TrackerContext } from './settings.ts';

/** Leases after which a probe of another process counts as lost with it: longer than any call may take. */
const PROBE_LEASES = 2;

type Context = Pick<TrackerContext, 'store' | 'breaker' | 'settings'>;

/**
 * The right to a call now, as the breaker of this process gives it; to a probe only when it is due for all processes
 * of the database together and none of them is making one. The database is asked only for that.
 */
export async function askForCall(
  { store, breaker, settings }: Context,
  now: number,
): Promise<Permit | undefined> {
  const permit = breaker.ask(now);
  if (!permit?.isProbe || !store.isShared) return permit;
  const until = now + PROBE_LEASES * leaseMsOf(settings);
  const isOurs = await claimProbe(store.db, now, until).catch((error: unknown) => {
    breaker.release(permit);
    throw error;
  });
  if (isOurs) return permit;
  breaker.giveWay(permit, now);
  return undefined;
}

/** To be called when the end of a probe was noted, or when none was made: lets other processes have the next. */
export async function endProbe(
  { store, breaker, settings }: Context,
  permit: Permit,
  now: number,
): Promise<void> {
  breaker.release(permit);
  if (!permit.isProbe || !store.isShared) return;
  // An interval before our own next one, so that it is not always the same process that judges by its own network.
  const waitMs = Math.max(0, (breaker.waitMs(now) ?? 0) - settings.pollIntervalMs);
  await planProbe(store.db, now + waitMs);
}
