import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import type { MusicApiAddress } from './music-api-process.ts';

/** A bot in a process of its own, and the Discord that it is connected to. */
export interface BenchBot {
  readonly discord: LocalDiscord;
  readonly pid: number;
  /** From the start of the process until it was connected and its commands were known. */
  readonly readyMs: number;
  close(): Promise<void>;
}

/** Starts Encore itself, as `npm start` does, for songs from `musicApi`; with `env` besides what it needs. */
export async function startEncore(
  musicApi: MusicApiAddress,
  env: Record<string, string> = {},
): Promise<BenchBot> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-bench-'));
  const bot = await startBot(
    'src/main.ts',
    {
      MUSICAPI_KEY: musicApi.key,
      MUSICAPI_URL: musicApi.url,
      MUSICAPI_MEDIA_HOSTS: musicApi.host,
      DATABASE_URL: `sqlite:${join(folder, 'encore.db')}`,
      MEDIA_DIR: join(folder, 'media'),
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
      LOG_LEVEL: 'error',
      ...env,
    },
    await readNodeFlags(),
  );
  return {
    ...bot,
    async close() {
      await bot.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the bare discord.js bot. */
export function startBareBot(): Promise<BenchBot> {
  return startBot('test/bench/bare-bot.ts', {});
}

/** Resident memory of a process in bytes (Linux: /proc). */
export async function readRss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** The flags of Node that `npm start` uses: they are part of what is measured. */
export async function readNodeFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => /^--(?:max|import)/.test(word));
}

async function startBot(
  program: string,
  env: Record<string, string>,
  flags: string[] = [],
): Promise<BenchBot> {
  const discord = await startLocalDiscord();
  const startedAt = performance.now();
  const child = fork(program, {
    execArgv: flags,
    env: { ...process.env, ...env, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });
  await discord.until(() => discord.commands().some(({ body }) => body.name === 'create'), {
    what: `${program} is ready`,
    timeoutMs: 30_000,
  });
  const readyMs = performance.now() - startedAt;
  return { discord, pid: child.pid ?? 0, readyMs, close: () => close(child, discord) };
}

async function close(child: ChildProcess, discord: LocalDiscord): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  await discord.close();
}
