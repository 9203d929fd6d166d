import type { Window } from '../support/database-window.ts';
import { PATIENCE } from '../support/patience.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { TestWorld } from '../support/world.ts';

const MORE_THAN_A_DAY_MS = 25 * 60 * 60_000;
/** What is tried again later than this waits for somebody or for hours to pass, not for its turn. */
const SOON_MS = 60_000;

/** Whether every task has ended, every card says so, and nothing is on its way to anybody. */
export async function isOver(window: Window): Promise<boolean> {
  const [row] = await window.read<{ readonly open: number | string }>(
    `select
      (select count(*) from tasks where state in ('queued', 'submitting', 'running', 'expired', 'abandoned')) +
      (select count(*) from tasks where card_due_at is not null) +
      (select count(*) from deliveries where state in ('pending', 'delivering') and due_at < ?) as open`,
    `${Date.now() + SOON_MS}`,
  );
  return Number(row?.open) === 0;
}

/** Lets everything that the bot would do a day later be due. The bot has to be stopped. */
export async function letDayPass(world: TestWorld): Promise<void> {
  const store = await world.openStore();
  try {
    await store.db
      .updateTable('tasks')
      .set(({ eb }) => ({ due_at: eb('due_at', '-', MORE_THAN_A_DAY_MS) }))
      .where('state', '=', 'unknown')
      .execute();
    await store.db
      .updateTable('deliveries')
      .set(({ eb }) => ({ due_at: eb('due_at', '-', MORE_THAN_A_DAY_MS) }))
      .where('state', 'in', ['pending', 'delivering'])
      .execute();
  } finally {
    await store.close();
  }
}

/** Resolves when nothing is held for a task any more. */
export async function untilNothingHeld(window: Window): Promise<void> {
  const look = async () => {
    const [row] = await window.read<{ readonly held: number | string | null }>(
      'select sum(reserved) as held from ledger',
    );
    return Number(row?.held ?? 0) === 0;
  };
  await waitUntil(look, PATIENCE, 'the end of every reservation');
}

/** Resolves when the bot has read the balance at MusicAPI: any, or this one. */
export async function untilRead(window: Window, balance?: number): Promise<void> {
  const look = async () => {
    const rows = await window.read<{ readonly balance: number | string }>(
      'select balance from balance_readings',
    );
    return rows.some((row) => balance === undefined || Number(row.balance) === balance);
  };
  await waitUntil(look, PATIENCE, 'a reading of the balance');
}
