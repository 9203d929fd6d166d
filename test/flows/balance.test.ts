import { afterAll, expect, it, vi } from 'vitest';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { sumBooks } from '../../src/store/bookkeeping.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { LogLine, TestWorld } from '../support/world.ts';

let world: TestWorld;
afterAll(() => world.close());

it('a price that MusicAPI raised shows up as a difference between its balance and the ledger, and is booked', async () => {
  world = await startQuickWorld({ musicApi: { prices: { create_music: 25 } } });
  const { anna, channel, log } = world;
  const untilLogged = (wanted: (line: LogLine) => boolean) => vi.waitUntil(() => log.some(wanted), PATIENCE);
  await untilLogged(({ msg }) => msg === 'the balance is what the ledger expects');
  await anna.command(channel, 'create', { prompt: 'a song' }).reply();
  await world.untilClipCards(2);
  await world.stopBot();
  expect(log.filter(({ difference }) => difference !== undefined)).toEqual([]);

  const { httpUrl } = await world.startBot({ HTTP_PORT: '0' });
  await untilLogged(({ difference }) => difference === 5);
  const metrics = await (await fetch(`${httpUrl}/metrics`)).text();
  expect(metrics).toContain('encore_ledger_difference_credits{account_kind="operator",kind="balance"} 5');
  await world.stopBot();
  expect(log.find(({ difference }) => difference === 5)).toMatchObject({ level: 40, accountId: 'operator' });
  const store = await world.openStore();
  const rows = await store.db.selectFrom('ledger').select(['kind', 'charged']).orderBy('at').execute();
  const books = await sumBooks(store.db, OPERATOR_ACCOUNT);
  await store.close();
  expect(rows).toEqual([
    { kind: 'reserve', charged: 0 },
    { kind: 'charge', charged: 20 },
    { kind: 'adjust', charged: 5 },
  ]);
  expect(books.charged).toEqual({ ledger: 20, tasks: 20 });
});
