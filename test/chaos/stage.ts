import type { Channel } from '../../sandbox/discord/channel.ts';
import type { TaskState } from '../../src/domain/task.ts';
import type { Window } from '../support/database-window.ts';
import type { TestWorld } from '../support/world.ts';
import type { Lives } from './lives.ts';

/** Where stories are played. */
export interface Stage {
  readonly world: TestWorld;
  readonly lives: Lives;
  readonly window: Window;
  /** An MP3 that somebody brings in. */
  readonly recording: Buffer;
  /** Where there is a song of a high bitrate, whatever it is called. */
  readonly loudHost: string;
}

/** What the database says about a task. */
interface SeenTask {
  readonly id: string;
  readonly operation: string;
  readonly state: TaskState;
  /** Id of the task whose card shows it; null = its own. */
  readonly group_id: string | null;
  readonly card_due_at: number | string | null;
}

/** The others are still looked at. */
const OVER = new Set<TaskState>(['succeeded', 'failed', 'cancelled', 'unknown']);

/** The tasks that were asked for in a channel, oldest first. */
export async function listTasks(window: Window, { id }: Channel): Promise<readonly SeenTask[]> {
  return await window.read<SeenTask>(
    'select id, operation, state, group_id, card_due_at from tasks where origin like ? order by id',
    `%"channelId":"${id}"%`,
  );
}

/** Every task has ended, everything was delivered, and it is written down that each card shows its end. */
export async function isOver(window: Window, channel: Channel): Promise<boolean> {
  const tasks = await listTasks(window, channel);
  return (
    tasks.every((task) => OVER.has(task.state) && task.card_due_at === null) &&
    (await countUndelivered(window, tasks)) === 0
  );
}

/** Deliveries that are still on their way. */
async function countUndelivered(window: Window, tasks: readonly SeenTask[]): Promise<number> {
  const open = await window.read<{ readonly task_id: string }>(
    "select task_id from deliveries where state in ('pending', 'delivering')",
  );
  return open.filter((delivery) => tasks.some(({ id }) => id === delivery.task_id)).length;
}

/** Credits that are reserved now. */
export async function countHeldCredits(window: Window): Promise<number> {
  const [row] = await window.read<{ readonly held: number | string }>(
    'select sum(reserved) as held from ledger',
  );
  return Number(row?.held ?? 0);
}

/** What MusicAPI says that the account has. */
export function countCredits({ musicApi }: TestWorld): number {
  const { credits, extraCredits } = musicApi.credits();
  return credits + extraCredits;
}
