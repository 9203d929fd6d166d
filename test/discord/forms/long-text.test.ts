import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinText, MAX_LONG_TEXT, splitText } from '../../../src/discord/forms/long-text.ts';

const MAX = 4_000;

/** Texts around the limits, with line breaks, blanks and characters of two units. */
const longText = fc
  .array(fc.constantFrom('la ', 'rain', '\n', '\n\n', '[Verse]\n', '🌧', 'x'.repeat(900), ' '), {
    minLength: 1,
    maxLength: 400,
  })
  .map((parts) => parts.join('').trim().slice(0, MAX_LONG_TEXT).trim());

describe('splitText and joinText', () => {
  it('leave a text alone that fits', () => {
    expect(splitText('x'.repeat(MAX))).toEqual(['x'.repeat(MAX), '']);
    expect(joinText('x'.repeat(MAX), '')).toBe('x'.repeat(MAX));
  });

  it('cut between two lines', () => {
    const [first, rest] = splitText(`${'a'.repeat(3_990)}\n${'b'.repeat(100)}`);
    expect([first, rest]).toEqual(['a'.repeat(3_990), 'b'.repeat(100)]);
  });

  it('cut within a line where there is no other way', () => {
    const [first, rest] = splitText('a'.repeat(MAX_LONG_TEXT));
    expect([first.length, rest.length]).toEqual([MAX, MAX]);
  });

  it('do not cut a character in two', () => {
    const text = `${'a'.repeat(MAX - 1)}🌧${'b'.repeat(10)}`;
    expect(splitText(text)).toEqual(['a'.repeat(MAX - 1), `🌧${'b'.repeat(10)}`]);
    expect(joinText(...splitText(text))).toBe(text);
  });

  it('lose nothing of a text of up to twice the length of an input', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const [first, rest] = splitText(text);
        expect(first.length).toBeLessThanOrEqual(MAX);
        expect(rest.length).toBeLessThanOrEqual(MAX);
        expect(first.isWellFormed() && rest.isWellFormed()).toBe(text.isWellFormed());
        expect(joinText(first, rest)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('lose nothing when the client trims the inputs of a text in lines', () => {
    const line = fc.stringMatching(/^[a-z]{1,60}$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 150, maxLength: 200 }), (lines) => {
        const text = lines.join('\n').slice(0, MAX_LONG_TEXT).trim();
        const [first, rest] = splitText(text);
        expect(joinText(first.trim(), rest.trim())).toBe(text);
      }),
    );
  });

  it('take one input alone, whichever it is', () => {
    expect(joinText(' ', 'below')).toBe('below');
    expect(joinText('above', ' \n')).toBe('above');
    expect(joinText('', '')).toBe('');
  });
});
