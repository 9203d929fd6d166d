import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FollowingReport, MEASURE_MS, measureFollowing } from './following.ts';
import { percentile, type Row } from './table.ts';

const MANY = 10_000;
const FEWER = [100, 1_000];
const MIB = 1024 * 1024;

/** How one process follows running tasks at the default interval on a SQLite file: 10,000 of them, and how it grows. */
export async function benchPolling(): Promise<readonly Row[]> {
  const growth: Row[] = [];
  for (const tasks of FEWER) growth.push(growthRow('SQLite', tasks, await followOnSqlite(tasks)));
  const report = await followOnSqlite(MANY);
  growth.push(growthRow('SQLite', MANY, report));
  const p95 = percentile(report.lagsMs, 95);
  return [
    {
      what: `poll lag p95, ${count(MANY)} running tasks`,
      bare: '',
      ours: `${p95.toFixed(0)} ms (p50 ${percentile(report.lagsMs, 50).toFixed(0)}, ${report.lagsMs.length} polls)`,
      reach: 'below 250 ms',
      figure: `${p95.toFixed(0)} ms`,
      met: p95 < 250,
    },
    {
      what: 'memory while following them',
      bare: '',
      ours: `${(report.rssBytes / MIB).toFixed(0)} MiB`,
      reach: 'below 250 MB',
      figure: `${(report.rssBytes / 1e6).toFixed(0)} MB`,
      met: report.rssBytes < 250e6,
    },
    ...growth,
  ];
}

async function followOnSqlite(tasks: number): Promise<FollowingReport> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-bench-'));
  try {
    return await measureFollowing({ databaseUrl: `sqlite:${join(folder, 'encore.db')}`, tasks });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What following so many tasks costs; there is nothing to reach, it shows how it grows. */
export function growthRow(database: string, tasks: number, report: FollowingReport): Row {
  const { lagsMs, cpuMs, rssBytes } = report;
  return {
    what: `${count(tasks)} tasks on ${database}: lag p50 / p95, CPU, memory`,
    bare: '',
    ours: `${percentile(lagsMs, 50).toFixed(0)} / ${percentile(lagsMs, 95).toFixed(0)} ms`,
    reach: '',
    figure: `${((cpuMs / MEASURE_MS) * 100).toFixed(1)} % of a core, ${(rssBytes / MIB).toFixed(0)} MiB`,
    met: true,
  };
}

function count(tasks: number): string {
  return tasks.toLocaleString('en-US');
}
