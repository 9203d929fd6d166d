import type { Executor } from './schema.ts';

/** Where it stands: among the caches, since one that is lost costs no more than a probe too many. */
const PROBE = { namespace: 'breaker', key: 'probe' };

/**
 * Claims the next probe of whether MusicAPI is back, which one of all processes gets once it is due. Until `until` no
 * other one does; `planProbe` says when the next is due.
 */
export async function claimProbe(executor: Executor, now: number, until: number): Promise<boolean> {
  const row = await executor
    .insertInto('cache')
    .values({ ...PROBE, value: 'null', expires: until })
    .onConflict((conflict) =>
      conflict
        .columns(['namespace', 'key'])
        .doUpdateSet({ expires: until })
        .where('cache.expires', '<=', now),
    )
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}

/** Sets when the next probe is due for all processes (epoch ms). */
export async function planProbe(executor: Executor, dueAt: number): Promise<void> {
  await executor
    .updateTable('cache')
    .set({ expires: dueAt })
    .where('namespace', '=', PROBE.namespace)
    .where('key', '=', PROBE.key)
    .execute();
}
