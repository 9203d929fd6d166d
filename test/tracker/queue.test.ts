import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  holdBack,
  orderQueue,
  type QueueEntry,
  startEstimateMs,
  type Turn,
} from '../../src/tracker/queue.ts';

const arbitraryEntries = fc
  .array(
    fc.record({
      guildId: fc.option(fc.constantFrom('g1', 'g2', 'g3'), { nil: undefined }),
      memberId: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
      createdAt: fc.integer({ min: 0, max: 1_000 }),
    }),
    { maxLength: 40 },
  )
  .map((entries) => entries.map((entry, index): QueueEntry => ({ ...entry, id: `t${index}` })));

const arbitraryTurns = fc.array(
  fc.record({
    guildId: fc.option(fc.constantFrom('g1', 'g2', 'g3'), { nil: undefined }),
    memberId: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    at: fc.integer({ min: 0, max: 1_000 }),
  }),
  { maxLength: 10 },
);

function ids(entries: readonly QueueEntry[]): string[] {
  return entries.map((entry) => entry.id);
}

function serverOf(entry: QueueEntry): string {
  return entry.guildId ?? `dm ${entry.memberId}`;
}

describe('orderQueue', () => {
  test('lets servers take turns, oldest task first', () => {
    const entries: QueueEntry[] = [
      { id: 'a1', guildId: 'a', memberId: 'm', createdAt: 1 },
      { id: 'a2', guildId: 'a', memberId: 'm', createdAt: 2 },
      { id: 'a3', guildId: 'a', memberId: 'm', createdAt: 3 },
      { id: 'b1', guildId: 'b', memberId: 'm', createdAt: 4 },
      { id: 'd1', memberId: 'x', createdAt: 5 },
      { id: 'd2', memberId: 'y', createdAt: 6 },
    ];
    expect(ids(orderQueue(entries))).toEqual(['a1', 'b1', 'd1', 'd2', 'a2', 'a3']);
  });

  test('lets the members of a server take turns', () => {
    const entries: QueueEntry[] = [
      { id: 'p1', guildId: 'a', memberId: 'p', createdAt: 1 },
      { id: 'p2', guildId: 'a', memberId: 'p', createdAt: 2 },
      { id: 'q1', guildId: 'a', memberId: 'q', createdAt: 3 },
    ];
    expect(ids(orderQueue(entries))).toEqual(['p1', 'q1', 'p2']);
  });

  test('remembers who had a turn: the oldest task does not bring its server to the front again', () => {
    const entries: QueueEntry[] = [
      { id: 'a2', guildId: 'a', memberId: 'p', createdAt: 1 },
      { id: 'b1', guildId: 'b', memberId: 'q', createdAt: 9 },
    ];
    expect(ids(orderQueue(entries, [{ guildId: 'a', memberId: 'p', at: 10 }]))).toEqual(['b1', 'a2']);
  });

  test('is a permutation that does not depend on the order in which the entries are given', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryTurns, fc.func(fc.integer()), (entries, turns, shuffle) => {
        const ordered = ids(orderQueue(entries, turns));
        const shuffled = [...entries].sort((a, b) => shuffle(a.id) - shuffle(b.id));
        expect([...ordered].sort()).toEqual(ids(entries).sort());
        expect(ids(orderQueue(shuffled, turns))).toEqual(ordered);
      }),
    );
  });

  test("everyone's first task comes before anyone's second within a server", () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryTurns, (entries, turns) => {
        const rounds = new Map<string, number[]>();
        const counts = new Map<string, number>();
        for (const entry of orderQueue(entries, turns)) {
          const member = `${serverOf(entry)}/${entry.memberId}`;
          const round = (counts.get(member) ?? 0) + 1;
          counts.set(member, round);
          rounds.set(serverOf(entry), [...(rounds.get(serverOf(entry)) ?? []), round]);
        }
        for (const ofServer of rounds.values()) expect(ofServer).toEqual([...ofServer].sort((a, b) => a - b));
      }),
    );
  });

  test("a member's own tasks keep their order", () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryTurns, (entries, turns) => {
        const last = new Map<string, number>();
        for (const entry of orderQueue(entries, turns)) {
          const member = `${serverOf(entry)}/${entry.memberId}`;
          expect(entry.createdAt).toBeGreaterThanOrEqual(last.get(member) ?? 0);
          last.set(member, entry.createdAt);
        }
      }),
    );
  });

  test('starves nobody: beside any stream of other tasks, each is sent within a bounded number of turns', () => {
    const newcomers = fc.array(
      fc.record({ guildId: fc.constantFrom('g1', 'g2', 'g3'), memberId: fc.constantFrom('m1', 'm2', 'm3') }),
      { minLength: 60, maxLength: 60 },
    );
    fc.assert(
      fc.property(newcomers, (stream) => {
        const waiting: QueueEntry[] = [{ id: 'mine', guildId: 'g4', memberId: 'me', createdAt: 0 }];
        const turns: Turn[] = [{ guildId: 'g4', memberId: 'me', at: 0 }];
        const sent: string[] = [];
        for (const [index, newcomer] of stream.entries()) {
          waiting.push({ ...newcomer, id: `t${index}`, createdAt: index });
          const [head] = orderQueue(waiting, turns);
          if (!head) throw new Error('the queue is not empty');
          waiting.splice(waiting.indexOf(head), 1);
          turns.push({ guildId: head.guildId, memberId: head.memberId, at: index + 1 });
          sent.push(head.id);
        }
        // Three other servers may each go first once.
        expect(sent.indexOf('mine')).toBeGreaterThanOrEqual(0);
        expect(sent.indexOf('mine')).toBeLessThan(4);
      }),
    );
  });

  test('a long backlog of one server does not hold up the others', () => {
    const waiting: QueueEntry[] = [];
    for (let i = 0; i < 100; i += 1) waiting.push({ id: `a${i}`, guildId: 'a', memberId: 'p', createdAt: i });
    for (let i = 0; i < 5; i += 1)
      waiting.push({ id: `b${i}`, guildId: 'b', memberId: 'q', createdAt: 200 + i });
    const turns: Turn[] = [];
    const sent: string[] = [];
    for (let at = 1_000; at < 1_010; at += 1) {
      const [head] = orderQueue(waiting, turns);
      if (!head) throw new Error('the queue is not empty');
      waiting.splice(waiting.indexOf(head), 1);
      turns.push({ guildId: head.guildId, memberId: head.memberId, at });
      sent.push(head.id);
    }
    expect(sent).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4']);
  });
});

