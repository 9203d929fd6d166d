import { describe, expect, it } from 'vitest';
import { found, unfinished } from '../../src/doctor/outcomes.ts';
import { exitCodeOf, toJson, toText } from '../../src/doctor/report.ts';

const timed = { ms: 3 };
const FINE = { ...found('node', 'fitting', 'Node 24'), ...timed };
const WARNING = { ...found('discord-servers', 'none', 'The bot is in no server.', 'Invite it.'), ...timed };
const FAILURE = { ...found('clock', 'wrong', 'The clock is slow.', 'Set it.'), ...timed };
const SKIPPED = { ...unfinished('discord-gateway', 'skipped', 'Gateway: not looked at.'), ms: 0 };

describe('exitCodeOf', () => {
  it('goes by the worst', () => {
    expect(exitCodeOf([FINE, SKIPPED])).toBe(0);
    expect(exitCodeOf([FINE, WARNING, FINE])).toBe(1);
    expect(exitCodeOf([FINE, FAILURE, WARNING])).toBe(2);
  });
});

describe('toText', () => {
  const plain = (checked: Parameters<typeof toText>[0]) => toText(checked, (_status, text) => text);

  it('groups, aligns and counts', () => {
    expect(plain([FINE, WARNING, FAILURE, SKIPPED])).toBe(
      [
        'Discord',
        '  warning  The bot is in no server.',
        '           Invite it.',
        '  skipped  Gateway: not looked at.',
        '',
        'Clock',
        '  failure  The clock is slow.',
        '           Set it.',
        '',
        'This machine',
        '  ok       Node 24',
        '',
        '1 failure, 1 warning, 1 not looked at.',
        '',
      ].join('\n'),
    );
  });

  it('ends well when all is well', () => {
    expect(plain([FINE])).toMatch(/\n\nEverything is fine\.\n$/);
  });
});

describe('toJson', () => {
  it('is ok only without warnings, and has no fix where there is none', () => {
    expect(toJson([FINE])).toEqual({
      ok: true,
      checks: [
        {
          id: 'node',
          outcome: 'fitting',
          group: 'This machine',
          status: 'ok',
          message: 'Node 24',
          ms: 3,
        },
      ],
    });
    expect(toJson([FINE, WARNING])).toMatchObject({ ok: false });
  });
});
