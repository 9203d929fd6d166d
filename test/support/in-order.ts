import { expect } from 'vitest';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { readAccounts } from './evidence.ts';
import type { TestWorld } from './world.ts';

/**
 * Ends a world in which every request is over, and checks what must be so whatever happened: one POST for each
 * task, nothing reserved any more, charged exactly what succeeded, no delivery still on its way, no secret in the log.
 */
export async function closeInOrder(world: TestWorld): Promise<void> {
  try {
    await world.stopBot();
    const store = await world.openStore();
    try {
      const accounts = await readAccounts(store);
      const posts = world.musicApi.requests.filter(({ method }) => method === 'POST');
      expect(posts).toHaveLength(accounts.length);
      for (const { task, sums } of accounts) {
        const charged = task.state === 'failed' || task.state === 'cancelled' ? 0 : task.price;
        expect({ task: task.id, ...sums }).toEqual({ task: task.id, reserved: 0, charged });
        const deliveries = await listDeliveriesOfTask(store.db, task.id);
        for (const { state } of deliveries) expect(['delivered', 'undeliverable']).toContain(state);
      }
    } finally {
      await store.close();
    }
  } finally {
    await world.close();
  }
}
