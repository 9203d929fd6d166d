import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import type { LogLine, TestWorld } from '../support/world.ts';
import { DeafTimes } from './deaf-times.ts';

const PRELOAD = new URL('./memory-process.ts', import.meta.url).href;
/** Of `npm start`: they are part of what is measured. */
const NODE_FLAGS = '--max-semi-space-size=4 --max-old-space-size=768';

/** What the process wrote in one of its lives. */
export interface Life {
  readonly log: readonly LogLine[];
  readonly output: string;
  readonly complaints: string;
}

/** Keeps the bot as a process of its own: starts it, kills it, starts it again. */
export class BotKeeper {
  readonly deafTimes: DeafTimes;
  readonly #world: TestWorld;
  readonly #env: Readonly<Record<string, string>>;
  readonly #lives: BotProcess[] = [];
  #isEnding = false;
  /** `kill -9` so far. */
  kills = 0;
  /** What ended it although nobody meant it to. */
  failure: string | undefined;

  constructor(world: TestWorld, memoryEveryMs: number) {
    this.#world = world;
    this.deafTimes = new DeafTimes(world.discord);
    const options = `${NODE_FLAGS} --import ${PRELOAD}`;
    this.#env = { ...world.env, NODE_OPTIONS: options, MEMORY_EVERY_MS: `${memoryEveryMs}` };
  }

  /** Everything that it wrote so far, one entry for each start. */
  get lives(): readonly Life[] {
    return this.#lives;
  }

  /** Starts it. Resolves when it is ready. @throws Error with its words when it ends instead */
  async start(): Promise<void> {
    this.#isEnding = false;
    const bot = startBotProcess(this.#env);
    this.#lives.push(bot);
    void bot.untilExit().then(({ code, signal }) => {
      if (!this.#isEnding)
        this.failure = `The bot ended by itself (${signal ?? code}): ${bot.output.slice(-2_000)}`;
    });
    await bot.untilReady();
    await this.#world.discord.whenConnected();
  }

  /** Resolves when the process that runs now has ended. */
  async untilDeath(): Promise<void> {
    await this.#lives.at(-1)?.untilExit();
  }

  /** `kill -9`, and started again at once. */
  async kill(): Promise<void> {
    this.kills += 1;
    await this.deafTimes.during(async () => {
      await this.end('SIGKILL');
      await this.start();
    });
  }

  /** Cuts its connection to Discord, which it resumes by itself. */
  async cut(): Promise<void> {
    const { discord } = this.#world;
    await this.deafTimes.during(async () => {
      discord.disconnect();
      await discord.until(() => discord.gateway.connected() === 0, { what: 'the cut' });
      await discord.whenConnected();
    });
  }

  /** Ends it. Gives its exit code; null when the signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#isEnding = true;
    return (await this.#lives.at(-1)?.end(signal))?.code ?? null;
  }
}
