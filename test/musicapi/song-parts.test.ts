import { describe, expect, it } from 'vitest';
import { listSongParts, listTimedParts } from '../../src/musicapi/song-parts.ts';

const namesOf = (lyrics: string) => listSongParts(lyrics).map(({ name }) => name);

describe('listSongParts', () => {
  it('names the parts as the lyrics do, without directions', () => {
    const lyrics =
      '[Intro - soft piano]\n[Verse 1: whispered]\nRain\n[Chorus x2]\nSea\n[Guitar Solo]\n[Outro]';
    expect(namesOf(lyrics)).toEqual(['Intro', 'Verse 1', 'Chorus x2', 'Guitar Solo', 'Outro']);
  });

  it('takes directions below or beside a tag for no part', () => {
    expect(namesOf('[Verse] [soft]\n[female voice]\nRain\n[Chorus]\nSea\n[whispered] sea')).toEqual([
      'Verse',
      'Chorus',
    ]);
  });

  it('takes a tag in another language for a part where it stands alone', () => {
    expect(namesOf('[Strophe]\nRegen\n[サビ]\n海')).toEqual(['Strophe', 'サビ']);
  });

  it('gives more to a part with more to sing, and something to a part without words', () => {
    const [verse, chorus, solo] = listSongParts('[Verse]\none two\nthree four\n[Chorus]\nfive six\n[Solo]');
    expect(verse?.share).toBeCloseTo((chorus?.share ?? 0) * 2, 0);
    expect(solo?.share).toBeGreaterThan(0);
  });

  it('keeps room for words before the first tag', () => {
    expect(namesOf('Rain on me\n[Chorus]\nSea')).toEqual(['', 'Chorus']);
  });

  it.each(['', 'Rain\nSea', '[', '[]', '[whispered] Rain', '\0'])('finds none in %j', (lyrics) => {
    expect(listSongParts(lyrics)).toEqual([]);
  });
});

describe('listTimedParts', () => {
  const wordsOf = (...words: readonly (readonly [string, number])[]) =>
    words.map(([word, startSeconds]) => ({ word, startSeconds, endSeconds: startSeconds + 0.5 }));

  it('gives every part the time of the word that holds its tag', () => {
    const words = wordsOf(['[Verse]\nRain ', 4], ['falls\n', 5], ['[Chorus: loud]\n', 20], ['Sea', 21]);
    expect(listTimedParts(words)).toEqual([
      { name: 'Verse', startSeconds: 4 },
      { name: 'Chorus', startSeconds: 20 },
    ]);
  });

  it('reads a tag that is cut over several words', () => {
    const words = wordsOf(['Rain ', 1], ['[Guitar ', 8], ['Solo]\n', 9], ['sea', 12]);
    expect(listTimedParts(words)).toEqual([{ name: 'Guitar Solo', startSeconds: 8 }]);
  });

  it('lets a part without words begin where the words before it end', () => {
    const words = wordsOf(['[Intro]\n[Verse]\nRain\n', 6], ['falls\n', 8], ['[Solo]\n[Chorus]\nSea', 20]);
    expect(listTimedParts(words)).toEqual([
      { name: 'Intro', startSeconds: 0 },
      { name: 'Verse', startSeconds: 6 },
      { name: 'Solo', startSeconds: 8.5 },
      { name: 'Chorus', startSeconds: 20 },
    ]);
  });

  it('finds none where there are no tags, or only directions', () => {
    expect(listTimedParts([])).toEqual([]);
    expect(listTimedParts(wordsOf(['[softly] rain', 1]))).toEqual([]);
  });
});
