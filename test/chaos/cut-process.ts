/**
 * Loaded before the bot (`NODE_OPTIONS=--import`): counts everything by which the process can be seen from outside, and
 * kills it with SIGKILL at one of them. Each is counted twice: before it, and when the other side has done it and this
 * process has not heard of it yet.
 *
 * `SIGUSR2` reads the file that `CUT_FILE` names (JSON of `Cut`) and starts counting; what it counts is written to
 * standard error, so that a test knows where it cut.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type pg from 'pg';
import type { Cut } from './cuts.ts';

const STDERR = 2;

let cut: Cut | undefined;
const seen = new Map<string, number>();
let count = 0;

process.on('SIGUSR2', () => arm(JSON.parse(readFileSync(process.env.CUT_FILE ?? '', 'utf8')) as Cut));
if (process.env.CUT_FROM_START) arm({ at: Number(process.env.CUT_FROM_START) });

function arm(next: Cut): void {
  cut = next;
  count = 0;
  seen.clear();
  writeSync(STDERR, 'cut: armed\n');
}

/** One moment at which the process may end. */
function pass(what: string): void {
  if (!cut) return;
  count += 1;
  const occurrence = (seen.get(what) ?? 0) + 1;
  seen.set(what, occurrence);
  writeSync(STDERR, `cut: ${count} ${what} #${occurrence}\n`);
  const isHere = 'at' in cut ? cut.at === count : cut.what === what && cut.occurrence === occurrence;
  if (isHere) process.kill(process.pid, 'SIGKILL');
}

interface RequestEvent {
  readonly request: { readonly method: string; readonly path: string };
}

// Every copy of undici in the process publishes here: MusicAPI, downloads and both of Discord's clients.
subscribe('undici:request:create', (message) => pass(`before ${nameOf(message as RequestEvent)}`));
subscribe('undici:request:headers', (message) => pass(`after ${nameOf(message as RequestEvent)}`));

/** A call that this process is asked by, as by MusicAPI's webhooks. */
interface CallEvent {
  readonly request: { readonly method: string; readonly url: string };
}

const nameOfCall = ({ request: { method, url } }: CallEvent) => nameOf({ request: { method, path: url } });
subscribe('http.server.request.start', (message) =>
  pass(`before answering ${nameOfCall(message as CallEvent)}`),
);
subscribe('http.server.response.finish', (message) =>
  pass(`after answering ${nameOfCall(message as CallEvent)}`),
);

/** Method and path without what differs from story to story. */
function nameOf({ request: { method, path } }: RequestEvent): string {
  const place = path
    .replace(/\?.*$/, '')
    .replace(/(interactions|webhooks)\/(\d+)\/[^/]+/, '$1/$2/:token')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{26}|\d{15,}|[^/]+(?=\.mp3$)/g, ':id');
  return `${method} ${place}`;
}

/** What the open transaction has changed so far. */
interface Changes {
  readonly names: Set<string>;
}

/** Runs a statement; the commit of something, alone or at the end of a transaction, is a moment before and one after. */
function watch<Result>(
  text: string,
  { names }: Changes,
  isAlone: boolean,
  run: () => Result,
  hasChanged: (result: Result) => boolean,
): Result {
  const verb = /^\s*(insert into|update|delete from)\s+"?(\w+)/i.exec(text);
  if (/^\s*commit/i.test(text)) {
    if (names.size === 0) return run();
    const what = `commit of ${[...names].sort().join(', ')}`;
    pass(`before ${what}`);
    names.clear();
    const result = run();
    pass(`after ${what}`);
    return result;
  }
  if (/^\s*(begin|rollback$)/i.test(text)) names.clear();
  if (!verb) return run();
  const name = `${verb[1]?.split(' ')[0]?.toLowerCase()} ${verb[2]}`;
  if (isAlone) pass(`before commit of ${name}`);
  const result = run();
  if (isAlone) pass(`after commit of ${name}`);
  else if (hasChanged(result)) names.add(name);
  return result;
}

if (process.env.DATABASE_URL?.startsWith('postgres')) watchPostgres((await import('pg')).default.Client);
else watchSqlite();

function watchSqlite(): void {
  const prepare = BetterSqlite3.prototype.prepare;
  const changes: Changes = { names: new Set() };
  BetterSqlite3.prototype.prepare = function (this: BetterSqlite3.Database, text: string) {
    const statement: BetterSqlite3.Statement<unknown[]> = prepare.call(this, text);
    const { all, run } = statement;
    const isAlone = () => !this.inTransaction;
    statement.all = (...values: unknown[]) =>
      watch(
        text,
        changes,
        isAlone(),
        () => all.apply(statement, values),
        (rows) => rows.length > 0,
      );
    statement.run = (...values: unknown[]) =>
      watch(
        text,
        changes,
        isAlone(),
        () => run.apply(statement, values),
        (info) => info.changes > 0,
      );
    return statement;
  } as typeof prepare;
}

/** On PostgreSQL only the ends of transactions are watched: when they are sent, and when they are answered. */
function watchPostgres({ prototype }: typeof pg.Client): void {
  const query = prototype.query as (...values: unknown[]) => unknown;
  const watched = function (this: pg.Client, ...values: unknown[]) {
    const [first] = values as [string | { readonly text?: string } | undefined];
    const text = (typeof first === 'string' ? first : first?.text) ?? '';
    if (!/^\s*commit/i.test(text)) return query.apply(this, values);
    pass('before commit');
    const result = query.apply(this, values);
    if (!(result instanceof Promise)) return result;
    return result.then((value) => {
      pass('after commit');
      return value;
    });
  };
  Object.assign(prototype, { query: watched });
}
