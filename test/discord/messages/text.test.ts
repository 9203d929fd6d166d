import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bar,
  fileName,
  formatCredits,
  formatDuration,
  formatLink,
  messageLink,
  oneLine,
  parsePlain,
  parseTime,
  plain,
} from '../../../src/discord/messages/text.ts';
import { nastyText } from '../support/examples.ts';

/** A marker of Discord's Markdown that is not escaped. */
const LIVE_MARKER = /(?<!\\)(?:\\\\)*[*_~|`[\]<]/;
const LIVE_LINE_START = /^ *(?:[#>+-]|\d+[.)](?: |$))/m;

describe('plain', () => {
  it('leaves nothing that formats, links, mentions or hides', () => {
    fc.assert(
      fc.property(nastyText, fc.constantFrom('fold' as const, 'keep' as const), (text, lines) => {
        const shown = plain(text, 1_000, { lines });
        expect(shown).not.toMatch(LIVE_MARKER);
        expect(shown).not.toMatch(LIVE_LINE_START);
        expect(shown).not.toMatch(/@everyone|@here|:\/\/|discord\.gg/i);
        expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\uFEFF]/);
        expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*\\$/);
        if (lines === 'fold') expect(shown).not.toContain('\n');
      }),
    );
  });

  it('stays within the length, and cuts neither surrogate pairs nor emoji in half', () => {
    const family = '👩‍👩‍👧‍👦';
    fc.assert(
      fc.property(nastyText, fc.integer({ min: 0, max: 300 }), (text, maxLength) => {
        const shown = plain(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
    expect(plain(family.repeat(3), 25)).toBe(`${family}${family}…`);
    expect(plain('abc', 3)).toBe('abc');
    expect(plain('abcd', 3)).toBe('ab…');
  });

  it('shows ordinary text as it was typed', () => {
    expect(plain('Rain, at 3 am (slow)!', 100)).toBe('Rain, at 3 am (slow)!');
    expect(plain('🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍🚀 café', 100)).toBe('🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍🚀 café');
    expect(plain('می‌خواهم', 100)).toBe('می‌خواهم');
  });

  it.each([
    ['@everyone hi', '@\u200Beveryone hi'],
    ['<@1> <#2> </create:3>', '\\<@1> \\<#2> \\</create:3>'],
    ['[x](https://evil.example)', '\\[x\\](https\\:\\//evil.example)'],
    ['# big\n> quote\n- list\n1. one', '\\# big\n\\> quote\n\\- list\n1\\. one'],
    ['`a` **b** ||c||', '\\`a\\` \\*\\*b\\*\\* \\|\\|c\\|\\|'],
    ['a\u202Eb\u200Bc\u0000d', 'abcd'],
  ])('makes %j harmless', (text, expected) => {
    expect(plain(text, 200, { lines: 'keep' })).toBe(expected);
  });

  it('removes invisible tag characters that spell no flag, however many there are', () => {
    expect(plain(`a\u{1F3F4}${'\u{E0061}'.repeat(100_000)}b`, 100)).toBe('a\u{1F3F4}b');
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const once = oneLine(text, 10_000);
        expect(parsePlain(plain(text, 50_000))).toBe(once);
      }),
    );
  });
});

describe('formatLink', () => {
  it('cannot be ended early by the title', () => {
    expect(formatLink('a](https://evil.example) [b', 'https://x.example')).toBe(
      '[a)(https\\:\\//evil.example) (b](https://x.example)',
    );
    expect(formatLink('\u200B', 'https://x.example')).toBe('[link](https://x.example)');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [65, '1:05'],
    [125.6, '2:06'],
    [3_723, '1:02:03'],
    [-5, '0:00'],
    [Number.NaN, '0:00'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatCredits', () => {
  it('counts in words', () => {
    expect([1, 20, 2_000, 0].map(formatCredits)).toEqual([
      '1 credit',
      '20 credits',
      '2,000 credits',
      '0 credits',
    ]);
  });
});

describe('parseTime', () => {
  it.each([
    ['1:30', 90],
    ['90', 90],
    ['90s', 90],
    [' 90 S ', 90],
    ['0.1', 0.1],
    ['1:02:03', 3_723],
    ['1:05.5', 65.5],
    ['0', 0],
    ['75:00', 4_500],
  ])('reads %j', (text, seconds) => {
    expect(parseTime(text)).toBe(seconds);
  });

  it.each([
    '',
    '-5',
    '1:5',
    '1:75',
    '1:60:00',
    '1:2:03',
    ':30',
    '1:',
    'soon',
    '1e3',
    'Infinity',
    '1:30s',
    '٣',
    '1 2',
  ])('does not take %j for a time', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('takes any text for a moment in seconds or for none, and never throws', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9:.,s -]{0,12}$/));
    fc.assert(
      fc.property(texts, (text) => {
        const seconds = parseTime(text) ?? 0;
        expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.nat(99 * 3_600), (seconds) => {
        expect(parseTime(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('bar', () => {
  it('shows the share and says it', () => {
    expect(bar(0.35)).toBe('▰▰▰▱▱▱▱▱▱▱ 35% done');
    expect(bar(-1)).toContain(' 0% done');
    expect(bar(7)).toContain(' 100% done');
    expect(bar(Number.NaN)).toContain(' 0% done');
  });
});

describe('messageLink', () => {
  it('links to messages of servers and of direct messages', () => {
    expect(messageLink('1', '2', '3')).toBe('https://discord.com/channels/1/2/3');
    expect(messageLink(undefined, '2', '3')).toBe('https://discord.com/channels/@me/2/3');
  });
});

describe('fileName', () => {
  it.each([
    ['Neon Rain', 1, 'mp3', 'Neon Rain - take 1.mp3'],
    ['Neon Rain', 'Vocals', '.WAV', 'Neon Rain - Vocals.wav'],
    ['AC/DC: "live"?', 2, 'mp3', 'AC-DC- live - take 2.mp3'],
    ['con', 1, 'mp3', 'con - take 1.mp3'],
    ['con.x', 1, 'mp3', '_con.x - take 1.mp3'],
    ['con', undefined, 'mp3', '_con.mp3'],
    ['Vocals', undefined, 'mp3', 'Vocals.mp3'],
    ['../../etc/passwd', 1, 'mp3', 'etc-passwd - take 1.mp3'],
    ['...', 1, '', 'Untitled - take 1.bin'],
    ['🌧 rain', 1, 'mp3', '🌧 rain - take 1.mp3'],
  ] as const)('names %j', (title, label, extension, expected) => {
    expect(fileName(title, label, extension)).toBe(expected);
  });

  it('is safe and at most 120 bytes for any title', () => {
    fc.assert(
      fc.property(nastyText, fc.oneof(fc.nat(99), nastyText, fc.constant(undefined)), (title, label) => {
        const name = fileName(title, label, 'mp3');
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
        expect(name.endsWith('.mp3')).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        expect(name).not.toMatch(/[\u0000-\u001F"<>:/\\|?*\n]/);
        expect(name).toMatch(/^[^\s.]/);
      }),
    );
  });
});
