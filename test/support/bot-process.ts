import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PATIENCE } from './patience.ts';
import { expectNoSecretIn } from './secret-search.ts';
import { waitUntil } from './wait-until.ts';
import type { LogLine } from './world.ts';
import { listEnvSecrets } from './world-secrets.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** How a process ended. */
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the signal that ended it, or from its start. */
  readonly tookMs: number;
}

/** `npm start` as a process of its own, that can be killed. */
export interface BotProcess {
  readonly pid: number | undefined;
  /** What it logged so far. */
  readonly log: readonly LogLine[];
  /** What it wrote to standard error so far. */
  readonly complaints: string;
  /** Everything that it wrote so far. */
  readonly output: string;
  /** Resolves when it is ready. @throws Error with its words when it ends instead */
  untilReady(): Promise<void>;
  /** Resolves when it has logged such a line. */
  untilLogged(isWanted: (line: LogLine) => boolean): Promise<void>;
  /** Sends a signal and waits for the end. @throws Error when a secret stands in what it wrote */
  end(signal: NodeJS.Signals): Promise<Exit>;
  /** Only sends a signal. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it ends by itself, or after a signal. */
  untilExit(): Promise<Exit>;
}

/**
 * Starts `src/main.ts`, or another program, with nothing in its environment but `env`, in an empty folder, so that no
 * `.env` of a developer matters. It logs all that it does, and no secret may be in what it wrote when it ends.
 */
export function startBotProcess(env: Readonly<Record<string, string>>, program = MAIN): BotProcess {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'encore-process-'));
  const child: ChildProcess = spawn(NODE, [program], {
    env: { PATH, NODE_COMPILE_CACHE, LOG_LEVEL: 'debug', ...env },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let since = performance.now();
  let exit: Exit | undefined;
  let rest = '';
  const log: LogLine[] = [];
  const texts = { out: '', error: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    texts.out += chunk;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) log.push(JSON.parse(line));
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    texts.error += chunk;
  });
  // 'close' and not 'exit': by then everything that it wrote has been read.
  const closed = once(child, 'close').then(([code, signal]) => {
    exit = { code, signal, tookMs: performance.now() - since };
    rmSync(folder, { recursive: true });
    expectNoSecretIn((texts.out + texts.error).split('\n'), listEnvSecrets(env));
    return exit;
  });

  const bot: BotProcess = {
    pid: child.pid,
    log,
    get complaints() {
      return texts.error;
    },
    get output() {
      return texts.out + texts.error;
    },
    untilReady: () => bot.untilLogged(({ msg }) => msg === 'ready'),
    async untilLogged(isWanted) {
      const look = () => exit !== undefined || log.some(isWanted);
      await waitUntil(look, { ...PATIENCE, interval: 5 }, 'a line of the log');
      if (!log.some(isWanted)) throw new Error(`The bot ended: ${bot.output}`);
    },
    async end(signal) {
      bot.signal(signal);
      return await closed;
    },
    signal(signal) {
      since = performance.now();
      if (exit === undefined) child.kill(signal);
    },
    untilExit: () => closed,
  };
  return bot;
}
