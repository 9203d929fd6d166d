import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLrc } from '../../src/media/lrc.ts';

const word = (text: string, startSeconds: number, endSeconds = startSeconds + 0.5) => ({
  word: text,
  startSeconds,
  endSeconds,
});
const linesOf = (...words: readonly ReturnType<typeof word>[]) =>
  buildLrc({ title: 'T', words }).trimEnd().split('\n').slice(2);

describe('buildLrc', () => {
  it('writes the head, and each line after the time of its first word', () => {
    const words = [
      word('[Verse]\nStreet ', 9.89362, 10.21277),
      word('lights\n', 10.4),
      word('are ', 12),
      word('low\n\n', 12.5),
      word('[Chorus]\nOh', 71.006, 74.9),
    ];
    expect(buildLrc({ title: 'City [live]', words })).toBe(
      '[ti:City (live)]\n[length:01:14]\n[00:09.89]Street lights\n[00:12.00]are low\n[01:11.01]Oh\n',
    );
  });

  it('takes the length of the song, where it is known', () => {
    expect(buildLrc({ title: 'T', words: [word('la', 1)], durationSeconds: 183.4 })).toContain(
      '[length:03:03]',
    );
  });

  it('joins syllables as they come, where words bring their spaces', () => {
    expect(linesOf(word('hel', 1), word('lo ', 1.2), word('you\n', 1.4))).toEqual(['[00:01.00]hello you']);
  });

  it('puts spaces between words that bring none, but not in scripts without spaces', () => {
    expect(linesOf(word('Street', 1), word('lights', 2))).toEqual(['[00:01.00]Street lights']);
    expect(linesOf(word('星', 1), word('の', 2), word('夜', 3))).toEqual(['[00:01.00]星の夜']);
  });

  it('leaves out tags, also those that are cut over several words, and keeps the time of what is sung', () => {
    expect(linesOf(word('[Verse', 1), word('2]', 2), word('\nla', 3))).toEqual(['[00:03.00]la']);
    expect(linesOf(word('[Intro] ', 1), word('[soft] ', 2), word('la', 3))).toEqual(['[00:03.00]la']);
  });

  it('lets no bracket of the words look like a tag', () => {
    expect(linesOf(word('oh [la', 1))).toEqual(['[00:01.00]oh (la']);
  });

  it('keeps times from falling, and takes over the last one where none is known', () => {
    const times = [5, 3, Number.NaN, 7].map((start, index) => word(`la ${index}\n`, start));
    expect(linesOf(...times)).toEqual([
      '[00:05.00]la 0',
      '[00:05.00]la 1',
      '[00:05.00]la 2',
      '[00:07.00]la 3',
    ]);
  });

  it('leaves only the head where nothing is sung', () => {
    expect(buildLrc({ title: '', words: [word('[Instrumental]\n', 0, 30)] })).toBe('[ti:]\n[length:00:30]\n');
  });

  const anyWord = fc.record({
    word: fc
      .array(
        fc.oneof(
          fc.constantFrom('\n', '\r\n', '[', ']', '[Verse]', ' ', '[00:01.00]'),
          fc.string({ unit: 'binary', maxLength: 8 }),
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join('')),
    startSeconds: fc.double(),
    endSeconds: fc.double(),
  });

  it('is a valid file whose times never fall, whatever the words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(anyWord, { maxLength: 40 }), (title, words) => {
        const file = buildLrc({ title, words });
        expect(file.endsWith('\n')).toBe(true);
        const [first = '', second = '', ...sung] = file.slice(0, -1).split('\n');
        expect(first).toMatch(/^\[ti:[^[\]]*\]$/);
        expect(second).toMatch(/^\[length:\d\d:[0-5]\d\]$/);
        let last = 0;
        for (const line of sung) {
          const [, minutes, seconds] = /^\[(\d\d):([0-5]\d\.\d\d)\][^[\]\p{Cc}]+$/u.exec(line) ?? [];
          const time = Number(minutes) * 60 + Number(seconds);
          expect(time).toBeGreaterThanOrEqual(last);
          last = time;
        }
      }),
      { numRuns: 300 },
    );
  });
});
