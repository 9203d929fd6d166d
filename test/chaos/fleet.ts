import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { PATIENCE } from '../support/patience.ts';

const PROGRAM = fileURLToPath(new URL('../support/short-lease-process.ts', import.meta.url));
const SHIFTED_CLOCK = new URL('./shifted-clock.ts', import.meta.url).href;

/** Several bots on one database, each with a shard of its own; one that is killed is started again at once. */
export class Fleet {
  readonly #env: Readonly<Record<string, string>>;
  readonly #clockShiftsMs: readonly number[];
  readonly #bots: BotProcess[] = [];
  #isOver = false;
  /** Kills so far. */
  kills = 0;
  /** What ended one of them although nobody meant it to. */
  failure: Error | undefined;

  private constructor(env: Readonly<Record<string, string>>, clockShiftsMs: readonly number[]) {
    this.#env = { ...env, SHARD_COUNT: `${clockShiftsMs.length}` };
    this.#clockShiftsMs = clockShiftsMs;
  }

  /** @param clockShiftsMs - one for each process: how far its clock is ahead of the right time; negative: behind */
  static async start(
    env: Readonly<Record<string, string>>,
    clockShiftsMs: readonly number[],
  ): Promise<Fleet> {
    const fleet = new Fleet(env, clockShiftsMs);
    for (const index of clockShiftsMs.keys()) {
      fleet.#begin(index);
      // One after the other: Discord lets only one shard identify at a time.
      await fleet.ready(index);
    }
    return fleet;
  }

  /** Resolves with the living process of a shard as soon as it is ready. */
  async ready(index: number): Promise<BotProcess> {
    let bot: BotProcess | undefined;
    const look = () => {
      if (this.failure) throw this.failure;
      bot = this.#bots[index];
      return bot?.log.some(({ msg }) => msg === 'ready');
    };
    await vi.waitUntil(look, { ...PATIENCE, interval: 5 });
    return bot as BotProcess; // waitUntil would have thrown
  }

  /** `kill -9`. */
  async kill(index: number): Promise<void> {
    this.kills += 1;
    await this.#bots[index]?.end('SIGKILL');
  }

  /** Ends all of them for good. */
  async end(signal: NodeJS.Signals): Promise<readonly (number | null)[]> {
    this.#isOver = true;
    const ends = await Promise.all(this.#bots.map((bot) => bot.end(signal)));
    return ends.map(({ code }) => code);
  }

  #begin(index: number): void {
    const bot = startBotProcess(
      {
        ...this.#env,
        SHARDS: `${index}-${index}`,
        NODE_OPTIONS: `--import ${SHIFTED_CLOCK}`,
        CLOCK_SHIFT_MS: `${this.#clockShiftsMs[index]}`,
      },
      PROGRAM,
    );
    this.#bots[index] = bot;
    void bot.untilExit().then(({ signal }) => {
      if (this.#isOver) return;
      if (signal === 'SIGKILL') this.#begin(index);
      else this.failure = new Error(`process ${index} ended by itself: ${bot.output.slice(-2_000)}`);
    });
  }
}
