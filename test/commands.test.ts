import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { COMMANDS, MESSAGE_COMMANDS } from '../commands/index.ts';
import { ENGINES } from '../src/domain/request.ts';
import { api, createDiscord } from './sandbox/discord/support.ts';

const TUNING = [
  'vocals(female|male)',
  'duration',
  'engine(sonic|producer|nuro)',
  'model',
  'avoid',
  'style-weight',
  'weirdness',
];
const CREATE = ['prompt*', 'tags', 'title', 'instrumental', ...TUNING];

/** What people type: every option by its name, `*` where it is required, and its choices. Others rely on these words. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  create: CREATE,
  compose: ['tags', 'title', 'lyrics-file', ...TUNING],
  batch: ['count*', ...CREATE],
  extend: ['clip*', 'at', 'prompt', 'lyrics', 'tags', 'title', 'length'],
  cover: ['clip*', 'tags', 'prompt', 'lyrics', 'title', 'strength'],
  stems: ['clip*', 'kind(basic|full)'],
  remaster: ['clip*', 'variation(subtle|normal|high)'],
  concat: ['clip*'],
  replace: ['clip*', 'from*', 'to*', 'lyrics', 'prompt'],
  'add vocals': ['clip*', 'lyrics*', 'tags', 'from', 'to'],
  'add instrumental': ['clip*', 'tags', 'from', 'to'],
  mashup: ['first*', 'second*', 'prompt', 'tags', 'title'],
  sample: ['clip', 'file', 'from', 'to', 'prompt', 'tags'],
  upload: ['file*', 'then(nothing|extend|cover)', 'at', 'tags', 'lyrics', 'title', 'strength'],
  'persona create': ['clip*', 'name*', 'describe'],
  'persona sing': ['persona*', 'prompt', 'lyrics', 'tags', 'title'],
  'persona list': [],
  'persona forget': ['persona*'],
  'voice create': ['file*', 'name'],
  lyrics: ['about*'],
  tags: ['tags*'],
  export: ['clip*', 'format*(wav|mp3|m4a|midi|lrc)'],
  inspect: ['clip*'],
  library: ['search', 'owner', 'favourites'],
  'clip show': ['clip*'],
  'clip tree': ['clip*'],
  tasks: [],
  credits: [],
  'settings server': [],
  'settings me': [],
  'privacy export': [],
  'privacy delete': [],
  help: [],
};

type Options = readonly APIApplicationCommandOption[];

/** Commands and subcommands by their whole names, each with its options. */
function listOptions(name: string, options: Options = []): (readonly [string, Options])[] {
  const parts = options.flatMap((option) =>
    option.type === Type.Subcommand ? listOptions(`${name} ${option.name}`, option.options) : [],
  );
  return parts.length > 0 ? parts : [[name, options]];
}

function describeOption(option: APIApplicationCommandOption): string {
  const choices = 'choices' in option && option.choices ? option.choices.map(({ value }) => value) : [];
  const shown = choices.length > 0 ? `(${choices.join('|')})` : '';
  return `${option.name}${option.required ? '*' : ''}${shown}`;
}

const commands = COMMANDS.flatMap(({ data }) => {
  const body = data.toJSON();
  return listOptions(body.name, 'options' in body ? body.options : []);
});

describe('the commands', () => {
  it('have exactly these names, options and choices', () => {
    const sorted = (entries: readonly (readonly [string, readonly string[]])[]) =>
      Object.fromEntries(entries.map(([name, options]) => [name, options.toSorted()]));
    const typed = commands.map(([name, options]) => [name, options.map(describeOption)] as const);
    expect(sorted(typed)).toEqual(sorted(Object.entries(TYPED)));
  });

  it('suggest every song, voice and model, and lines of songs, while it is typed', () => {
    const suggested = ['clip', 'first', 'second', 'persona', 'model'];
    // Where songs may have lines that one can point at.
    const times: Readonly<Record<string, readonly string[]>> = {
      extend: ['at'],
      replace: ['from', 'to'],
      sample: ['from', 'to'],
    };
    for (const [name, options] of commands) {
      for (const option of options) {
        const isSuggested = 'autocomplete' in option && option.autocomplete === true;
        const expected = [...suggested, ...(times[name] ?? [])].includes(option.name);
        expect([name, option.name, isSuggested]).toEqual([name, option.name, expected]);
      }
    }
  });

  it('bound shares and counts where people choose them', () => {
    const bounds = commands
      .flatMap(([, options]) => options)
      .flatMap((option) =>
        'min_value' in option ? [[option.name, option.min_value, option.max_value]] : [],
      );
    const shares = ['strength', 'style-weight', 'weirdness'];
    for (const [name, min, max] of bounds) {
      expect([name, min, max]).toEqual(shares.includes(String(name)) ? [name, 0, 1] : ['count', 2, 10]);
    }
    expect(new Set(bounds.map(([name]) => name))).toEqual(new Set([...shares, 'count']));
  });
});

