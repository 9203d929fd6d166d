import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listRoutes,
  needsArchive,
  nonceOf,
  type Place,
  planAttempts,
  presumeAttempt,
  retryDelayMs,
} from '../../../src/discord/delivery/delivery-plan.ts';
import type { Delivery, Route } from '../../../src/domain/delivery.ts';
import type { Origin } from '../../../src/domain/origin.ts';
import { DELIVERY_ID, QUEUED } from '../support/examples.ts';

const MIB = 1024 * 1024;
const ROUTES: readonly Route[] = ['channel', 'follow-up', 'direct-message'];

const place = (route: Route, limitMib: number): Place => ({ route, limitBytes: limitMib * MIB });
const origin = (changes: Partial<Origin> = {}): Origin => ({ ...QUEUED.origin, ...changes });

describe('presumeAttempt', () => {
  const restore = { takenAt: 100_000, restoredAt: 500_000 };
  const delivery: Delivery = {
    id: DELIVERY_ID,
    taskId: 'task-1',
    kind: 'clip',
    clipIds: ['clip-1'],
    state: 'pending',
    mention: true,
    generation: 0,
    posted: [],
    tries: 0,
    createdAt: 600_000,
  };
  const task = { origin: origin({ channelId: '400' }), createdAt: 90_000 };
  const presumed = {
    part: 0,
    count: 1,
    route: 'channel',
    channelId: '400',
    startedAt: restore.takenAt,
    isPresumed: true,
  };

  it('is a message in the place of the request since the backup was taken', () => {
    expect(presumeAttempt(delivery, task, restore)).toEqual(presumed);
    const stems = {
      ...delivery,
      kind: 'stems',
      clipIds: Array.from({ length: 12 }, (_, id) => `${id}`),
    } as const;
    expect(presumeAttempt(stems, task, restore)).toEqual({ ...presumed, count: 10 });
  });

  it.each<[string, Partial<Delivery>, Partial<typeof task>, typeof restore | undefined]>([
    ['no backup was ever put back', {}, {}, undefined],
    ['it was asked for since', {}, { createdAt: restore.restoredAt }, restore],
    ['a person wants it once more', { generation: 1 }, {}, restore],
    ['it is a copy', { isCopy: true }, {}, restore],
    [
      'only a direct message was left',
      {},
      { origin: origin({ botCanPost: false, tokenExpiresAt: 0 }) },
      restore,
    ],
  ])('is none where %s', (_, changes, taskChanges, given) => {
    expect(presumeAttempt({ ...delivery, ...changes }, { ...task, ...taskChanges }, given)).toBeUndefined();
  });
});

describe('listRoutes', () => {
  it('begins with the channel, then the token, then a direct message', () => {
    expect(listRoutes(origin(), 0)).toEqual(ROUTES);
  });

  it('leaves the channel out where the bot may not post', () => {
    expect(listRoutes(origin({ botCanPost: false }), 0)).toEqual(['follow-up', 'direct-message']);
  });

  it('leaves the token out shortly before it dies', () => {
    expect(listRoutes(origin({ tokenExpiresAt: 900_000 }), 871_000)).toEqual(['channel', 'direct-message']);
  });

  it('hopes for the channel once nothing else worked, but not where the bot is no member', () => {
    const closed = { botCanPost: false, tokenExpiresAt: 0 };
    expect(listRoutes(origin(closed), 0, true)).toEqual(['channel', 'direct-message']);
    expect(listRoutes(origin({ ...closed, userInstallOnly: true }), 0, true)).toEqual(['direct-message']);
  });

  it('names the direct messages with the bot once', () => {
    expect(listRoutes(origin({ context: 'bot-dm', guildId: undefined }), 0)).toEqual([
      'channel',
      'follow-up',
    ]);
  });
});

describe('planAttempts', () => {
  it('tries the routes in their order when the file fits everywhere', () => {
    const attempts = planAttempts(MIB, [
      place('channel', 10),
      place('follow-up', 10),
      place('direct-message', 10),
    ]);
    expect(attempts.map(({ route, limitBytes }) => `${route} ${limitBytes / MIB}`)).toEqual([
      'channel 10',
      'follow-up 10',
      'channel 0.5',
      'channel 0',
      'follow-up 0.5',
      'follow-up 0',
      'direct-message 10',
      'direct-message 0.5',
      'direct-message 0',
    ]);
  });

  it('puts a follow-up with the original before the channel with less', () => {
    const attempts = planAttempts(20 * MIB, [place('channel', 10), place('follow-up', 50)]);
    expect(attempts[0]).toEqual(place('follow-up', 50));
    expect(attempts[1]).toEqual(place('channel', 10));
  });

  it('goes down in every place, ends with a try that cannot fail for the size, and keeps direct messages for last', () => {
    const places = fc.uniqueArray(
      fc.record({ route: fc.constantFrom(...ROUTES), limitBytes: fc.integer({ min: 1, max: 30 }) }),
      { selector: ({ route }) => route },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), places, (largest, given) => {
        const attempts = planAttempts(largest, given);
        for (const { route } of given) {
          const limits = attempts.filter((one) => one.route === route).map((one) => one.limitBytes);
          expect(limits.at(-1)).toBe(0);
          expect(limits.every((limit, index) => index === 0 || limit <= (limits[index - 1] ?? 0))).toBe(true);
        }
        const originals = attempts.filter((one) => one.limitBytes >= largest && one.limitBytes > 0);
        expect(originals.map((one) => one.route).sort()).toEqual(
          given
            .filter((one) => one.limitBytes >= largest)
            .map((one) => one.route)
            .sort(),
        );
        const firstDirect = attempts.findIndex(({ route }) => route === 'direct-message');
        const rest = firstDirect < 0 ? [] : attempts.slice(firstDirect);
        expect(rest.every(({ route }) => route === 'direct-message')).toBe(true);
      }),
    );
  });
});

describe('needsArchive', () => {
  const posted = (count: number) =>
    Array.from(
      { length: count },
      (_, part) => ({ part, count: 10, route: 'channel', channelId: '1' }) as const,
    );

  it('sends files as long as five messages take them, and one archive otherwise', () => {
    expect(needsArchive({ kind: 'stems', posted: [] }, 24)).toBe(false);
    expect(needsArchive({ kind: 'stems', posted: [] }, 50)).toBe(false);
    expect(needsArchive({ kind: 'stems', posted: [] }, 51)).toBe(true);
    expect(needsArchive({ kind: 'stems', posted: posted(3) }, 20)).toBe(false);
    expect(needsArchive({ kind: 'stems', posted: posted(3) }, 21)).toBe(true);
    expect(needsArchive({ kind: 'stems', posted: posted(9) }, 10)).toBe(false);
  });
});

describe('nonceOf', () => {
  it('stays the same over retries, fits into 25 characters and is new for every wanted message', () => {
    const first = nonceOf({ id: DELIVERY_ID, generation: 0 }, 0);
    expect(nonceOf({ id: DELIVERY_ID, generation: 0 }, 0)).toBe(first);
    expect(first).toHaveLength(24);
    const others = [
      nonceOf({ id: DELIVERY_ID, generation: 0 }, 1),
      nonceOf({ id: DELIVERY_ID, generation: 1 }, 0),
    ];
    expect(new Set([first, ...others]).size).toBe(3);
  });
});

describe('retryDelayMs', () => {
  it('grows from five seconds to ten minutes', () => {
    expect([0, 1, 2, 6, 7, 100].map(retryDelayMs)).toEqual([
      5_000, 10_000, 20_000, 320_000, 600_000, 600_000,
    ]);
  });
});
