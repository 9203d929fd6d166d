import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPosts, openChannel } from '../support/evidence.ts';
import { Asker } from './asker.ts';
import { openStage } from './open-stage.ts';
import { playReported } from './reported.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ stage, close } = await openStage({ kind: 'SQLite', isReported: true }));
}, 90_000);
afterAll(() => close());

describe('kill -9 after MusicAPI took a request', () => {
  it.each([
    { moment: 'before its answer is read', what: 'after POST /api/v1/sonic/create', answer: 'none' },
    {
      moment: 'at a report that comes before its answer',
      what: 'before answering POST /webhooks/musicapi/:id',
      answer: 'keep-answer',
    },
  ] as const)('$moment: it is not known until the next report, and then made, by one POST', async (lost) => {
    const { moment, what, answer } = lost;
    const { lives, world } = stage;
    await lives.arm({ what, occurrence: 1 });
    const { deaths } = lives;
    const asker = new Asker(stage, openChannel(world, answer));
    expect(await playReported(asker, moment, answer)).toBe(true);
    expect(lives.deaths - deaths).toBe(1);
    const { log } = await lives.ready();
    const listChanges = () =>
      log.filter(({ msg }) => msg === 'task changed').map(({ from, to }) => `${from} -> ${to}`);
    await expect
      .poll(listChanges)
      .toEqual(['submitting -> unknown', 'unknown -> running', 'running -> succeeded']);
    expect(world.clipCards(asker.channel)).toHaveLength(2);
    expect(listPosts(world, moment)).toHaveLength(1);
  });
});
