import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignLyrics, splitWords } from '../../../sandbox/musicapi/alignment.ts';
import type { ClipAudio } from '../../../sandbox/musicapi/clips.ts';
import { listInstruments } from '../../../sandbox/musicapi/midi-score.ts';

const buildAudio = (lyrics: string, lengthS: number, style = 'pop'): ClipAudio => ({
  selection: 'mix',
  song: {
    scoreSeed: 'a',
    scoreStyle: style,
    melodySeed: 'a',
    soundSeed: 'a',
    soundStyle: style,
    startS: 0,
    lengthS,
    instrumental: false,
    voice: 'f',
    lyrics,
  },
});

describe('splitWords', () => {
  it.each([
    ['[Verse]\nStars they\nshine', ['[Verse]\nStars ', 'they\n', 'shine']],
    ['one\n\n[Chorus: loud]\n[Drums]\ntwo', ['one\n', '\n[Chorus: loud]\n[Drums]\ntwo']],
    ['la la [Outro]\n[End]', ['la ', 'la [Outro]\n[End]']],
    ['[Verse\nmissing bracket', ['[Verse\n', 'missing ', 'bracket']],
    ['[Instrumental]', []],
    ['', []],
    [' \n', []],
  ])('splits %o', (lyrics, words) => {
    expect(splitWords(lyrics)).toEqual(words);
  });

  it('loses nothing of any text that has words', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '[', ']', 'é') }), (lyrics) => {
        const words = splitWords(lyrics);
        expect(words.length === 0 || words.join('') === lyrics).toBe(true);
      }),
    );
  });
});

describe('alignLyrics', () => {
  it('never goes back and stays within the clip, with few words and with many, straight or swung', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.constantFrom('pop', 'lofi', 'jazz'),
        (count, lengthS, style) => {
          const lyrics = Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
          const alignment = alignLyrics(lyrics, buildAudio(lyrics, lengthS, style), lengthS);
          expect(alignment).toHaveLength(count);
          let previous = 0;
          for (const { start_s: start, end_s: end } of alignment) {
            expect(start).toBeGreaterThanOrEqual(previous);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(lengthS);
            previous = start;
          }
        },
      ),
      {
        numRuns: 30,
        // A last tone of a few microseconds, between two steps of rounding.
        examples: [
          [85, 6.486496537162162, 'pop'],
          [197, 3.2432450647226174, 'pop'],
        ],
      },
    );
  });

  it('lets the last word end with the last tone, also where the share of a word is no exact number', () => {
    const count = 187;
    const lyrics = Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
    const audio = buildAudio(lyrics, 6);
    const sung = listInstruments(audio).find(({ name }) => name === 'Vocals')?.notes ?? [];
    // 12 / 187 * 187 is a little more than 12: a thirteenth tone.
    expect((sung.length / count) * count).toBeGreaterThan(sung.length);
    expect(alignLyrics(lyrics, audio, 6).at(-1)?.end_s).toBe(sung.at(-1)?.end);
  });

  it('ends the word of a swung tone where the next one begins', () => {
    const audio = buildAudio('la', 10, 'jazz');
    const sung = listInstruments(audio).find(({ name }) => name === 'Vocals')?.notes ?? [];
    const overlap = sung.findIndex((note, index) => note.end > (sung[index + 1]?.start ?? note.end));
    expect(overlap).toBeGreaterThanOrEqual(0);
    const lyrics = sung.map(() => 'la').join(' ');
    const alignment = alignLyrics(lyrics, audio, 10);
    expect(alignment[overlap]?.end_s).toBe(alignment[overlap + 1]?.start_s);
  });

  it('spreads the words evenly where nobody sings', () => {
    const audio = buildAudio('one two', 8);
    const silent = { ...audio, song: { ...audio.song, instrumental: true } };
    expect(alignLyrics('one two', silent, 8)).toMatchObject([
      { start_s: 0, end_s: 4 },
      { start_s: 4, end_s: 8 },
    ]);
  });
});
