/**
 * `npm run soak`: an hour of twenty members' life in ten minutes, with everything going wrong that may. Ends with 1 and
 * a sentence for each thing that is not as it has to be.
 */

import { startPostgres } from '../support/postgres-server.ts';
import { judgeMemory } from './memory.ts';
import { parseOptions } from './options.ts';
import { createPace } from './pace.ts';
import { runSoak } from './soak.ts';
import { formatReport } from './summary.ts';

const PEOPLE = 20;
const tell = (text: string) => void process.stdout.write(`${text}\n`);

const { minutes, seed, hasFaults, hasPostgres } = parseOptions(process.argv.slice(2));
const postgres = hasPostgres ? await startPostgres() : undefined;
try {
  await postgres?.ready;
  const pace = createPace(minutes * 60_000);
  const databaseUrl = postgres?.url;
  const report = await runSoak({ pace, people: PEOPLE, seed, hasFaults, databaseUrl, tell });
  const verdicts = [...report.verdicts, judgeMemory(report.memory)];
  tell(formatReport({ ...report, verdicts }, pace));
  process.exitCode = verdicts.some(({ faults }) => faults.length > 0) ? 1 : 0;
} finally {
  await postgres?.stop();
}
