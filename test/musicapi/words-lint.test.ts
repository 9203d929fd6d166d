import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintStyleWords } from '../../src/musicapi/words-lint.ts';
import { ANY_TEXT } from './any-text.ts';

const namesIn = (text: string, field = 'prompt') =>
  lintStyleWords(field, text).map(({ message }) => /^“(.*)” looks like/.exec(message)?.[1]);

describe('lintStyleWords', () => {
  it('warns of a name with what to write instead, and leaves the choice', () => {
    expect(lintStyleWords('tags', 'pop, taylor swift, dreamy')).toEqual([
      {
        field: 'tags',
        severity: 'warning',
        message:
          "“Taylor Swift” looks like an artist's or a producer's name, which MusicAPI is likely to refuse. Describe the sound instead: voice, instruments, era, mood.",
      },
    ]);
  });

  it.each([
    ['a duet of BEYONCE and Rosalía', ['Beyoncé', 'Rosalía']],
    ['rock like guns n’ roses or AC/DC', ['AC/DC', "Guns N' Roses"]],
    ["taylor swift's saddest ballad", ['Taylor Swift']],
    ['big riffs, Imagine Dragons, stadium', ['Imagine Dragons']],
    ['a ballad in the style of Norah Example', ['Norah Example']],
    ['piano in the style of Queen', ['Queen']],
    ['in style of Someone, slow', ['Someone']],
    ['it sounds like Some Artist live', ['Some Artist']],
    ['a song by Some Artist about rain', ['Some Artist']],
    ['by Some Artist, pop', ['Some Artist']],
    ['inspired by Drake', ['Drake']],
    ['a love song, feat. Someone', ['Someone']],
    ['dark trap prod. metro', ['metro']],
    ['dark trap (prod someguy)', ['someguy']],
    ['dark trap, prod by Young Someone, 140bpm', ['Young Someone']],
    ['hard ken carson type beat', ['ken carson']],
    ['a sad yeat type beat', ['yeat']],
    ['Someone-type beat', ['Someone']],
    ['Metro Boomin type beat, prod. Metro Boomin', ['Metro Boomin']],
    ["if young metro don't trust you, trap", ["If young Metro don't trust you"]],
  ])('finds the name in "%s"', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it.each([
    'pop, dreamy, emotional',
    'r&b, smooth, romantic, 90 bpm',
    'lofi hip hop, rainy night, vinyl crackle',
    'upbeat summer song about beach parties and good times',
    'A ballad about a queen who lost her prince',
    'imagine dragons flying over the castle',
    'green day in the park, deep purple sky',
    'looking for the cure, knocking on the doors of heaven',
    'a journey into the future, rush hour in Boston',
    'Chicago house, Detroit techno, Delta blues',
    'in the style of a lullaby',
    'in the style of 80s synth-pop',
    'in the style of Japanese city pop',
    'in the style of Motown',
    'in the style of New Orleans jazz',
    'in the style of Baroque concertos',
    'sounds like rain on a tin roof',
    'sounds like Sunday morning',
    'a choir that sounds like thunder',
    'a song by the campfire',
    'written by candlelight, sung by children',
    'finished by Monday, standing by the river',
    'inspired by Celtic music and Norse myths',
    'inspired by Studio Ghibli',
    'reminiscent of Christmas in New York',
    'trap type beat',
    'dark melodic drill type beat, 140bpm',
    '90s boom bap type beats',
    'well produced, modern prod., clean mix',
    'produced by AI, prod. by me',
    'prod the cattle gently, a cowboy song',
    'Epic Orchestral Trailer Music',
    'A SONG ABOUT THE SEA BY MOONLIGHT IN SPAIN',
    'Female vocals, voice of an angel',
    'a feat of strength, 6 ft tall hero',
    'claps on the beat, drake (the bird) sounds',
    'a birthday song for Anna, who loves Paris',
    'similar to Brazilian samba, West African drums',
    'German Schlager, French chanson, Balkan brass',
    'song for my grandmother, with Spanish Guitar',
    'in the style of Irish Drinking Songs',
    'in the style of The Roaring Twenties, sounds like Old Radio',
    'inspired by The Great Gatsby Novel',
  ])('finds nothing in "%s"', (text) => {
    expect(namesIn(text)).toEqual([]);
  });

  it('takes the capitals of a title for what they are', () => {
    expect(namesIn('A Song by Candle Light', 'title')).toEqual([]);
    expect(namesIn('Night Drive (feat. Someone)', 'title')).toEqual(['Someone']);
  });

  it('tells at most five names', () => {
    const many = 'eminem, rihanna, shakira, metallica, coldplay, radiohead, avicii';
    expect(namesIn(many)).toHaveLength(5);
  });

  it('survives any text, says the same of it each time, and stays within what a message shows', () => {
    fc.assert(
      fc.property(ANY_TEXT, (text) => {
        const findings = lintStyleWords('tags', text);
        expect(findings).toEqual(lintStyleWords('tags', text));
        for (const { severity, message } of findings) {
          expect(severity).toBe('warning');
          expect(message.length).toBeLessThanOrEqual(300);
        }
      }),
    );
  });

  it.each([
    ['capitals', 'A'],
    ['cues', 'style of A '],
    ['commas', ','],
    ['accents that unfold to many letters', '\uFDFA'],
    ['full stops', '.'],
    ['apostrophes', "'s"],
    ['type beats', 'type beat '],
    ['producers', '(prod '],
  ])('comes to an end with a handful of findings for 6,000 characters of %s', (_, unit) => {
    // A pattern that tries every way to match would not come to an end at all.
    expect(lintStyleWords('prompt', unit.repeat(6_000 / unit.length)).length).toBeLessThan(40);
  });
});
