import { describe, expect, it } from 'vitest';
import { findBlockedWord, foldWords } from '../../src/domain/blocked-words.ts';
import { EXPLICIT_WORDS } from '../../src/domain/explicit-words.ts';

describe('findBlockedWord', () => {
  it.each([
    ['a song about RAIN!', 'rain'],
    ['ein Lied über Größe', 'GRÖSSE'],
    ['cafe', 'Café'],
    ['Cafe\u0301', 'café'],
    ['ｒａｉｎ and 𝐬𝐧𝐨𝐰', 'snow'],
    ['ra\u200Bin', 'rain'],
    ['so-called "red - wine"', 'red wine'],
    ['lied über regen', 'Regen'],
    ['дождь идёт', 'ИДЕТ'],
  ])('finds in "%s" the word "%s"', (text, word) => {
    expect(findBlockedWord(['other', text], ['nothing', word])).toBe(word);
  });

  it.each([
    ['a classic assessment', 'ass'],
    ['trains and brains', 'rain'],
    ['red and white wine', 'red wine'],
    ['', 'rain'],
    ['anything', ''],
    ['?! …', '?!'],
  ])('finds in "%s" nothing of "%s"', (text, word) => {
    expect(findBlockedWord([text], [word])).toBeUndefined();
  });

  it('names the first word of the list as it was typed', () => {
    expect(findBlockedWord(['snow and rain'], ['Rain', 'Snow'])).toBe('Rain');
    expect(findBlockedWord([], ['rain'])).toBeUndefined();
  });

  it('has explicit words that can all be found', () => {
    for (const word of EXPLICIT_WORDS) expect(findBlockedWord([`la ${word} la`], [word])).toBe(word);
    expect(new Set(EXPLICIT_WORDS).size).toBe(EXPLICIT_WORDS.length);
  });
});

describe('foldWords', () => {
  it('gives the words in lower case, without accents and signs that nobody sees', () => {
    expect(foldWords('Straße, ÀÉ! 2x')).toEqual(['strasse', 'ae', '2x']);
  });
});
