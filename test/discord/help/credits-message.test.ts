import { describe, expect, it } from 'vitest';
import { buildCreditsMessage } from '../../../src/discord/help/credits-message.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { speak } from '../../../src/words/words.ts';
import { expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

describe('buildCreditsMessage', () => {
  const prices = [{ engine: 'sonic', id: 'create', price: 20 }] as const;

  it('says what is used and left of both budgets, and what things cost', () => {
    const member = { used: 60, limit: 200 };
    const server = { used: 2_100, limit: 2_000 };
    const text = textOf(buildCreditsMessage({ member, server, prices }));
    expect(text).toContain('You: 60 credits of 200 used, 140 credits left');
    expect(text).toContain('This server: 2,100 credits of 2,000 used, 0 credits left');
    expect(text).toContain('Create: 20 credits');
    expect(text).not.toContain('balance');
  });

  it('tells prices by engine, and those that the balance showed as what they are', () => {
    const catalogue = createCatalogue();
    catalogue.learn('sonic', 'create', 25);
    const message = buildCreditsMessage({ member: { used: 0, limit: 200 }, prices: catalogue.list() });
    const [sonic = '', producer = '', nuro = ''] = textOf(message)
      .split(/\*\*\w+\*\*/)
      .slice(1);
    expect(sonic).toContain('- Create: 25 credits, as the balance showed\n');
    expect(sonic).toContain('- Tempo: 1 credit\n');
    expect(producer).toContain('- Create: 12 credits\n');
    expect(nuro.trim()).toBe('- Create: 10 credits');
    expectWithinLimits(message);
  });

  it('knows budgets without a limit, and tells the operator the balance', () => {
    const member = { used: 0, limit: Number.POSITIVE_INFINITY };
    const balance = { plan: 1_000, extra: 50 };
    const text = textOf(buildCreditsMessage({ member, prices, balance }));
    expect(text).toContain('You: 0 credits used, no limit');
    expect(text).toContain('1,050 credits (plan 1,000, extra 50)');
  });

  it('says it in German, with German figures', () => {
    const catalogue = createCatalogue();
    catalogue.learn('sonic', 'create', 25);
    const message = speak('de', () =>
      buildCreditsMessage({
        member: { used: 60, limit: 200 },
        server: { used: 1, limit: 2_000 },
        others: [
          {
            rule: {
              source: 'own-role',
              roleId: '7',
              period: { kind: 'rolling', hours: 24 },
              credits: Number.POSITIVE_INFINITY,
            },
            used: 0,
            limit: Number.POSITIVE_INFINITY,
          },
        ],
        prices: catalogue.list(),
        balance: { plan: 1_000, extra: 50 },
        isManager: true,
      }),
    );
    const text = textOf(message);
    expect(text).toContain('- Du: 60 Credits von 200 verbraucht, 140 Credits übrig');
    expect(text).toContain('- Dieser Server: 1 Credit von 2.000 verbraucht, 1.999 Credits übrig');
    expect(text).toMatch(
      /- Du auf diesem Server, durch die Rolle <@&7>, .+: 0 Credits verbraucht, ohne Grenze/,
    );
    expect(text).toContain('1.050 Credits (Plan 1.000, extra 50)');
    expect(text).toContain('- Erstellen: 25 Credits, wie das Guthaben zeigte\n');
    expect(text).toContain('- Tempo: 1 Credit\n');
    expect(labelsOf(message)).toEqual(['Mitglieder']);
    expectWithinLimits(message);
  });
});
