import { parseArgs } from 'node:util';

/** What can be said on the command line. */
export interface CommandLine {
  /** Real ones, for an hour of life. */
  readonly minutes: number;
  /** Another seed is another hour. */
  readonly seed: number;
  readonly hasFaults: boolean;
  /** On a PostgreSQL of its own instead of a SQLite file. */
  readonly hasPostgres: boolean;
}

const OPTIONS = {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
  faults: { type: 'string', default: 'on' },
  postgres: { type: 'boolean', default: false },
} as const;

/** @throws TypeError with a sentence for what makes no sense */
export function parseOptions(args: readonly string[]): CommandLine {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  if (!(minutes > 0 && minutes <= 60)) throw new TypeError('--minutes takes a number up to 60.');
  if (!Number.isInteger(seed)) throw new TypeError('--seed takes a whole number.');
  if (values.faults !== 'on' && values.faults !== 'off') throw new TypeError('--faults takes on or off.');
  return { minutes, seed, hasFaults: values.faults === 'on', hasPostgres: values.postgres };
}
