/** PostgreSQL's own programs, which come with its client and know its formats best. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { coerceError, StartError } from '../errors.ts';
import { hasCode } from './files.ts';

const run = promisify(execFile);

/** Lists of a large database are long. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The programs that are used here. */
type Tool = 'pg_dump' | 'pg_restore';

/**
 * Runs one of the programs on a database.
 *
 * @throws StartError when it is not there, or with its own words.
 */
export async function runTool(
  tool: Tool,
  parameters: readonly string[],
  databaseUrl?: string,
): Promise<string> {
  const { address, password } = splitPassword(databaseUrl);
  const database = address ? [`--dbname=${address}`] : [];
  try {
    const { stdout } = await run(tool, [...parameters, ...database], {
      env: environmentFor(password),
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new StartError(`${tool} is not there.`, { cause: error });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new StartError(`${tool} failed: ${said || coerceError(error).message}`);
  }
}

/**
 * Makes sure that a program is there and knows the server's version.
 *
 * @throws StartError that says how to get it, and what to do without it.
 */
export async function requireTool(tool: Tool, serverMajor: number, instead: string): Promise<void> {
  const major = await findMajor(tool);
  if (major !== undefined && major >= serverMajor) return;
  const trouble =
    major === undefined
      ? `${tool} is not there`
      : `${tool} ${major} is older than the server, which is ${serverMajor}`;
  throw new StartError(
    `${trouble}: install the client of PostgreSQL ${serverMajor} or newer (Debian: postgresql-client-${serverMajor}), or ${instead}`,
  );
}

async function findMajor(tool: Tool): Promise<number | undefined> {
  try {
    const { stdout } = await run(tool, ['--version']);
    const [, major] = /\(PostgreSQL\) (\d+)/.exec(stdout) ?? [];
    return major === undefined ? undefined : Number(major);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES')) return undefined;
    throw error;
  }
}

/** Everybody on this machine may read a program's parameters, so a password is never one of them. */
export function splitPassword(databaseUrl: string | undefined) {
  const url = URL.parse(databaseUrl ?? '');
  if (!url) return { address: undefined, password: undefined };
  const password = url.password ? decodeURIComponent(url.password) : url.searchParams.get('password');
  url.password = '';
  url.searchParams.delete('password');
  // The programs do not read "+" as a blank.
  return { address: url.href.replaceAll('+', '%20'), password: password ?? undefined };
}

/** Nothing of our own secrets is theirs; what one may set for them (`PGPASSFILE`, `PGSSLROOTCERT`) is. */
function environmentFor(password: string | undefined): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => /^(PG\w+|PATH|HOME|LANG|LC_\w+|TZ)$/.test(name));
  return { ...Object.fromEntries(own), ...(password === undefined ? {} : { PGPASSWORD: password }) };
}
