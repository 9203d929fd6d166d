/** What a bot's books come to, in a few lines: the real tracker and store are compared with it. */
import type { TaskState } from '../../src/domain/task.ts';

const DAY_MS = 24 * 60 * 60_000;
export const DEADLINE_MS = 60 * 60_000;
export const MEMBER_DAY = 200;
export const MEMBER_LIMITS = { running: 2, queued: 4 } as const;
export const MAX_DIRECT = 4;

/** A task as it is supposed to be. */
export interface ModelTask {
  readonly id: string;
  readonly memberId: string;
  readonly guildId: string;
  readonly createdAt: number;
  readonly price: number;
  /** Sent beside the create bucket, and answered at once. */
  readonly isDirect: boolean;
  /** The first of those that were asked for together. */
  readonly groupId: string | undefined;
  state: TaskState;
  /** When it was accepted, or became unknown. */
  since: number;
  /** Charged as unknown after a day. */
  settled: boolean;
  /** POSTs of it that MusicAPI took or may have taken. */
  taken: number;
  /** MusicAPI has said once that it is preparing the answer. */
  isPreparing: boolean;
}

/** Everything that decides what happens next. */
export class Model {
  readonly tasks = new Map<string, ModelTask>();
  readonly blocked = new Set<string>();

  /** Why requests with these prices are refused; undefined = all of them are taken in. */
  refusal(
    { memberId, guildId }: { readonly memberId: string; readonly guildId: string },
    prices: readonly number[],
    now: number,
  ): 'blocked' | 'budget' | 'queue' | undefined {
    if (this.isBlocked(memberId, guildId)) return 'blocked';
    const own = [...this.tasks.values()].filter((task) => task.memberId === memberId);
    const spent = own
      .filter(({ createdAt }) => createdAt > now - DAY_MS)
      .reduce((sum, task) => sum + held(task), 0);
    const price = prices.reduce((sum, each) => sum + each, 0);
    if (spent + price > MEMBER_DAY) return 'budget';
    const queued = own.filter(({ state }) => state === 'queued').length;
    return queued + prices.length > MEMBER_LIMITS.queued ? 'queue' : undefined;
  }

  isBlocked(memberId: string, guildId: string): boolean {
    return this.blocked.has(`${guildId} ${memberId}`);
  }

  /** Whether a queued task may be sent: songs wait for those of their member, direct tasks for nothing. */
  maySend({ memberId, isDirect }: ModelTask): boolean {
    if (isDirect) return true;
    const running = this.inState('submitting', 'running').filter(
      (task) => task.memberId === memberId && !task.isDirect,
    );
    return running.length < MEMBER_LIMITS.running;
  }

  inState(...states: readonly TaskState[]): ModelTask[] {
    return [...this.tasks.values()].filter(({ state }) => states.includes(state));
  }

  /** Some tasks that were asked for together. */
  group(index: number): { readonly id: string; readonly tasks: readonly ModelTask[] } | undefined {
    const all = [...this.tasks.values()];
    const ids = [...new Set(all.flatMap(({ groupId }) => groupId ?? []))];
    const id = ids[index % Math.max(1, ids.length)];
    return id === undefined ? undefined : { id, tasks: all.filter(({ groupId }) => groupId === id) };
  }

  get(id: string): ModelTask {
    const task = this.tasks.get(id);
    if (!task) throw new Error(`the model has no task ${id}`);
    return task;
  }

  /** Time has passed, and the upkeep has been done. */
  keepUp(now: number): void {
    for (const task of this.inState('submitting')) Object.assign(task, { state: 'unknown', since: now });
    for (const task of this.inState('unknown')) if (task.since + DAY_MS <= now) task.settled = true;
  }
}

/** What a task has reserved of its price. */
export function reserved({ state, settled, price }: ModelTask): number {
  const isHeld = ['queued', 'submitting', 'running'].includes(state) || (state === 'unknown' && !settled);
  return isHeld ? price : 0;
}

/** What a task has cost. */
export function charged({ state, settled, price }: ModelTask): number {
  const isSpent = ['succeeded', 'expired', 'abandoned'].includes(state) || (state === 'unknown' && settled);
  return isSpent ? price : 0;
}

function held(task: ModelTask): number {
  return reserved(task) + charged(task);
}
