import { expect } from 'vitest';
import type { Task as ProviderTask } from '../../sandbox/musicapi/tasks.ts';
import type { Store } from '../../src/store/open.ts';
import { DEFAULT_LIMITS } from '../../src/tracker/limits.ts';

/** Somebody whose prompts all contain `<name> song`. */
interface Member {
  readonly name: string;
}

/**
 * An interval between any two creates, whichever processes sent them. By the database's clock: how long a POST takes to
 * arrive is not the bot's. Gives how many were sent.
 */
export async function expectSentApart(store: Store, intervalMs: number): Promise<number> {
  const sent = await store.db
    .selectFrom('tasks')
    .select('sent_at')
    .where('sent_at', 'is not', null)
    .orderBy('sent_at')
    .execute();
  const times = sent.map(({ sent_at }) => sent_at ?? 0);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps), 'between two creates').toBeGreaterThanOrEqual(intervalMs);
  return times.length;
}

/** Of no member and of no server more was under way at once than the limits say, which are the default ones. */
export function expectLimits(tasks: readonly ProviderTask[], servers: readonly (readonly Member[])[]): void {
  const countOf = (members: readonly Member[]) =>
    countAtOnce(tasks.filter(({ body }) => members.some(({ name }) => isAskedBy(name, body))));
  for (const members of servers) {
    const names = members.map(({ name }) => name).join(', ');
    expect(countOf(members), `under way at once of ${names}`).toBeLessThanOrEqual(
      DEFAULT_LIMITS.server.running,
    );
    for (const member of members) {
      expect(countOf([member]), `under way at once of ${member.name}`).toBeLessThanOrEqual(
        DEFAULT_LIMITS.member.running,
      );
    }
  }
}

function isAskedBy(name: string, body: ProviderTask['body']): boolean {
  return JSON.stringify(body).includes(`${name} song`);
}

/** The most of these tasks that MusicAPI was making at the same time. */
function countAtOnce(tasks: readonly ProviderTask[]): number {
  const isUnderWay = ({ acceptedAt, timeline }: ProviderTask, at: number) =>
    acceptedAt <= at && at < acceptedAt + timeline.lastMs;
  const counts = tasks.map(({ acceptedAt }) => tasks.filter((task) => isUnderWay(task, acceptedAt)).length);
  return Math.max(0, ...counts);
}
