import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listClipWords, listTypedWords } from '../../src/store/clip-words.ts';

const CLIP_ID = '0ce3a7b1-1f2e-4b7e-9f10-aaaaaaaaaaaa';

/** Whether a clip with this text is found by what was typed. */
function finds(typed: string, text: string): boolean {
  const words = listClipWords({ clipId: CLIP_ID, lyrics: text });
  const wanted = listTypedWords(typed);
  return wanted.length > 0 && wanted.every((begin) => words.some((word) => word.startsWith(begin)));
}

describe('the words of a clip', () => {
  it('are found by the whole text that they stand in, whatever it is written in', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, (typed) => {
        if (listTypedWords(typed).length > 0) expect(finds(typed, `${typed} and more`)).toBe(true);
        for (const word of listClipWords({ clipId: CLIP_ID, title: typed })) {
          // Databases take no half letters, and no empty words.
          expect(word.isWellFormed() && word.length > 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Ärger', 'aerger', false],
    ['Ärger', 'arger', true],
    ['ARGER', 'är', true],
    ['Straße', 'STRASSE', true],
    ['Ｆｕｌｌ width', 'full', true],
    ['İstanbul', 'istanbul', true],
    ['rock’n’roll', "rock'n", true],
    ['lo-fi', 'lo fi', true],
    ['lo-fi', 'lofi', false],
    ['도시의 밤', '도시', true],
    ['도시의 밤', '밤', true],
    ['東京の夜に雨が降る', '夜に雨', true],
    ['東京の夜に雨が降る', '夜に雨が降', true],
    ['東京の夜に雨が降る', '雨夜', false],
    ['ค่ำคืนนี้', 'คืน', true],
    ['Дождь', 'дожд', true],
    ['80s', '80', true],
    ['x'.repeat(5_000), 'x'.repeat(5_000), true],
  ])('of %j are found by %j: %j', (text, typed, isFound) => {
    expect(finds(typed, text)).toBe(isFound);
  });

  it('are of a bounded number, each once', () => {
    const words = listClipWords({ clipId: CLIP_ID, lyrics: '夜'.repeat(3) + ' la'.repeat(2_000) });
    expect(words).toEqual([CLIP_ID.replaceAll('-', ''), '夜夜夜', '夜夜', '夜', 'la']);
    const many = Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(' ');
    expect(listClipWords({ clipId: CLIP_ID, lyrics: many })).toHaveLength(2_000);
    expect(listTypedWords(many)).toHaveLength(8);
  });

  it('that others begin with are not asked for twice', () => {
    expect(listTypedWords('night n nigh NIGHT')).toEqual(['night']);
    expect(listTypedWords(' %_\\ ')).toEqual([]);
  });
});