describe('startEstimateMs', () => {
  test('counts from the moment at which the next create may be sent', () => {
    expect(startEstimateMs(1, { untilNextMs: 1_200, submitIntervalMs: 3_000 })).toBe(1_200);
    expect(startEstimateMs(4, { untilNextMs: 1_200, submitIntervalMs: 3_000 })).toBe(10_200);
    expect(startEstimateMs(2, { untilNextMs: -5_000, submitIntervalMs: 3_000 })).toBe(3_000);
  });
});

describe('holdBack', () => {
  const limits = { member: { running: 2, queued: 10 }, server: { running: 3, queued: 10 } };
  const entry = (id: string, memberId: string, guildId?: string) => ({ id, memberId, guildId, createdAt: 0 });
  const none = { members: new Map<string, number>(), servers: new Map<string, number>() };
  const shown = (standings: ReturnType<typeof holdBack>) =>
    standings.map(({ entry: { id }, rounds }) => `${id} ${rounds}`);

  test('lets others go ahead of a member who has as many under way as allowed', () => {
    const entries = [entry('a1', 'a', 'g'), entry('b1', 'b'), entry('a2', 'a'), entry('a3', 'a')];
    const running = { members: new Map([['a', 1]]), servers: new Map<string, number>() };
    expect(shown(holdBack(entries, running, limits))).toEqual(['a1 0', 'b1 0', 'a2 1', 'a3 1']);
  });

  test('counts a member over all servers, and a server over all members', () => {
    const ofMember = ['g1', 'g2', 'g3'].map((guild, index) => entry(`a${index}`, 'a', guild));
    expect(shown(holdBack(ofMember, none, limits))).toEqual(['a0 0', 'a1 0', 'a2 1']);
    const ofServer = ['a', 'b', 'c', 'd'].map((member) => entry(member, member, 'g'));
    const running = { members: new Map<string, number>(), servers: new Map([['g', 2]]) };
    expect(shown(holdBack(ofServer, running, limits))).toEqual(['a 0', 'b 1', 'c 1', 'd 1']);
  });

  test('keeps everybody, in their order among those who wait equally long', () => {
    fc.assert(
      fc.property(arbitraryEntries, (entries) => {
        const ordered = orderQueue(entries);
        const held = holdBack(ordered, none, limits);
        expect(new Set(held.map((one) => one.entry))).toEqual(new Set(ordered));
        for (const round of new Set(held.map(({ rounds }) => rounds))) {
          const ofRound = held.filter(({ rounds }) => rounds === round).map((one) => one.entry);
          expect(ofRound).toEqual(ordered.filter((one) => ofRound.includes(one)));
        }
      }),
    );
  });
});