describe('every command', () => {
  it('is offered in servers, direct messages and groups, for servers and people who have the app', () => {
    for (const { data } of COMMANDS) {
      const { name, contexts, integration_types } = data.toJSON();
      expect({ name, contexts, integration_types }).toEqual({
        name,
        contexts: [0, 1, 2],
        integration_types: [0, 1],
      });
    }
  });
});

describe('the menu of a message', () => {
  it('has these entries, in servers, direct messages and wherever the person has the app', () => {
    const entries = MESSAGE_COMMANDS.map(({ data }) => data.toJSON());
    expect(entries).toEqual(
      ['Use this audio', 'Song from this'].map((name) =>
        expect.objectContaining({ name, type: 3, contexts: [0, 1, 2], integration_types: [0, 1] }),
      ),
    );
  });
});

/** What Discord knows of a command, option or choice. */
interface Entry {
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description?: string;
  readonly description_localizations?: Localizations;
  readonly value?: string | number;
  readonly options?: readonly Entry[];
  readonly choices?: readonly Entry[];
}
type Localizations = Readonly<Record<string, string>>;

// The union of all kinds of options is of no use here.
const bodies = [...COMMANDS, ...MESSAGE_COMMANDS].map(({ data }) => data.toJSON() as Entry);

/** An entry and all below it, each with its path. */
function walk(entry: Entry, above = ''): (readonly [path: string, entry: Entry])[] {
  const path = `${above} ${entry.name}`.trim();
  const below = [...(entry.options ?? []), ...(entry.choices ?? [])];
  return [[path, entry], ...below.flatMap((one) => walk(one, path))];
}

const entries = bodies.flatMap((body) => walk(body));

/** Entries of menus, whose names may have capitals and spaces. */
const MENUS = MESSAGE_COMMANDS.map(({ data }) => data.name);

/** Choices that are called the same in every language. */
const PROPER_NAMES: readonly unknown[] = [...ENGINES, 'wav', 'mp3', 'm4a', 'midi', 'lrc'];

describe('the commands in German', () => {
  it('have a name for every command, option and choice, and a description where there is one', () => {
    for (const [path, { name_localizations: names, description_localizations: texts, ...own }] of entries) {
      const isProperName = own.value !== undefined && PROPER_NAMES.includes(own.value);
      expect([path, Object.keys(names ?? {})]).toEqual([path, isProperName ? [] : ['de']]);
      const isDescribed = own.description !== undefined;
      expect([path, Object.keys(texts ?? {})]).toEqual([path, isDescribed ? ['de'] : []]);
      if (isDescribed) expect(texts?.de, path).not.toBe(own.description);
    }
  });

  it('keep to the limits of names, descriptions and whole commands', () => {
    for (const [path, { name_localizations: names, description_localizations: texts, value }] of entries) {
      const name = names?.de ?? 'x';
      const isMenu = MENUS.some((menu) => menu === path);
      if (value !== undefined) expect(name.length, path).toBeLessThanOrEqual(100);
      else if (isMenu) expect(name.length, path).toBeLessThanOrEqual(32);
      else expect(name, path).toMatch(/^[-_'\p{Ll}\p{N}]{1,32}$/u);
      const description = texts?.de ?? 'x';
      expect([path, description.trim() === description]).toEqual([path, true]);
      expect(description.length, path).toBeLessThanOrEqual(100);
    }
    for (const body of bodies) {
      const length = walk(body)
        .flatMap(
          ([
            ,
            {
              name,
              name_localizations: names,
              description = '',
              description_localizations: texts,
              value = '',
            },
          ]) => [names?.de ?? name, texts?.de ?? description, String(value)],
        )
        .join('').length;
      expect(length, body.name).toBeLessThanOrEqual(8_000);
    }
  });

  it('have no two commands, and no two options of one command, of the same name', () => {
    const shown = (all: readonly Entry[]) => all.map((one) => one.name_localizations?.de ?? one.name);
    for (const all of [bodies, ...entries.map(([, { options = [] }]) => options)]) {
      expect(shown(all)).toEqual([...new Set(shown(all))]);
    }
  });

  it('name one thing by one word wherever it occurs', () => {
    const words = Map.groupBy(
      entries.flatMap(([, one]) => (one.description === undefined ? [] : [one])),
      ({ name }) => name,
    );
    for (const [name, all] of words) {
      const german = new Set(all.map((one) => one.name_localizations?.de));
      expect([name, german.size]).toEqual([name, 1]);
    }
  });
});

describe('the menu of a message', () => {
  it('has exactly these entries', () => {
    expect(MENUS).toEqual(['Use this audio', 'Song from this']);
  });
});

describe('a Discord that is told the commands', () => {
  it('takes them as they are', async () => {
    const discord = await createDiscord();
    const path = `/applications/${discord.applicationId}/commands`;
    const { status, body } = await api(discord, 'PUT', path, bodies);
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(discord.commands()).toHaveLength(bodies.length);
  });
});
