import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMoments } from '../../../src/discord/timeline-pick/moments.ts';
import { listTimedParts } from '../../../src/musicapi/song-parts.ts';

const word = (text: string, startSeconds: number, endSeconds = startSeconds + 0.5) => ({
  word: text,
  startSeconds,
  endSeconds,
});

type Words = readonly ReturnType<typeof word>[];
const momentsOf = (words: Words, durationSeconds?: number) =>
  listMoments(words, listTimedParts(words), durationSeconds).map(({ text, startSeconds, endSeconds }) => [
    text,
    startSeconds,
    endSeconds,
  ]);

const SONG = [
  word('[Verse]\nStreet ', 9.89362, 10.21277),
  word('lights\n', 10.4, 11.03),
  word('are ', 12, 12.3),
  word('low\n\n', 12.5, 13),
  word('[Chorus]\nOh ', 20.3, 21),
  word('city\n', 21, 22.71),
];

describe('listMoments', () => {
  it('lists sections and lines in their order, in tenths of a second that cut nothing off', () => {
    expect(momentsOf(SONG, 30)).toEqual([
      ['[Verse]', 9.8, 20.3],
      ['Street lights', 9.8, 11.1],
      ['are low', 12, 13],
      ['[Chorus]', 20.3, 30],
      ['Oh city', 20.3, 22.8],
    ]);
  });

  it('ends the last section with the last line where nobody knows how long the song is', () => {
    expect(momentsOf(SONG)).toContainEqual(['[Chorus]', 20.3, 22.8]);
  });

  it('ends a line whose end is missing where the next one begins', () => {
    const words = [word('one\n', 1, Number.NaN), word('two\n', 4, Number.NaN)];
    expect(momentsOf(words, 9)).toEqual([
      ['one', 1, 4],
      ['two', 4, 9],
    ]);
  });

  it('leaves out what has no time, and what takes none; a part without words is no such', () => {
    expect(momentsOf([word('lost\n', Number.NaN), word('gone\n', 2, 2), word('[Intro]\n', 3)])).toEqual([]);
    expect(momentsOf([word('[Intro]\n[Verse]\nla\n', 1, 3)])).toEqual([
      ['[Intro]', 0, 1],
      ['[Verse]', 1, 3],
      ['la', 1, 3],
    ]);
  });

  it('gives times that can be written, whatever comes', () => {
    const time = fc.oneof(fc.double({ min: -1, max: 1e4 }), fc.constant(Number.NaN));
    const text = fc.constantFrom('la ', 'la\n', '[Verse]\n', '[Chorus] oh\n', '\n', '[', ']');
    const anyWord = fc.record({ word: text, startSeconds: time, endSeconds: time });
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 20 }), (words) => {
        let before = 0;
        for (const { startSeconds, endSeconds } of listMoments(words, listTimedParts(words))) {
          expect(startSeconds).toBeGreaterThanOrEqual(before);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          expect([startSeconds, endSeconds].map(String).join()).toMatch(/^\d+(\.\d)?,\d+(\.\d)?$/);
          before = startSeconds;
        }
      }),
    );
  });
});
