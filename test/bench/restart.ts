import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalDiscord } from '../../sandbox/discord/server.ts';
import { openStore } from '../../src/store/open.ts';
import { readNodeFlags } from './bots.ts';
import { fillWithRunningTasks } from './running-tasks.ts';
import { startSlowProvider } from './slow-provider.ts';
import type { Row } from './table.ts';

const TASKS = 10_000;

/** The whole bot, as `npm start` starts it, with 10,000 tasks that are due: from its start to the first look at one. */
export async function benchRestart(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'encore.db')}`;
  const store = await openStore({ databaseUrl });
  await fillWithRunningTasks(store, TASKS);
  await store.close();
  const [provider, discord] = await Promise.all([startSlowProvider(), startLocalDiscord()]);
  const startedAt = performance.now();
  const firstLook = provider.nextRequest();
  const child = fork('src/main.ts', {
    execArgv: await readNodeFlags(),
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      MUSICAPI_KEY: 'bench-key',
      MUSICAPI_URL: provider.url,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'warn',
    },
  });
  await firstLook;
  const tookMs = performance.now() - startedAt;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  provider.close();
  await discord.close();
  await rm(folder, { recursive: true, force: true });
  return [
    {
      what: `start of the process -> first look, ${TASKS.toLocaleString('en-US')} open tasks`,
      bare: '',
      ours: `${tookMs.toFixed(0)} ms`,
      reach: 'within 2 s',
      figure: `${(tookMs / 1_000).toFixed(2)} s`,
      met: tookMs < 2_000,
    },
  ];
}
