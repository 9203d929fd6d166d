import { heldBy, type MemorySample } from './memory.ts';
import type { Pace } from './pace.ts';
import type { SoakReport } from './soak.ts';

const MIB = 1024 * 1024;
const MINUTES_PER_ROW = 6;
const BARS = '▁▂▃▄▅▆▇█';

/** The report as a person reads it. */
export function formatReport(
  { diary, troubles, evidence, memory, verdicts }: SoakReport,
  pace: Pace,
): string {
  const { accounts, adjusted, spent, deliveries, answers } = evidence;
  const states = countBy(accounts, ({ task }) => task.state);
  const operations = countBy(accounts, ({ task }) => task.request.operation);
  const charged = accounts.reduce((sum, { sums }) => sum + sums.charged, 0);
  const count = (state: string) => answers.filter((one) => one.state === state && one.isExcused).length;
  const faults = verdicts.flatMap((verdict) => verdict.faults);
  return [
    '',
    'What members did',
    `  ${formatCounts(diary.done)}; ${diary.couldNot} times there was nothing to press or to choose.`,
    `  ${answers.length} interactions; nobody answered ${count('failed')} of them, and ${count('thinking')} halfway, while the bot was dead or cut off.`,
    'What became of it',
    `  ${accounts.length} tasks: ${formatCounts(states)}`,
    `  by operation: ${formatCounts(operations)}`,
    `  ${deliveries.length} deliveries: ${formatCounts(countBy(deliveries, ({ state }) => state))}; by ${formatCounts(
      countBy(
        deliveries.flatMap(({ posted }) => posted),
        ({ route }) => route,
      ),
    )}`,
    'What went wrong around it',
    `  ${troubles.size > 0 ? formatCounts(troubles) : 'nothing'}`,
    'Money, in credits',
    `  ${charged} charged for tasks, ${adjusted} booked when the balance was compared; MusicAPI took ${spent}. Difference: ${charged + adjusted - spent}.`,
    'Memory of the bot, MiB (a kill begins it anew)',
    ...formatMemory(memory.samples, pace),
    `  second half, in ten simulated minutes: held ${formatSlope(memory.heldSlope)}, whole process ${formatSlope(memory.rssSlope)}`,
    'Verdict',
    ...verdicts.map(({ claim, faults: found }) => `  ${found.length === 0 ? 'yes' : 'NO '}  ${claim}`),
    ...faults.map((fault) => `  - ${fault}`),
    conclude(faults.length),
  ].join('\n');
}

function conclude(faults: number): string {
  if (faults === 0) return 'Everything is as it has to be.';
  return faults === 1 ? 'One thing is not as it has to be.' : `${faults} things are not as they have to be.`;
}

function countBy<T>(all: readonly T[], nameOf: (one: T) => string): ReadonlyMap<string, number> {
  const groups = Map.groupBy(all, nameOf);
  return new Map([...groups].map(([name, { length }]) => [name, length]));
}

/** The most frequent first: `12 create, 3 cover`. */
function formatCounts(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.map(([name, count]) => `${count} ${name}`).join(', ');
}

/** The least of every so many simulated minutes, as a table, and all of it as one line of bars. */
function formatMemory(samples: readonly MemorySample[], { factor }: Pace): string[] {
  const [first] = samples;
  if (!first) return ['  nothing was measured'];
  const everyMs = (MINUTES_PER_ROW * 60_000) / factor;
  const rows = [...Map.groupBy(samples, ({ at }) => Math.floor((at - first.at) / everyMs))];
  const least = (values: readonly number[]) => Math.min(...values) / MIB;
  const table = rows.map(([index, all]) => {
    const held = least(all.map(heldBy));
    const rss = least(all.map((one) => one.rss));
    const minute = `${index * MINUTES_PER_ROW}`.padStart(4);
    return `  ${minute}  ${held.toFixed(1).padStart(6)}  ${rss.toFixed(1).padStart(7)}`;
  });
  return ['  minute   held  process', ...table, `  process: ${drawBars(samples.map(({ rss }) => rss))}`];
}

const WIDTH = 60;

function drawBars(values: readonly number[]): string {
  const perBar = Math.max(1, Math.ceil(values.length / WIDTH));
  const bars = [...Map.groupBy(values.keys(), (index) => Math.floor(index / perBar)).values()].map(
    (indexes) => Math.max(...indexes.map((index) => values[index] ?? 0)),
  );
  const low = Math.min(...bars);
  const span = Math.max(...bars) - low || 1;
  return bars.map((value) => BARS[Math.round(((value - low) / span) * (BARS.length - 1))]).join('');
}

function formatSlope(bytes: number): string {
  return `${bytes >= 0 ? '+' : ''}${(bytes / MIB).toFixed(2)} MiB`;
}
