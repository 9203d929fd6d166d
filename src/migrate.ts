import { parseArgs } from 'node:util';
import { coerceError, StartError } from './errors.ts';
import { moveDatabase } from './store/move.ts';

/** `npm run migrate`: moves a bot that has outgrown its SQLite file to PostgreSQL. */
try {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
  // Loosely, so that a mistyped option is answered with a sentence like a missing one.
  const { from = '', to = '' } = parseArgs({ options, strict: false }).values;
  const { rows, wasThere } = await moveDatabase({ from: String(from), to: String(to) });
  const counts = Object.entries(rows).map(([table, count]) => `${count} ${table}`);
  const words = wasThere ? 'Everything was there already' : 'Everything was moved and checked';
  process.stdout.write(`${words}: ${counts.join(', ')}. Now set DATABASE_URL to the PostgreSQL address.\n`);
} catch (error) {
  const { message } = coerceError(error);
  const words = error instanceof StartError ? message : `The move failed (${message}). Nothing was changed.`;
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
