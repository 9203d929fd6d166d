import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openStore } from '../../src/store/open.ts';
import { readNodeFlags } from './bots.ts';
import { fillWithRunningTasks } from './running-tasks.ts';
import { startSlowProvider } from './slow-provider.ts';

/** The first round of looks is left out: it belongs to the start. */
export const SETTLE_MS = 18_000;
export const MEASURE_MS = 20_000;

/** What a process that follows tasks reports. */
export interface FollowingReport {
  /** How late every look of the measured time was. */
  readonly lagsMs: readonly number[];
  /** Of the measured time, all threads together. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** From the start of the following until the first look. */
  readonly readyMs: number;
}

/** What follows, and how many. */
interface Following {
  readonly databaseUrl: string;
  readonly tasks: number;
  /** @defaultValue our own tracker */
  readonly program?: 'polling-process' | 'pg-boss-process';
}

/**
 * One process follows so many running tasks at the default interval, over HTTP against a provider that takes 80 ms for
 * an answer. The database is to be empty.
 */
export async function measureFollowing({
  databaseUrl,
  tasks,
  program = 'polling-process',
}: Following): Promise<FollowingReport> {
  if (program === 'polling-process') {
    const store = await openStore({ databaseUrl });
    await fillWithRunningTasks(store, tasks);
    await store.close();
  }
  const provider = await startSlowProvider();
  const child = fork(`test/bench/${program}.ts`, [provider.url, databaseUrl, `${tasks}`], {
    execArgv: await readNodeFlags(),
  });
  const gone = once(child, 'exit');
  const [report] = (await once(child, 'message')) as [FollowingReport];
  child.kill('SIGKILL');
  await gone;
  provider.close();
  return report;
}
