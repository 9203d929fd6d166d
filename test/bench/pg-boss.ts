import pg from 'pg';
import { startPostgres } from '../support/postgres-server.ts';
import { type FollowingReport, measureFollowing } from './following.ts';
import { growthRow } from './polling.ts';
import { percentile, type Row } from './table.ts';

const MANY = 10_000;
const FEWER = [100, 1_000];

/**
 * Following on PostgreSQL: 10,000 running tasks by our tracker and by pg-boss 12.35.0, one after the other on the same
 * server, and how ours grows.
 */
export async function benchPgBoss(): Promise<readonly Row[]> {
  const server = await startPostgres();
  try {
    await server.ready;
    const growth: Row[] = [];
    for (const tasks of FEWER) {
      growth.push(growthRow('PostgreSQL', tasks, await follow(server.url, tasks, 'polling-process')));
    }
    const ours = await follow(server.url, MANY, 'polling-process');
    const theirs = await follow(server.url, MANY, 'pg-boss-process');
    growth.push(growthRow('PostgreSQL', MANY, ours));
    return [lagRow(50, ours, theirs), lagRow(95, ours, theirs), ...growth];
  } finally {
    await server.stop();
  }
}

function lagRow(percent: number, ours: FollowingReport, theirs: FollowingReport): Row {
  const lagMs = percentile(ours.lagsMs, percent);
  const ratio = lagMs / percentile(theirs.lagsMs, percent);
  return {
    what: `poll lag p${percent}, ${MANY.toLocaleString('en-US')} tasks on PostgreSQL`,
    bare: `pg-boss ${percentile(theirs.lagsMs, percent).toFixed(0)} ms (${theirs.lagsMs.length} polls)`,
    ours: `${lagMs.toFixed(0)} ms (${ours.lagsMs.length} polls)`,
    reach: 'at most half of pg-boss',
    figure: `${ratio.toFixed(2)} x`,
    met: ratio <= 0.5,
  };
}

/** Follows with a database of its own. */
async function follow(url: string, tasks: number, program: 'polling-process' | 'pg-boss-process') {
  const name = `${program.replace('-process', '').replace('-', '_')}_${tasks}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const database = new URL(url);
  database.pathname = `/${name}`;
  return await measureFollowing({ databaseUrl: database.href, tasks, program });
}
