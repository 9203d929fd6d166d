import { openWindow } from '../support/database-window.ts';
import { makeAdversity, type TroubleCounts } from './adversity.ts';
import { BotKeeper } from './bot-keeper.ts';
import { createCourse } from './course.ts';
import { type Diary, live, openDiary } from './diary.ts';
import { createDice } from './dice.ts';
import { endLife, untilRead } from './ending.ts';
import { countCredits, type Evidence, gatherEvidence } from './evidence.ts';
import { judgeWritten } from './log-verdict.ts';
import { type MemoryReport, measureMemory, readSamples } from './memory.ts';
import type { Pace } from './pace.ts';
import { buildTown } from './town.ts';
import { judge, type Verdict } from './verdict.ts';

/** How a soak is run. */
export interface SoakOptions {
  readonly pace: Pace;
  readonly people: number;
  readonly seed: number;
  readonly hasFaults: boolean;
  /** Members stop after so many things that they did. @defaultValue when the time of the pace is over */
  readonly doings?: number;
  /** Real ms within which interactions have to be answered. @defaultValue 3000, as at Discord */
  readonly ackMs?: number;
  /** Real ms that everything under way may take to end: songs have to be drawn and posted. @defaultValue 20 minutes */
  readonly endingMs?: number;
  /** @defaultValue SQLite, in a file */
  readonly databaseUrl?: string | undefined;
  readonly logLevel?: 'debug' | 'info';
  /** Told what goes on. */
  readonly tell: (line: string) => void;
}

/** What became of it. */
export interface SoakReport {
  readonly diary: Diary;
  readonly troubles: TroubleCounts;
  readonly evidence: Evidence;
  readonly memory: MemoryReport;
  readonly verdicts: readonly Verdict[];
}

const MEMORY_EVERY_MS = 500;
const ENDING_MS = 20 * 60_000;

/** Lets members live with the bot for a while, ends it in good order, and judges what is left. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { pace, people, seed, hasFaults, ackMs = 3_000, databaseUrl, logLevel = 'info' } = options;
  const { endingMs = ENDING_MS } = options;
  const startedAt = performance.now();
  const tell = (line: string) =>
    options.tell(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
  await using cleanup = new AsyncDisposableStack();
  const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const env = { LOG_LEVEL: logLevel, ...database };
  const town = await buildTown({ pace, people, ackMs, seed, env });
  const { world } = town;
  cleanup.defer(() => world.close());
  const creditsBefore = countCredits(world);
  const keeper = new BotKeeper(world, MEMORY_EVERY_MS);
  cleanup.defer(async () => void (await keeper.end('SIGKILL')));
  await keeper.start();
  const window = openWindow(world.env.DATABASE_URL ?? '');
  cleanup.defer(() => window.close());
  await untilRead(window);

  tell(
    `${people} members live for ${Math.round(pace.lifeMs / 1_000)} s as if they were ${Math.round((pace.lifeMs * pace.factor) / 60_000)} minutes.`,
  );
  const diary = openDiary();
  const from = Date.now();
  const begun = performance.now();
  const { doings } = options;
  const course = createCourse(() =>
    doings === undefined ? (performance.now() - begun) / pace.lifeMs : diary.total / doings,
  );
  const adversity: Promise<TroubleCounts> = hasFaults
    ? makeAdversity({ town, keeper, pace, dice: createDice(seed), course })
    : Promise.resolve(new Map());
  await Promise.all(
    town.members.map((member, index) =>
      live(member, { town, keeper, diary, pace, course, dice: createDice(seed * 1_000 + index) }),
    ),
  );
  const to = Date.now();
  const troubles = await adversity;

  const endFaults = await endLife({ world, keeper, window, endingMs, tell });

  const store = await world.openStore();
  cleanup.defer(() => store.close());
  const evidence = await gatherEvidence(town, store, keeper, creditsBefore);
  const samples = keeper.lives.flatMap(({ complaints }) => readSamples(complaints));
  const memory = measureMemory(samples, { from, to, factor: pace.factor });
  return {
    diary,
    troubles,
    evidence,
    memory,
    verdicts: [
      ...judge(evidence),
      ...judgeWritten(evidence),
      { claim: 'everything comes to its end, and the bot when it is told to', faults: endFaults },
      { claim: 'members met nothing that cannot be', faults: diary.surprises },
    ],
  };
}
