import { describe, expect, it } from 'vitest';
import { claimProbe, planProbe } from '../../../src/store/probe-claim.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';
import { useStore } from '../support.ts';

/** What claims of the next probe have to do on every database. */
export function describeProbeClaim(createDatabase: CreateDatabase): void {
  describe('claimProbe', () => {
    it('gives a probe to one of all who want it, until its time is over', async () => {
      const { db } = await useStore(createDatabase);
      const claim = async (at: number) =>
        await Promise.all(Array.from({ length: 8 }, () => claimProbe(db, at, at + 1_000)));
      for (const at of [T0, T0 + 1_000]) {
        expect((await claim(at)).filter(Boolean)).toHaveLength(1);
        expect((await claim(at + 999)).filter(Boolean)).toHaveLength(0);
      }
    });

    it('gives the next one when it was planned for', async () => {
      const { db } = await useStore(createDatabase);
      await claimProbe(db, T0, T0 + 60_000);
      await planProbe(db, T0 + 500);
      expect(await claimProbe(db, T0 + 499, T0 + 60_000)).toBe(false);
      expect(await claimProbe(db, T0 + 500, T0 + 60_000)).toBe(true);
    });
  });
}
