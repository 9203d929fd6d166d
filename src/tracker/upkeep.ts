import type { Failure } from '../domain/task.ts';
import { loseTask, settleUnknown } from '../domain/transitions.ts';
import { coerceError } from '../errors.ts';
import type { Executor } from '../store/schema.ts';
import { claimUnknownDue, listSubmittingWithoutLease, renewLeases } from '../store/task-claims.ts';
import { advanceTask } from './advance.ts';
import { leaseMsOf, type TrackerContext } from './settings.ts';

/** Unknown tasks settled in one transaction. */
const SETTLE_BATCH = 50;

const INTERRUPTED: Failure = {
  kind: 'interrupted',
  text: 'Encore was stopped while the request was being sent',
};

/**
 * What has to be done now and then: keep the leases of what is under way, make `unknown` what a process that is gone
 * was sending, and settle what has been unknown for a day.
 *
 * @param underWay - ids of the tasks that this process is sending or looking at
 */
export async function keepUp(context: TrackerContext, underWay: readonly string[]): Promise<void> {
  const { store, owner, settings, now: clock } = context;
  if (underWay.length > 0) {
    await store.transaction(async (tx) => {
      const until = (await clock(tx)) + leaseMsOf(settings);
      await renewLeases(tx, { owner, until }, underWay);
    });
  }
  await loseOrphans(context);
  await settleOldUnknowns(context);
}

/** Tasks that nobody holds a lease of any more while they are being sent: whether MusicAPI took them is not known. */
export async function loseOrphans(context: TrackerContext): Promise<void> {
  const { store, changes, now: clock } = context;
  const lost = await store.transaction(async (tx) => {
    const now = await clock(tx);
    const done = [];
    for (const before of await listSubmittingWithoutLease(tx, now)) {
      const after = loseTask(before, INTERRUPTED, now);
      if (await advanceTask(tx, before, after, now)) done.push({ before, after, now });
    }
    return done;
  });
  for (const { before, after, now } of lost) changes.announce(before, after, now);
}

/** The day for which their price was held is over: it is charged, with a flag. */
async function settleOldUnknowns(context: TrackerContext): Promise<void> {
  const { store, changes } = context;
  const settled = await store.transaction((tx) => settleBatch(tx, context));
  for (const { before, after, now } of settled) changes.announce(before, after, now);
}

async function settleBatch(tx: Executor, { owner, log, settings, now: clock }: TrackerContext) {
  const now = await clock(tx);
  const onBroken = (error: unknown): void => {
    log.error({ err: coerceError(error) }, 'an unknown task cannot be read');
  };
  const claim = { now, limit: SETTLE_BATCH, owner, leaseUntil: now + leaseMsOf(settings), onBroken };
  const done = [];
  for (const before of await claimUnknownDue(tx, claim)) {
    const after = settleUnknown(before);
    if (await advanceTask(tx, before, after, now)) done.push({ before, after, now });
  }
  return done;
}
