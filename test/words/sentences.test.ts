import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listLiterals } from './literals.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Where people are answered. */
const PLACES = ['src/{discord,tracker,musicapi,media}/**/*.ts', 'commands/**/*.ts'];

/** What only logs and the operator read: calls of the log, and errors other than those for people. */
const UNHEARD = /(?:^|[.#])log\??\.\w+$|^new (?!User|Blocked)\w*Error$/;

/** Three words in a row, or a label: one word or more, the first with a capital. */
const SENTENCE = /(?:[\p{L}…][\p{L}'’…]*[,:;.]? ){2}[\p{L}…]/u;
const LABEL = /^[A-Z][a-z]+(?: [a-z]+)*[.!?:]?$/;

/** Files with nothing but words of MusicAPI, of music or of names in them, the same in every language. */
const DATA = [
  'src/media/picture-font.ts',
  'src/musicapi/artist-names.ts',
  'src/musicapi/engines/nuro-words.ts',
  'src/musicapi/section-names.ts',
  'src/musicapi/style-words.ts',
];

/** Texts that are no words of the bot to people, each by its beginning, with the reason. */
const OTHER_TEXTS: readonly (readonly [path: string, why: string, ...texts: string[]])[] = [
  ['src/discord/api/api-errors.ts', 'in an error', 'Discord 429: not before'],
  [
    'src/discord/api/connect.ts',
    'for the operator, at the start',
    'Discord refused DISCORD_TOKEN.',
    'Discord refused the shards',
    'Discord closed the connection',
  ],
  ['src/discord/forms/form-fields.ts', 'ends the names of inputs', 'Seconds'],
  [
    'src/media/download.ts',
    'in an error',
    'took longer than',
    'the connection failed',
    'is not listed',
    'may not be reached by',
  ],
  ['src/media/song-tags.ts', 'the name of this program', 'Encore'],
  [
    'src/media/waveform-svg.ts',
    'short for sections of songs',
    'Pre',
    'Ch',
    'In',
    'Out',
    'Br',
    'Solo',
    'Inst',
    'Brk',
  ],
  ['src/media/waveform-worker.ts', 'in an error', 'no sound that can be decoded'],
  ['src/musicapi/answers.ts', 'for the log', 'HTTP … that cannot be read'],
  ['src/musicapi/catalogue-data.ts', 'the name of a model', 'Nuro'],
  ['src/musicapi/client.ts', 'for the log', 'no task can have this id'],
  ['src/musicapi/engines/nuro.ts', 'words of MusicAPI', 'Female', 'Male'],
  [
    'src/musicapi/engines/producer.ts',
    'told to MusicAPI',
    'instrumental, no vocals',
    'Continue in the same style',
    'A new version with',
  ],
  [
    'src/musicapi/engines/sonic-songs.ts',
    'told to MusicAPI',
    'A mashup of both songs',
    'A full song built',
    'The recording goes on',
    'A new version of',
  ],
  ['src/musicapi/errors.ts', 'said in every language where it is shown', 'no reason given'],
  ['src/tracker/book-keeper.ts', 'for the log', 'MusicAPI took more', 'MusicAPI has more'],
  ['src/tracker/members.ts', 'for the audit', 'over all servers', 'in this server'],
  ['src/tracker/outcomes.ts', 'for the log', 'nothing in it', 'nothing in it, time', 'still being prepared'],
  ['src/tracker/poll-failures.ts', 'for the log', 'unrecognised state'],
  ['src/tracker/results.ts', 'the same word in every language', 'Persona'],
  ['src/tracker/restored.ts', 'for the log', 'A backup was put back'],
  ['src/tracker/rule-book.ts', 'for the audit', 'server settings', 'member settings', 'budget of'],
  ['src/tracker/take-head.ts', 'for the log', 'the member was blocked', 'the key of the account was removed'],
  ['src/tracker/upkeep.ts', 'for the log', 'Encore was stopped'],
];

interface Found {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const FOUND: readonly Found[] = globSync(PLACES, { cwd: ROOT })
  .toSorted()
  .filter((path) => !DATA.includes(path))
  .flatMap((path) =>
    listLiterals(readFileSync(join(ROOT, path), 'utf8'))
      .filter(({ calls }) => !calls.some((call) => UNHEARD.test(call)))
      .filter(({ text }) => (SENTENCE.test(text) && /[a-z]{2}/.test(text)) || LABEL.test(text))
      .map(({ text, line }) => ({ path, line, text })),
  );

describe('the sources', () => {
  it('have no words for people in them: those are in the catalogues', () => {
    const known = ({ path, text }: Found) =>
      OTHER_TEXTS.some(([at, , ...texts]) => at === path && texts.some((start) => text.startsWith(start)));
    const left = FOUND.filter((found) => !known(found));
    expect(left.map(({ path, line, text }) => `${path}:${line}: ${text}`)).toEqual([]);
  });

  it('have every other text in them that is listed here', () => {
    const gone = OTHER_TEXTS.flatMap(([path, , ...texts]) =>
      texts
        .filter((start) => !FOUND.some((found) => found.path === path && found.text.startsWith(start)))
        .map((start) => `${path}: ${start}`),
    );
    expect(gone).toEqual([]);
  });
});

describe('listLiterals', () => {
  it('finds texts, and what the calls around them call', () => {
    const source = [
      "import { a } from './a.ts';",
      "// It's no text: 'one'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: -- the source that is read has a template
      "/* \"two\" */ log.warn({ id: 'id' }, `three ${b ? 'four' : `five ${'six'}`} seven`);",
      "const pattern = /['\"`/]/.test(x) ? \"it's\" : 'a \\' b';",
      "throw new Error(why('because'));",
    ].join('\n');
    expect(listLiterals(source)).toEqual([
      { text: 'id', line: 3, calls: ['log.warn'] },
      { text: 'four', line: 3, calls: ['log.warn'] },
      { text: 'six', line: 3, calls: ['log.warn'] },
      { text: 'five …', line: 3, calls: ['log.warn'] },
      { text: 'three … seven', line: 3, calls: ['log.warn'] },
      { text: "it's", line: 4, calls: [] },
      { text: "a \\' b", line: 4, calls: [] },
      { text: 'because', line: 5, calls: ['new Error', 'why'] },
    ]);
  });
});
