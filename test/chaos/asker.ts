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
    const find = async () => (await this.#list()).find((task) => task.operation === operation);
    for (let tries = 0; !(await find()); tries += 1) {
      if (tries > 0) this.askedAgain += 1;
      await this.attempt(async () => {
        if (await find()) return;
        await act();
        await vi.waitUntil(find, WAIT);
      });
    }
  }

  /**
   * Presses a button of a card as soon as it is there until nothing is left to be decided: a bot that died has to be
   * asked again, and so has one that had to answer that it cannot do it at this moment.
   *
   * @param open - the states of a task in which it is not decided yet
   */
  async decide(button: string, open: readonly TaskState[]): Promise<void> {
    const { anna, discord } = this.stage.world;
    const isOpen = () => this.hasAny(open);
    const find = () => discord.messages(this.channel).find((message) => message.findButton(button));
    for (;;) {
      await this.until(async () => !(await isOpen()) || find());
      if (!(await isOpen())) return;
      await this.insist(async () => {
        const card = find();
        if (!card) return;
        const pressed = anna.press(card, button);
        await vi.waitUntil(async () => pressed.followUps.length > 0 || !(await isOpen()), WAIT);
      });
    }
  }

  /** Whether a task of this channel is in one of these states. */
  async hasAny(states: readonly TaskState[]): Promise<boolean> {
    return (await this.#list()).some(({ state }) => states.includes(state));
  }

  /** Waits until something in this channel says that. */
  async untilShown(words: RegExp): Promise<void> {
    const { discord } = this.stage.world;
    await this.until(async () => discord.messages(this.channel).some(({ text }) => words.test(text)));
  }

  /** Whether all of this channel is over. */
  async isOver(): Promise<boolean> {
    return await isOver(this.stage.window, this.channel);
  }

  /** Waits until all of this channel is over. Gives whether every task has ended in this state. */
  async untilOver(ending: TaskState): Promise<boolean> {
    await this.until(() => this.isOver());
    return (await this.#list()).every(({ state }) => state === ending);
  }

  /** Waits for a state, however often the bot dies meanwhile. @throws Error with what is known when it does not come */
  async until(look: () => Promise<unknown>): Promise<void> {
    const { lives } = this.stage;
    await vi
      .waitUntil(async () => lives.failure ?? (await look()), WAIT)
      .catch(async (cause: unknown) => {
        const seen = JSON.stringify({ tasks: await this.#list(), warnings: lives.warnings });
        throw new Error(`${this.channel.name}: ${seen}`, { cause });
      });
    if (lives.failure) throw lives.failure;
  }

  /** Does something that makes no task until the bot has answered. */
  async insist<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const end = await this.attempt(act);
      if (end) return end.answer;
      this.askedAgain += 1;
    }
  }

  /** Does something with a bot that is ready. Gives undefined when it died before it had answered. */
  async attempt<Answer>(act: () => Promise<Answer>): Promise<{ readonly answer: Answer } | undefined> {
    const bot = await this.stage.lives.ready();
    const acting = act().then((answer) => ({ answer }));
    acting.catch(() => undefined);
    return await Promise.race([acting, bot.untilExit().then(() => undefined)]);
  }

  #list() {
    return listTasks(this.stage.window, this.channel);
  }
}
