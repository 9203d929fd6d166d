import { expect, it } from 'vitest';
import { createPace } from './pace.ts';
import { runSoak } from './soak.ts';
import { formatReport } from './summary.ts';
import { judge } from './verdict.ts';

const LIFE_MS = 8_000;
const SIMULATED_MS = 16 * 60_000;
const PEOPLE = 6;
const DOINGS = 60;

it('a few minutes of life leave nothing undone, nothing doubled and nothing unpaid, whatever went wrong', async () => {
  const pace = createPace(LIFE_MS, SIMULATED_MS);
  const report = await runSoak({
    pace,
    people: PEOPLE,
    seed: 20_261_120,
    hasFaults: true,
    doings: DOINGS,
    // That an answer is late is not this test's to find: the machine may be as busy as it likes.
    ackMs: 15_000,
    // Before the test itself runs out of time: then it says what did not end.
    endingMs: 150_000,
    logLevel: 'debug',
    tell: () => undefined,
  });
  const { evidence, troubles, verdicts } = report;
  expect(
    verdicts.flatMap(({ faults }) => faults),
    formatReport(report, pace),
  ).toEqual([]);
  expect(troubles.get('kill -9')).toBe(2);
  expect(evidence.accounts.length).toBeGreaterThan(PEOPLE);
  expect(evidence.deliveries).not.toEqual([]);

  // The same evidence, forged: everything is really looked at.
  const [account, ...others] = evidence.accounts;
  if (!account) throw new Error('nobody asked for anything');
  const forgedLedger = [
    { ...account, sums: { ...account.sums, charged: account.sums.charged + 1 } },
    ...others,
  ];
  expect(countFaults(judge({ ...evidence, accounts: forgedLedger }))).toBeGreaterThanOrEqual(2);
  expect(countFaults(judge({ ...evidence, spent: evidence.spent + 1 }))).toBeGreaterThanOrEqual(1);
  expect(countFaults(judge({ ...evidence, messages: evidence.messages.slice(1) }))).toBe(1);
  expect(
    countFaults(judge({ ...evidence, deliveries: evidence.deliveries.slice(1) })),
  ).toBeGreaterThanOrEqual(1);
}, 300_000);

function countFaults(verdicts: ReturnType<typeof judge>): number {
  return verdicts.flatMap(({ faults }) => faults).length;
}
