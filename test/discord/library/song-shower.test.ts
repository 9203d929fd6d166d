import { expect, it } from 'vitest';
import { type LoadAudio, SongShower } from '../../../src/discord/library/song-shower.ts';
import { createLogger } from '../../../src/log.ts';
import { clipOf, useStore } from '../../store/support.ts';

type ShowerDeps = ConstructorParameters<typeof SongShower>[0];

it('loads two songs at a time, however many are asked for', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  let underWay = 0;
  const loadAudio: LoadAudio = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise<void>((resolve) => waiting.push(resolve));
    underWay -= 1;
    throw new Error('the file is gone');
  };
  // Nothing else is asked before the sound is there.
  const deps = { store: await useStore(), log: createLogger({ level: 'silent' }), loadAudio } as ShowerDeps;
  const shower = new SongShower(deps);
  const showing = { attachmentSizeLimit: 10_000, user: { id: '1' } } as Parameters<SongShower['show']>[0];
  const shown = ['a', 'b', 'c', 'd', 'e'].map((id) => shower.show(showing, clipOf(id)));
  const ends = Promise.allSettled(shown);
  for (let left = shown.length; left > 0; left -= 1) {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    waiting.shift()?.();
  }
  expect((await ends).map(({ status }) => status)).toEqual(shown.map(() => 'rejected'));
  expect(most).toBe(2);
});
