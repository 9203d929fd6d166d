import fc from 'fast-check';

const PIECES = [
  ...[
    '[',
    ']',
    '[Verse]',
    '[Chorus x2]',
    '[Intro - soft]',
    '[Chrous]',
    '[[',
    ']]',
    '(',
    ')',
    '"',
    '\n',
    '\r\n',
    '\r',
  ],
  ...[
    ' ',
    '\t',
    ',',
    '.',
    '’',
    '-',
    'prod.',
    'by',
    'type',
    'beat',
    'style of',
    'sounds like',
    'Queen',
    'Taylor Swift',
  ],
];

/** Texts as people and machines write them: with brackets, cues, line breaks, and halves of surrogate pairs. */
export const ANY_TEXT: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));
