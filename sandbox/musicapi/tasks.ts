import type { Accounts, Charge } from './accounts.ts';
import { findBehaviour, type TaskBehaviour } from './behaviours.ts';
import type { Clip, Engine } from './clips.ts';
import type { Operation } from './prices.ts';
import { isRefunded, type TaskView, type Timeline, viewTask } from './timeline.ts';

/** A task that was accepted. */
export interface Task {
  readonly taskId: string;
  /** The key that it was charged to. */
  readonly key: string;
  readonly operation: Operation;
  /** Where it is polled. */
  readonly engine: Engine;
  /** The body of the request. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  readonly price: number;
  readonly charge: Charge;
  readonly timeline: Timeline;
  readonly clips: readonly Clip[];
  /** What it answers as `data` once it is done, where that is no list of clips. */
  readonly data?: unknown;
  /** With `auto_concat`: what the new part of a pair is called. The second half of the clips are the whole songs. */
  readonly pairedAs?: 'extended' | 'replaced';
  behaviours: readonly TaskBehaviour[];
  /** Whether the credits have come back. */
  refunded: boolean;
  /** How many polls have seen it with every clip at its end. */
  finishedLooks: number;
}

/** The tasks of this server; what they look like follows from the clock. */
export class Tasks {
  /** Everything that was accepted, oldest first. */
  readonly accepted: Task[] = [];
  readonly #byId = new Map<string, Task>();
  /** Tasks that may still need a refund; the only ones that are looked at without being asked for. */
  readonly #failing = new Set<Task>();
  readonly #accounts: Accounts;
  readonly #now: () => number;

  constructor(accounts: Accounts, now: () => number) {
    this.#accounts = accounts;
    this.#now = now;
  }

  /** Takes a task over. */
  add(task: Task): void {
    this.accepted.push(task);
    this.#byId.set(task.taskId, task);
    this.#watch(task);
  }

  /** The task of that id, whoever owns it. */
  find(taskId: string): Task | undefined {
    return this.#byId.get(taskId);
  }

  /** Changes how a task goes on. @throws RangeError when there is no such task */
  setBehaviours(taskId: string, behaviours: readonly TaskBehaviour[]): void {
    const task = this.#byId.get(taskId);
    if (task === undefined) throw new RangeError(`no such task: ${taskId}`);
    task.behaviours = behaviours;
    this.#watch(task);
  }

  /** What a task looks like now. */
  view(task: Task): TaskView {
    return viewTask(task.timeline, task.behaviours, task.clips.length, this.#now() - task.acceptedAt);
  }

  /** Whether a clip can be used by follow-ups: it has succeeded, or it was there before. */
  isDone(clip: Clip): boolean {
    const task = clip.taskId === null ? undefined : this.#byId.get(clip.taskId);
    if (task === undefined) return true;
    const view = this.view(task);
    return view.kind === 'clips' && view.states[task.clips.indexOf(clip)] === 'succeeded';
  }

  /** Whether a task that makes something other than clips has made it. */
  hasSucceeded(taskId: string): boolean {
    const task = this.#byId.get(taskId);
    return task !== undefined && this.view(task).kind === 'clips';
  }

  /** Gives back the credits of tasks that have failed by now. Called before anybody looks at a balance. */
  settle(): void {
    for (const task of this.#failing) {
      if (!isRefunded(this.view(task))) continue;
      this.#failing.delete(task);
      task.refunded = true;
      this.#accounts.refund(task.key, task.charge);
    }
  }

  #watch(task: Task): void {
    const fails = findBehaviour(task.behaviours, 'fail') ?? findBehaviour(task.behaviours, 'timeout');
    if (fails !== undefined && !task.refunded) this.#failing.add(task);
    else this.#failing.delete(task);
  }
}
