import type { Store } from '../store/open.ts';
import { noteRestore } from '../store/restores.ts';
import { releaseLeases } from '../store/task-claims.ts';
import { doubtUnsent } from '../tracker/restored.ts';

/**
 * Makes a database that lies in the past safe to go on with, before any bot sees it: nothing that waits in it is sent
 * by itself, since it may have been sent, and paid, after the backup was taken; and that it was put back is written
 * down, for deliveries that may have been made and for prices that a balance seems to show.
 *
 * @param takenAt - epoch ms of the backup
 * @returns how many tasks are in doubt
 */
export async function settlePast(store: Store, takenAt: number): Promise<number> {
  return await store.transaction(async (tx) => {
    const now = await store.now(tx);
    await releaseLeases(tx);
    const doubted = await doubtUnsent(tx, now);
    await noteRestore(tx, { takenAt, restoredAt: now });
    return doubted;
  });
}
