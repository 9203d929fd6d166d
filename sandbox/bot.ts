import { createWriteStream } from 'node:fs';
import pLimit from 'p-limit';
import { createApp } from '../src/app.ts';
import { parseConfig, secretsOf } from '../src/config.ts';
import { createLogger } from '../src/log.ts';

/** Where the bot finds everything, and where it writes. */
export interface BotSettings {
  readonly env: Readonly<Record<string, string>>;
  /** What it has to complain about goes to the end of this file, one JSON object a line. */
  readonly logFile: string;
  /** How long it waits for what is in flight when it is stopped. @defaultValue its own */
  readonly graceMs?: number | undefined;
}

/** The real bot, which can be stopped and started again: it does not know that it is on a stage. */
export class StageBot {
  readonly #settings: BotSettings;
  /** A start that is asked for while a stop is under way comes after it. */
  readonly #inTurn = pLimit(1);
  #stop: (() => Promise<void>) | undefined;

  constructor(settings: BotSettings) {
    this.#settings = settings;
  }

  /** Whether it has been started and not been stopped. */
  get runs(): boolean {
    return this.#stop !== undefined;
  }

  /** Starts it, on the database that it had before. Resolves when it is ready. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      this.#stop ??= await startBot(this.#settings);
    });
  }

  /** Ends it. */
  stop(): Promise<void> {
    return this.#inTurn(async () => {
      const stop = this.#stop;
      this.#stop = undefined;
      await stop?.();
    });
  }
}

/** @returns what stops it */
async function startBot({ env, logFile, graceMs }: BotSettings): Promise<() => Promise<void>> {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...env });
  const destination = createWriteStream(logFile, { flags: 'a' });
  const log = createLogger({ level: config.logLevel, secrets: secretsOf(config), destination });
  const app = await createApp(config, { log, ...(graceMs === undefined ? {} : { graceMs }) });
  const stop = async () => {
    await app.stop();
    await new Promise((resolve) => destination.end(resolve));
  };
  try {
    await app.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
