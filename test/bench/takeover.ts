import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore, type Store } from '../../src/store/open.ts';
import { insertTask } from '../../src/store/tasks.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { CREATE, queuedTask } from '../support/tasks.ts';
import { readNodeFlags } from './bots.ts';
import { fillWithRunningTasks } from './running-tasks.ts';
import type { Row } from './table.ts';
import { startWatchingProvider, type WatchingProvider } from './watching-provider.ts';

const TASKS = 3_000;
/** Each of somebody else, so that nobody's limit holds one back. */
const CREATES = 60;
const NAMES = ['one', 'two', 'three'] as const;
const VICTIM = NAMES[0];
/** A third of the default, which is the same for what is measured in leases, and over sooner. */
const LEASE_MS = 10_000;
/** A lease that was taken just before its owner died runs to its end; then the others have to notice, and to ask. */
const NOTICE_MS = 1_000;
/** So many tasks has each of them under way before one is killed. */
const HELD = 20;
/** What has not been looked at by then is lost. */
const PATIENCE_MS = 30_000;

/** Three processes follow the tasks of one PostgreSQL and send what is queued; one of them is killed. */
export async function benchTakeover(): Promise<readonly Row[]> {
  const server = await startPostgres();
  const provider = await startWatchingProvider();
  await server.ready;
  const store = await openStore({ databaseUrl: server.url });
  await fillWithRunningTasks(store, TASKS);
  await fillQueue(store);
  const flags = await readNodeFlags();
  const processes = NAMES.map((name) =>
    fork('test/bench/takeover-process.ts', [provider.url, server.url, name, `${LEASE_MS}`], {
      execArgv: flags,
    }),
  );
  try {
    return [await measureTakeover(store, provider, processes[0])];
  } finally {
    await Promise.all(processes.map(kill));
    await store.close();
    provider.close();
    await server.stop();
  }
}

async function measureTakeover(
  store: Store,
  provider: WatchingProvider,
  victim: ChildProcess | undefined,
): Promise<Row> {
  const areAtWork = async () => {
    const held = await Promise.all(NAMES.map((name) => listHeld(store, name)));
    return held.every(({ length }) => length >= HELD) && provider.creates.size > 0;
  };
  if (!(await until(areAtWork))) throw new Error('the three processes did not share the work');
  await kill(victim);
  const killedAt = performance.now();
  provider.forgetLooks();
  const held = await listHeld(store, VICTIM);
  await until(async () => countFollowed(provider) >= TASKS && (await countUnsent(store)) === 0);

  const { looks, creates, doubled } = provider;
  const tookMs = Math.max(...held.map((id) => (looks.get(id)?.at ?? Number.POSITIVE_INFINITY) - killedAt));
  const lost = TASKS - countFollowed(provider) + (await countUnsent(store));
  const again = [...creates.values()].reduce((sum, times) => sum + times - 1, 0);
  return {
    what: `${NAMES.length} processes on PostgreSQL, ${TASKS.toLocaleString('en-US')} tasks, one killed -9`,
    bare: '',
    ours: `${held.length} tasks taken over in ${(tookMs / 1_000).toFixed(2)} s; ${lost} lost, ${doubled + again} doubled`,
    reach: `within one lease (${LEASE_MS / 1_000} s) and ${NOTICE_MS / 1_000} s, none lost, none doubled`,
    figure: `${(tookMs / LEASE_MS).toFixed(2)} leases`,
    met: tookMs <= LEASE_MS + NOTICE_MS && lost === 0 && doubled + again === 0,
  };
}

/** Of the tasks that were running from the beginning, those that were looked at since the kill. */
function countFollowed({ looks }: WatchingProvider): number {
  return [...looks.keys()].filter((taskId) => taskId.startsWith('task-')).length;
}

async function fillQueue(store: Store): Promise<void> {
  const now = await store.now();
  await store.transaction(async (tx) => {
    for (let index = 0; index < CREATES; index += 1) {
      const request = { ...CREATE, prompt: `song ${index}` };
      const origin = { userId: `${1_000 + index}`, guildId: `${2_000 + index}` };
      await insertTask(tx, queuedTask(`queued-${index}`, { request, origin, createdAt: now }), now);
    }
  });
}

/** Provider's ids of the running tasks that a process has the lease of. */
async function listHeld(store: Store, name: string): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom('tasks')
    .select('provider_task_id')
    .where('lease_owner', '=', name)
    .where('provider_task_id', 'like', 'task-%')
    .execute();
  return rows.map((row) => row.provider_task_id ?? '');
}

/** Tasks of which nobody has said yet that they were sent, or that this is not known. */
async function countUnsent(store: Store): Promise<number> {
  const { count } = await store.db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('state', 'in', ['queued', 'submitting'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Waits for it, but not for ever. Gives whether it came. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await delay(20)) {
    if (await isSo()) return true;
  }
  return false;
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
