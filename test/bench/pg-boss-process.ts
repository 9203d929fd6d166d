/**
 * The yardstick for many processes: pg-boss follows the same number of tasks, one delayed job for the next look at each.
 * Run as a process of its own.
 *
 * Its settings are the best of those tried: the shortest polling interval that it allows, batches as large as what
 * falls due meanwhile, and several workers, whose polls fall between each other's.
 */
import { PgBoss } from 'pg-boss';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import { createFollowingReporter } from './following-report.ts';
import { POLL_INTERVAL_MS } from './running-tasks.ts';

const QUEUE = 'looks';
const WORKERS = 16;
const BATCH = 50;
const INSERT_BATCH = 1_000;

/** What a job carries. */
interface Look {
  readonly taskId: string;
  readonly dueAt: number;
}

const [url = '', databaseUrl = '', count = '0'] = process.argv.slice(2);
const tasks = Number(count);
const api = createMusicApi({ url, key: 'bench-key', catalogue: createCatalogue() });
const boss = new PgBoss({ connectionString: databaseUrl, max: 10 });
await boss.start();
await boss.createQueue(QUEUE);
const now = Date.now();
const first = Array.from({ length: tasks }, (_, index) => ({
  taskId: `task-${index}`,
  dueAt: Math.round(now + (index * POLL_INTERVAL_MS) / tasks),
}));
for (let start = 0; start < tasks; start += INSERT_BATCH) {
  await insert(first.slice(start, start + INSERT_BATCH));
}
const reporter = createFollowingReporter();
await boss.work<Look>(
  QUEUE,
  { localConcurrency: WORKERS, batchSize: BATCH, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
  async (jobs) => {
    const next = await Promise.all(jobs.map(({ data }) => look(data)));
    await insert(next);
  },
);
await reporter.run();

async function look({ taskId, dueAt }: Look): Promise<Look> {
  reporter.onPoll(Math.max(0, Date.now() - dueAt));
  await api.getTask('sonic', taskId, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  return { taskId, dueAt: Date.now() + POLL_INTERVAL_MS };
}

async function insert(looks: readonly Look[]): Promise<void> {
  await boss.insert(
    QUEUE,
    looks.map((data) => ({ data, startAfter: new Date(data.dueAt) })),
  );
}
