import { describe, expect, it } from 'vitest';
import { readChoice, readShare, readTime, refuseFindings } from '../../../src/discord/options/options.ts';
import { UserError } from '../../../src/errors.ts';

/** What a reader gave and what it found wrong. */
function read<T>(reader: (findings: string[]) => T): { value: T; findings: readonly string[] } {
  const findings: string[] = [];
  return { value: reader(findings), findings };
}

describe('readChoice', () => {
  it('takes one of the values, nothing for nothing, and names them all otherwise', () => {
    const values = ['basic', 'full'] as const;
    expect(read((found) => readChoice(values, 'full', found))).toEqual({ value: 'full', findings: [] });
    expect(read((found) => readChoice(values, null, found))).toEqual({ value: undefined, findings: [] });
    const wrong = read((found) => readChoice(values, '@everyone', found));
    expect(wrong.value).toBeUndefined();
    expect(wrong.findings[0]).toContain('is none of basic, full.');
    expect(wrong.findings[0]).not.toContain('@everyone');
  });
});

describe('readTime', () => {
  it.each([
    ['1:30', 90],
    ['90', 90],
    ['90s', 90],
    ['  ', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as %j seconds', (text, seconds) => {
    expect(read((found) => readTime('at', text, found))).toEqual({ value: seconds, findings: [] });
  });

  it.each(['soon', '-5', '1:75', '1e3'])('finds that %j is no time, and says how to write one', (text) => {
    const { value, findings } = read((found) => readTime('at', text, found));
    expect(value).toBeUndefined();
    expect(findings).toEqual([expect.stringContaining('is no time for `at`. Write it as 1:30, 90 or 90s.')]);
  });
});

describe('readShare', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['0.4', 0.4],
    ['0,4', 0.4],
    ['.5', 0.5],
    [undefined, undefined],
  ])('reads %j as %j', (text, share) => {
    expect(read((found) => readShare('Strength', text, found))).toEqual({ value: share, findings: [] });
  });

  it.each(['1.1', '-0.1', 'half', '', '1e-1', '0.4.1'])('finds that %j is none', (text) => {
    const { value, findings } = read((found) => readShare('Strength', text, found));
    expect(value).toBeUndefined();
    expect(findings).toEqual([expect.stringContaining('a number from 0 to 1')]);
  });
});

describe('refuseFindings', () => {
  it('lets through what has none', () => {
    expect(() => refuseFindings([])).not.toThrow();
  });

  it('says one as a sentence, several as a list, and that nothing was spent', () => {
    expect(() => refuseFindings(['Too long.'])).toThrow(new UserError('Too long.\nNothing was spent.'));
    expect(() => refuseFindings(['Too long.', 'No time.'])).toThrow(
      '- Too long.\n- No time.\nNothing was spent.',
    );
  });
});
