import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultSpec } from '../../sandbox/discord/faults.ts';
import { openChannel, untilSays } from '../support/evidence.ts';
import { closeInOrder } from '../support/in-order.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;
const DOUBT = 'may or may not have been posted';

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ graceMs: 100 });
});
afterEach(() => {
  world.discord.clearFaults();
  world.musicApi.clearFaults();
});
afterAll(() => closeInOrder(world));

const countLogged = (msg: string) => world.log.filter((line) => line.msg === msg).length;

/** A song of one take that Discord leaves in doubt by these faults of its channel, until it was tried for a day. */
async function askForADay(name: string, faults: readonly Omit<FaultSpec, 'route'>[], sign: string) {
  const { anna, discord, musicApi } = world;
  const channel = openChannel(world, name);
  const route = new RegExp(`^/channels/${channel.id}/messages$`);
  for (const fault of faults) discord.fault({ ...fault, route });
  musicApi.nextTask('half');
  const before = countLogged(sign);
  const card = await anna.command(channel, 'create', { prompt: `a song called ${name}` }).reply();
  await expect.poll(() => countLogged(sign), { interval: 5 }).toBeGreaterThan(before);
  world.advance(DAY_MS - 60_000);
  await expect.poll(() => countLogged(sign), { interval: 5 }).toBeGreaterThan(before + 1);
  expect(card.text).not.toContain(DOUBT);
  world.advance(DAY_MS);
  await untilSays(world, card, DOUBT);
  discord.clearFaults();
  return { channel, card };
}

describe('a song of which nobody learns for a day whether it was posted', () => {
  it('because Discord fails at every try is a question then, and posted once when it is wanted', async () => {
    const faults = [{ method: 'POST', times: Number.POSITIVE_INFINITY, answer: { status: 502 } }];
    const { channel, card } = await askForADay('never-taken', faults, 'not known whether posted');
    expect(world.clipCards(channel)).toEqual([]);
    world.anna.press(card, 'Post again');
    await untilSays(world, card, 'Done:');
    expect(world.clipCards(channel)).toHaveLength(1);
  });

  it('because it cannot be looked for is a question then, and not posted again when it is there', async () => {
    const faults = [
      { method: 'POST', answer: 'lose-answer' },
      { method: 'GET', times: Number.POSITIVE_INFINITY, answer: { status: 500 } },
    ] as const;
    const { channel, card } = await askForADay('never-found', faults, 'delivery failed');
    expect(world.clipCards(channel)).toHaveLength(1);
    world.anna.press(card, 'It is there');
    await untilSays(world, card, 'Done');
    expect(world.clipCards(channel)).toHaveLength(1);
  });
});
