import type { Window } from '../support/database-window.ts';
import { PATIENCE } from '../support/patience.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { TestWorld } from '../support/world.ts';
import type { BotKeeper } from './bot-keeper.ts';
import { countCredits } from './evidence.ts';

const MORE_THAN_A_DAY_MS = 25 * 60 * 60_000;
/** What is tried again later than this waits for somebody or for hours to pass, not for its turn. */
const SOON_MS = 60_000;

interface Ending {
  readonly world: TestWorld;
  readonly keeper: BotKeeper;
  readonly window: Window;
  /** Real ms that everything under way may take. */
  readonly endingMs: number;
  readonly tell: (line: string) => void;
}

/**
 * Waits for the end of all that is under way, lets a day pass, and stops the bot. Gives what was not as it has to be;
 * what is still open then is for others to find.
 */
export async function endLife({ world, keeper, window, endingMs, tell }: Ending): Promise<readonly string[]> {
  const faults: string[] = [];
  const stop = async () => {
    const code = await keeper.end('SIGTERM');
    if (code !== 0) faults.push(`The bot ended with ${code}, not with 0.`);
  };
  const look = async () => {
    if (keeper.failure) throw new Error('There is no bot any more that could bring anything to its end.');
    return await isOver(window);
  };
  const untilOver = () =>
    waitUntil(look, { timeout: endingMs, interval: 100 }, 'the end of all tasks and deliveries');
  try {
    tell('Nobody asks for anything more; what is under way comes to its end.');
    await untilOver();
    await stop();

    tell('A day passes: what nobody knows is settled, and the balance at MusicAPI is compared.');
    await letDayPass(world);
    await keeper.start();
    await untilNothingHeld(window);
    await untilOver();
    await stop();
    await keeper.start();
    await untilRead(window, countCredits(world));
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  await stop();
  return keeper.failure === undefined ? faults : [...faults, keeper.failure];
}

/** Whether every task has ended, every card says so, and nothing is on its way to anybody. */
async function isOver(window: Window): Promise<boolean> {
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
async function letDayPass(world: TestWorld): Promise<void> {
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
async function untilNothingHeld(window: Window): Promise<void> {
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
