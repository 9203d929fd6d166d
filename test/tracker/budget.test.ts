import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import { ANY_24_HOURS } from '../../src/domain/period.ts';
import { type BudgetRule, createBudgetError, findExcess, listLimits } from '../../src/tracker/budget.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
const credits = fc.integer({ min: 0, max: 10_000 });
const ENVIRONMENT = { memberDay: 200, serverDay: 2_000 };
const MEMBER = { guildId: 'guild', memberId: 'anna', roleIds: ['dj', 'new'] };

function rule(changes: Partial<BudgetRule> = {}): BudgetRule {
  return { source: 'member', period: ANY_24_HOURS, credits: 200, ...changes };
}

function stored(changes: Partial<Budget>): Budget {
  return {
    accountId: 'operator',
    guildId: 'guild',
    holder: 'member',
    holderId: '',
    period: { kind: 'week' },
    credits: 50,
    ...changes,
  };
}

/** The limits, each as the sources of its rules. */
function sources(budgets: readonly Budget[], spending: Parameters<typeof listLimits>[2] = MEMBER) {
  return listLimits(ENVIRONMENT, budgets, spending).map(({ scope, rules }) => [
    scope,
    ...rules.map(({ source, credits: amount }) => `${source} ${amount}`),
  ]);
}

describe('listLimits', () => {
  const ceilings = [
    ['member-everywhere', 'member 200'],
    ['server', 'server 2000'],
  ];

  test("has the environment's limits as the ceiling; a server's only in servers", () => {
    expect(sources([])).toEqual(ceilings);
    expect(sources([], { ...MEMBER, guildId: undefined })).toEqual([ceilings[0]]);
  });

  test("only the operator's grants raise the ceiling", () => {
    const grants = [
      stored({ guildId: '', holderId: 'anna', credits: 900 }),
      stored({ guildId: '', holder: 'server', holderId: 'guild', credits: 9_000 }),
      stored({ guildId: '', holderId: 'ben', credits: 5_000 }),
      stored({ guildId: '', holder: 'server', holderId: 'elsewhere', credits: 5_000 }),
    ];
    expect(sources(grants)).toEqual([
      ['member-everywhere', 'member 200', 'member-grant 900'],
      ['server', 'server 2000', 'server-grant 9000'],
    ]);
  });

  test("a server's own rules are limits besides the ceiling, and its grants raise its own limit of members only", () => {
    const own = [
      stored({ credits: 50 }),
      stored({ holderId: 'anna', credits: 500 }),
      stored({ holder: 'server', credits: 300 }),
      stored({ guildId: 'elsewhere', credits: 1 }),
    ];
    expect(sources(own)).toEqual([
      ...ceilings,
      ['member-here', 'own-member 50', 'own-grant 500'],
      ['server', 'own-server 300'],
    ]);
  });

  test('a grant where members have no limit of their own limits nobody', () => {
    expect(sources([stored({ holderId: 'anna', credits: 5 })])).toEqual(ceilings);
  });

  test("takes the rules of the member's roles in place of everybody's, so that the most generous counts", () => {
    const own = [
      stored({ credits: 10 }),
      stored({ holder: 'role', holderId: 'dj', credits: 80 }),
      stored({ holder: 'role', holderId: 'new', credits: 20 }),
      stored({ holder: 'role', holderId: 'other', credits: 900 }),
    ];
    expect(sources(own)).toEqual([...ceilings, ['member-here', 'own-role 80', 'own-role 20']]);
    expect(sources(own, { ...MEMBER, roleIds: [] })).toEqual([...ceilings, ['member-here', 'own-member 10']]);
  });
});

describe('findExcess', () => {
  test('lets a price through that uses a budget up exactly, and not one credit more', () => {
    expect(findExcess(20, { rule: rule(), spent: 180 })).toBeUndefined();
    expect(findExcess(20, { rule: rule(), spent: 181 })).toMatchObject({ left: 19, mustFree: 1 });
  });

  test('knows a price that never fits', () => {
    expect(findExcess(75, { rule: rule({ credits: 50 }), spent: 0 })).toMatchObject({ mustFree: undefined });
  });

  test('finds nothing exactly when the budget still holds afterwards', () => {
    const limit = fc.oneof(credits, fc.constant(UNLIMITED));
    fc.assert(
      fc.property(credits, limit, credits, (price, amount, spent) => {
        const excess = findExcess(price, { rule: rule({ credits: amount }), spent });
        expect(excess === undefined).toBe(spent + price <= amount);
      }),
    );
  });
});

describe('createBudgetError', () => {
  const excess = { spent: 190, price: 20, left: 10, mustFree: 10 } as const;

  test('says the figures and when the price fits again', () => {
    expect(createBudgetError({ ...excess, rule: rule() }, 1_800_000_000_001).message).toBe(
      'Your budget is 200 credits in any 24 hours: 190 used, 10 left; this costs 20. ' +
        'Enough is free again <t:1800000001:R>. Nothing was spent.',
    );
  });

  test('names the rule', () => {
    const ofRole = rule({ source: 'own-role', roleId: '77', period: { kind: 'month' } });
    expect(createBudgetError({ ...excess, rule: ofRole }, 0).message).toContain(
      'Your budget in this server, by the role <@&77>, is 200 credits per month (UTC): 190 used',
    );
    expect(createBudgetError({ ...excess, rule: rule({ source: 'own-server' }) }, 0).message).toContain(
      "This server's own budget is 200 credits",
    );
  });

  test('says that a price above the whole budget never fits', () => {
    const never = { rule: rule({ source: 'server', credits: 50 }), spent: 0, price: 75, left: 50 };
    expect(createBudgetError({ ...never, mustFree: undefined }, undefined).message).toContain(
      'more than the whole budget',
    );
  });
});
