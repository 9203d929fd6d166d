import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripMarkup, stripMentions } from '../../../src/discord/recipe/message-text.ts';
import { nastyText } from '../support/examples.ts';

/** What means something in Discord, and nothing in a song. */
const PIECES = [
  '<@1>',
  '<@!22>',
  '<@&333>',
  '<#4>',
  '</create:5>',
  '<t:1700000000:R>',
  '<id:customize>',
  '<:boat:66>',
  '<a:wave:77>',
  '@everyone',
  '@here',
  'https://sea.example/a?b=1#c',
  '<https://sea.example>',
  'discord.gg/invite',
  '**',
  '`',
  '||',
  '\u200B',
  '\u202E',
];
const LIVE =
  /<(?:@[!&]?|#)\d+>|@(?:everyone|here)\b|<a?:\w+:\d+>|https?:\/\/[^\s>]|<\/|[`\u200B\u202E]|\|\||\*\*/;

describe('stripMarkup', () => {
  it.each([
    ['a boat', 'a boat'],
    ['  a\n\n\nboat ', 'a boat'],
    ['**a** _small_ ~~big~~ `boat`', 'a _small_ big boat'],
    ['[a boat](https://sea.example/x "y") sails', 'a boat sails'],
    ['> # a boat\n-# sails', 'a boat sails'],
    ['```js\na boat\n```', 'a boat'],
    ['<@1>a<@&2>boat<#3>', 'a boat'],
    ['5 < 6 and 7 > 3: a #1 boat @home', '5 < 6 and 7 > 3: a #1 boat @home'],
    ['Größe: ein Boot 🚤 – «да»', 'Größe: ein Boot 🚤 – «да»'],
    ['<@1> <:boat:2> https://x.example', ''],
  ])('makes of %j: %j', (text, bare) => expect(stripMarkup(text)).toBe(bare));

  it('keeps lines where that is wanted', () => {
    expect(stripMarkup('one <@1>\ntwo', 'keep')).toBe('one\ntwo');
  });

  it('leaves nothing of it where marks are nested without end', () => {
    // Each pair comes together when the one inside of it is gone.
    const nest = (depth: number): string => {
      if (depth === 0) return '~~';
      const half = depth % 2 === 0 ? '_' : '|';
      return half + nest(depth - 1) + half;
    };
    expect(stripMarkup(`a${nest(3)}boat`)).toBe('aboat');
    for (let depth = 0; depth < 30; depth += 1) {
      const inner = nest(depth);
      const text = `@every${inner}one <${inner}@1> https${inner}://sea.example`;
      expect(stripMarkup(text), `${depth} deep`).not.toMatch(LIVE);
    }
  });

  it('leaves nothing of it, however it is put together', () => {
    const piece = fc.oneof(fc.constantFrom(...PIECES), nastyText, fc.constantFrom('<', '@', '1>', ' '));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(stripMarkup(pieces.join(''))).not.toMatch(LIVE);
      }),
    );
  });
});

describe('stripMentions', () => {
  it('takes the mentions out of lyrics, and leaves the rest as it is', () => {
    const lyrics = '[Verse]\n*softly* la <@1> la\n@here we are at home@everywhere.example';
    expect(stripMentions(lyrics)).toBe('[Verse]\n*softly* la   la\n here we are at home@everywhere.example');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<@1>', '@everyone', '@', '<', '<@', '2>', ' '), { maxLength: 8 }),
        (all) => {
          expect(stripMentions(all.join(''))).not.toMatch(/<@\d+>|@everyone\b/);
        },
      ),
    );
  });
});
