import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import type { LogLine } from '../support/world.ts';
import type { Cut } from './cuts.ts';

const PROGRAM = fileURLToPath(new URL('../support/short-lease-process.ts', import.meta.url));
const PRELOAD = new URL('./cut-process.ts', import.meta.url).href;

/** How long anything may take, on however busy a machine. */
export const SLOW_MS = 120_000;

/** One bot that is killed at given moments and started again at once, every time. */
export class Lives {
  readonly #env: Readonly<Record<string, string>>;
  readonly #cutFile: string;
  #bot: BotProcess;
  #isOver = false;
  /** Moments of the next start at which it is killed once more, before it is told where. */
  #nextFromStart: number | undefined;
  /** Deaths so far. */
  deaths = 0;
  /** What ended it although nobody meant it to. */
  failure: Error | undefined;

  private constructor(env: Readonly<Record<string, string>>, cutFile: string) {
    this.#env = env;
    this.#cutFile = cutFile;
    this.#bot = this.#begin();
  }

  static async start(env: Readonly<Record<string, string>>): Promise<Lives> {
    const lives = new Lives(env, join(await mkdtemp(join(tmpdir(), 'encore-cut-')), 'cut.json'));
    await lives.ready();
    return lives;
  }

  /** Resolves with the living process as soon as it is ready. */
  async ready(): Promise<BotProcess> {
    let bot = this.#bot;
    const look = () => {
      if (this.failure) throw this.failure;
      bot = this.#bot;
      return this.#hasBegun(bot);
    };
    await vi.waitUntil(look, { interval: 2, timeout: SLOW_MS });
    return bot;
  }

  /** What the one that lives, or lived last, has warned of lately: for the words of an error. */
  get warnings(): readonly LogLine[] {
    return this.#bot.log.filter(({ level }) => Number(level) >= 40).slice(-5);
  }

  /** From now on it counts, and dies at this moment. */
  async arm(cut: Cut): Promise<void> {
    writeFileSync(this.#cutFile, JSON.stringify(cut));
    for (let isArmed = false; !isArmed; ) {
      const bot = await this.ready();
      const countArmed = () => bot.complaints.split('cut: armed').length;
      const before = countArmed();
      bot.signal('SIGUSR2');
      const look = () => {
        isArmed = countArmed() > before;
        // It may have died meanwhile, where its start was to be cut.
        return isArmed || this.#bot !== bot;
      };
      await vi.waitUntil(look, { interval: 2, timeout: SLOW_MS });
    }
  }

  /** After its next death it dies again, at this moment of its start. */
  cutNextStartAt(moment: number): void {
    this.#nextFromStart = moment;
  }

  /** `kill -9` now; it begins again at once. */
  async kill(): Promise<void> {
    await (await this.ready()).end('SIGKILL');
  }

  /** Ends it for good. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.#isOver = true;
    await this.#bot.end(signal);
    await rm(dirname(this.#cutFile), { recursive: true, force: true });
  }

  #hasBegun(bot: BotProcess): boolean {
    return bot.log.some(({ msg }) => msg === 'ready');
  }

  #begin(): BotProcess {
    const fromStart = this.#nextFromStart;
    this.#nextFromStart = undefined;
    const cuts = fromStart === undefined ? {} : { CUT_FROM_START: `${fromStart}` };
    const bot = startBotProcess(
      { ...this.#env, ...cuts, NODE_OPTIONS: `--import ${PRELOAD}`, CUT_FILE: this.#cutFile },
      PROGRAM,
    );
    void bot.untilExit().then(({ signal }) => {
      if (this.#isOver) return;
      this.deaths += 1;
      if (signal !== 'SIGKILL') {
        this.failure = new Error(`the bot ended by itself: ${bot.output.slice(-2_000)}`);
        return;
      }
      this.#bot = this.#begin();
    });
    return bot;
  }
}
