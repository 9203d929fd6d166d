import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintLyrics } from '../../src/musicapi/lyrics-lint.ts';
import { ANY_TEXT } from './any-text.ts';

const LIMIT = { limit: 5_000 };
const SONG = '[Verse]\nStars they shine above me\n\n[Chorus]\nStarry night, starry night';
const messagesOf = (text: string) =>
  lintLyrics(text, LIMIT).map(({ severity, message }) => `${severity}: ${message}`);

describe('lintLyrics', () => {
  it.each([
    ['a song', SONG],
    ['lyrics without any tag', 'la la la\nla la'],
    ['nothing', ''],
    ['the marker of an instrumental', '[Instrumental]'],
    ['numbers and repeats', '[Verse 1]\nla\n[Verse2]\nla\n[Chorus x2]\nla\n[CHORUS (2x)]\nla'],
    ['spellings', '[Pre Chorus]\nla\n[prechorus]\nla\n[pre-chorus]\nla\n[FADEOUT]'],
    [
      'descriptions',
      '[Verse: whispered]\nla\n[Chorus - big choir]\nla\n[Bridge | half time]\nla\n[Intro with rain]',
    ],
    ['qualifiers', '[Final Chorus]\nla\n[Post-Chorus]\nla\n[Instrumental Break]\n[Guitar Solo]\n[The End]'],
    ['instrumental sections without lines', '[Intro]\n\n[Verse]\nla\n[Break]\n[Outro]\n[Fade Out]\n[End]'],
    ['a sung section that says it is instrumental', '[Bridge: instrumental]\n[Verse]\nla'],
    ['directions beside and below a tag', '[Verse 1] [soft, intimate]\nla\n[Chorus]\n[adding harmonies]\nla'],
    ['words behind the tag on its line', '[Verse] la la\n[Chorus] la'],
    ['brackets within a line', '[Verse]\nI call you [echo] tonight'],
    ['other line ends', '[Verse]\r\nla\r\n\r\n[Chorus]\rla'],
  ])('finds nothing in %s', (_, text) => {
    expect(messagesOf(text)).toEqual([]);
  });

  it('refuses what is longer than the limit, counted as people count and without outer white space', () => {
    expect(lintLyrics(`  ${'😀'.repeat(20)}\n`, { limit: 20 })).toEqual([]);
    expect(lintLyrics('😀'.repeat(21), { limit: 20 })).toEqual([
      {
        field: 'lyrics',
        severity: 'refusal',
        message: 'Lyrics may have at most 20 characters here; yours have 21. Leave out at least 1.',
      },
    ]);
  });

  it.each([
    [
      '[Verse\nla la',
      'Line 1: “[Verse” has no closing bracket of its own. Write [Verse] on a line of its own.',
    ],
    [
      'la\n\n [Verse 2\nla',
      'Line 3: “[Verse 2” has no closing bracket of its own. Write [Verse 2] on a line of its own.',
    ],
    [
      '[Verse [soft]]\nla',
      'Line 1: “[Verse [soft]]” has no closing bracket of its own. Write [Verse soft] on a line of its own.',
    ],
    [
      '[soft piano\nla',
      'Line 1: “[soft piano” has no closing bracket of its own. Close it with ] or take it away.',
    ],
    [
      '[Intro] [soft\nla',
      'Line 1: “[soft” has no closing bracket of its own. Close it with ] or take it away.',
    ],
  ])('refuses a tag that is never closed: %j', (text, message) => {
    expect(messagesOf(text)).toEqual([`refusal: ${message}`]);
  });

  it.each([
    ['oh [echo tonight', 'Line 1: “[echo tonight” is never closed. Close it with ] or take it away.'],
    [
      'la\nVerse 2]\nla',
      'Line 2: “Verse 2]” closes a bracket that nothing opens. Write [Verse 2] on a line of its own.',
    ],
    [
      'so long :]',
      'Line 1: “so long :]” closes a bracket that nothing opens. Open it with [ or take it away.',
    ],
  ])('warns of a single bracket among the words: %j', (text, message) => {
    expect(messagesOf(text)).toEqual([`warning: ${message}`]);
  });

  it.each([
    ['Chrous', 'Chorus'],
    ['Vers 2', 'Verse'],
    ['Pre-Corus', 'Pre-Chorus'],
    ['Brigde', 'Bridge'],
    ['Refrain', 'Chorus'],
    ['Strophe 1', 'Verse'],
    ['Intor: soft', 'Intro'],
    ['Ending', 'End'],
    ['Hok', 'Hook'],
    ['Fade', 'Fade Out'],
    ['Instrumetal', 'Instrumental'],
  ])('warns of the unknown tag [%s] and proposes [%s]', (tag, nearest) => {
    expect(messagesOf(`[${tag}]\nla`)).toEqual([
      `warning: Line 1: “[${tag}]” is no section that MusicAPI knows. Did you mean [${nearest}]?`,
    ]);
  });

  it('tells how a direction is written where an unknown tag is like no section', () => {
    expect(messagesOf('[Verse]\nla\n\n[whispered]\nla')).toEqual([
      "warning: Line 4: “[whispered]” is no section that MusicAPI knows. As a direction it belongs into a section's tag, such as [Verse: whispered].",
    ]);
  });

  it('tells of the same unknown tag once, with its lines', () => {
    const text = '[Chrous]\nla\n'.repeat(6);
    expect(messagesOf(text)).toEqual([
      'warning: Lines 1, 3, 5 and 3 more: “[Chrous]” is no section that MusicAPI knows. Did you mean [Chorus]?',
    ]);
    expect(messagesOf('[chrous]\nla\n[CHROUS]\nla')[0]).toContain('Lines 1 and 3');
  });

  it('warns of brackets with nothing in them', () => {
    expect(messagesOf('[]\nla')).toEqual([
      'warning: Line 1: [] names no section. Name one, such as [Verse], or take it away.',
    ]);
  });

  it.each([
    ['before the next section', '[Verse]\n\n[Chorus]\nla', 1, 'Verse'],
    ['at the end', '[Verse]\nla\n[Chorus x2]\n', 3, 'Chorus x2'],
    ['with nothing but a direction', '[Verse]\nla\n[Bridge]\n[soft]\n[Outro]', 3, 'Bridge'],
  ])('warns of a section without lines: %s', (_, text, line, tag) => {
    expect(messagesOf(text)).toEqual([
      `warning: Line ${line}: “[${tag}]” has no lines. Write what is sung there (again, if it comes again), or take the tag away.`,
    ]);
  });

  it('tells everything at once, refusals first', () => {
    const findings = lintLyrics('[Verse]\n[Chrous]\nla\n[Bridge\nla ] la', { limit: 10 });
    expect(findings.map(({ severity }) => severity)).toEqual([
      ...['refusal', 'refusal', 'warning', 'warning', 'warning'],
    ]);
    expect(findings.map(({ message }) => message.split(' ', 2).join(' '))).toEqual([
      ...['Lyrics may', 'Line 4:', 'Line 2:', 'Line 1:', 'Line 5:'],
    ]);
  });

  it('tells the first eight of a kind and how many there are besides', () => {
    const tags = Array.from({ length: 20 }, (_, index) => `la\n[odd${'x'.repeat(index)}]\nla`).join('\n');
    const messages = messagesOf(tags);
    expect(messages).toHaveLength(9);
    expect(messages.at(-1)).toBe('warning: And 12 more unknown tags.');
  });

  it('survives any text, says the same of it each time, and stays within what a message shows', () => {
    fc.assert(
      fc.property(ANY_TEXT, fc.integer({ min: 0, max: 100 }), (text, limit) => {
        const findings = lintLyrics(text, { limit });
        expect(findings).toEqual(lintLyrics(text, { limit }));
        for (const { field, message } of findings) {
          expect(field).toBe('lyrics');
          expect(message.length).toBeLessThanOrEqual(300);
        }
      }),
    );
  });

  it('refuses nothing but the length and open tags, and lets neither pass', () => {
    fc.assert(
      fc.property(ANY_TEXT, fc.integer({ min: 0, max: 100 }), (text, limit) => {
        const isRefused = lintLyrics(text, { limit }).some(({ severity }) => severity === 'refusal');
        const isTooLong = [...text.trim()].length > limit;
        const hasOpenTag = text
          .split(/\r\n|[\r\n]/)
          .some((line) => /^\s*(?:\[[^[\]]*\]\s*)*\[[^\]]*(?:\[|$)/.test(line));
        expect(isRefused).toBe(isTooLong || hasOpenTag);
      }),
      { numRuns: 500 },
    );
  });

  it('finds nothing in songs of documented sections with lines', () => {
    const names = [
      'Intro',
      'Verse',
      'Pre-Chorus',
      'Chorus',
      'Hook',
      'Break',
      'Bridge',
      'Outro',
      'End',
      'Fade Out',
    ];
    const ending = fc.constantFrom('', ' 2', ' x3', ': soft', ' - quiet, slow');
    const line = fc.stringMatching(/^[a-z]{1,8}(?: [a-z]{1,8}){0,3}$/);
    const section = fc
      .tuple(fc.constantFrom(...names), ending, fc.array(line, { minLength: 1, maxLength: 3 }))
      .map(([name, rest, lines]) => `[${name}${rest}]\n${lines.join('\n')}`);
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), (sections) => {
        expect(lintLyrics(sections.join('\n\n'), LIMIT)).toEqual([]);
      }),
    );
  });

  it.each([
    ['opening brackets', '['],
    ['closing brackets', ']'],
    ['pairs of brackets', '[]'],
    ['tags of one line', '[a]'],
    ['tags of many lines', '[verze]\n'],
    ['letters', 'a'],
    ['white space', ' '],
    ['words in brackets', '[a b c d '],
    ['dashes', '[ - '],
    ['line breaks', '\n'],
  ])('comes to an end with a handful of findings for 6,000 characters of %s', (_, unit) => {
    // A pattern that tries every way to match would not come to an end at all.
    const text = unit.repeat(6_000 / unit.length);
    expect(lintLyrics(text, LIMIT).length).toBeLessThan(40);
    expect(lintLyrics(`[${text}]`, LIMIT).length).toBeLessThan(40);
  });
});
