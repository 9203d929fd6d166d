import { coerceError, StartError } from '../errors.ts';

/**
 * Runs a program of the command line: what it gives is printed, and what stands in its way is said with exit code 1.
 *
 * @param usage - printed with a mistyped option
 */
export async function runProgram(usage: string, run: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await run()}\n`);
  } catch (error) {
    process.stderr.write(`${describe(error, usage)}\n`);
    process.exitCode = 1;
  }
}

function describe(error: unknown, usage: string): string {
  if (error instanceof StartError) return error.message;
  const { message } = coerceError(error);
  const isTyping =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isTyping ? `${message}\n\n${usage}` : `It failed (${message}). Nothing was changed.`;
}

/** What a database holds, for the operator: what there is nothing of goes without saying. */
export function describeRows(rows: Readonly<Record<string, number>>): string {
  const shown = ['tasks', 'clips', 'deliveries', 'ledger'].map((table) => `${rows[table] ?? 0} ${table}`);
  return shown.join(', ');
}
