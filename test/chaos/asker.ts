import { vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { TaskState } from '../../src/domain/task.ts';
import { SLOW_MS } from './lives.ts';
import { isOver, listTasks, type Stage } from './stage.ts';

const WAIT = { interval: 10, timeout: SLOW_MS } as const;

/** Somebody who asks again when the bot died and nothing came of it. */
export class Asker {
  readonly stage: Stage;
  readonly channel: Channel;
  /** How often something had to be asked again. */
  askedAgain = 0;

  constructor(stage: Stage, channel: Channel) {
    this.stage = stage;
    this.channel = channel;
  }

  /**
   * Does what makes a task of this operation until there is one, and waits until all of this channel is over.
   *
   * @returns whether there is something to go on with: every task has succeeded.
   */
  async ask(operation: string, act: () => Promise<unknown>): Promise<boolean> {
    await this.begin(operation, act);
    return await this.untilOver('succeeded');
  }

  /** Does what makes a task of this operation until there is one. */
  async begin(operation: string, act: () => Promise<unknown>): Promise<void> {
    const { lives } = this.stage;
    const find = async () => (await this.#list()).find((task) => task.operation === operation);
    for (let tries = 0; !(await find()); tries += 1) {
      if (tries > 0) this.askedAgain += 1;
      const bot = await lives.ready();
      if (await find()) break;
      const asking = act().then(() => vi.waitUntil(find, WAIT));
      asking.catch(() => undefined);
      await Promise.race([asking, bot.untilExit()]);
    }
  }

  /** Waits until all of this channel is over. Gives whether every task has ended in this state. */
  async untilOver(ending: TaskState): Promise<boolean> {
    const { window, lives } = this.stage;
    await vi
      .waitUntil(async () => lives.failure ?? (await isOver(window, this.channel)), WAIT)
      .catch(async (cause: unknown) => {
        const tasks = JSON.stringify(await this.#list());
        throw new Error(`${this.channel.name}: ${tasks}`, { cause });
      });
    if (lives.failure) throw lives.failure;
    return (await this.#list()).every(({ state }) => state === ending);
  }

  /** Does something that makes no task until the bot has answered. */
  async insist<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const bot = await this.stage.lives.ready();
      const acting = act().then((answer) => ({ answer }));
      acting.catch(() => undefined);
      const end = await Promise.race([acting, bot.untilExit().then(() => undefined)]);
      if (end) return end.answer;
      this.askedAgain += 1;
    }
  }

  #list() {
    return listTasks(this.stage.window, this.channel);
  }
}
