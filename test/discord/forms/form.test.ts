import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/discord/drafts/drafts.ts';
import { draftOf } from '../../../src/discord/drafts/drafts.ts';
import { buildForm, hasForm, readForm } from '../../../src/discord/forms/form.ts';
import { decodeId } from '../../../src/discord/messages/custom-ids.ts';
import type { OperationId, RequestInputs } from '../../../src/domain/request.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import { CLIP_REFERENCE, CREATE, nastyText } from '../support/examples.ts';
import { fileFieldsOf, inputsOf } from '../support/limits.ts';

const ID = { action: 'draft-form', draftId: '623456789012345678' } as const;
const catalogue = createCatalogue();
const create = catalogue.get('sonic', 'create');
const extend = catalogue.get('sonic', 'extend');
const mashup = catalogue.get('sonic', 'mashup');
const upload = catalogue.get('sonic', 'upload');

const OWN = { title: 'Neon Rain', tags: 'synthwave', lyrics: '[Verse]\nrain', atSeconds: 125 };
const FILE = { url: 'https://cdn.example/take.mp3', name: 'take.mp3' };

function open(operation: typeof create, draft: Draft, found: readonly string[] = []) {
  const form = buildForm({ operation, draft, found, id: ID, verb: 'Edit' });
  const inputs = inputsOf(form);
  const texts = Object.fromEntries(inputs.map(({ id, value }) => [id, value ?? '']));
  return { form, texts, labels: inputs.map(({ label }) => label) };
}

function openOnClip(id: OperationId, inputs: RequestInputs = {}, engine: 'sonic' | 'producer' = 'sonic') {
  return open(catalogue.get(engine, id), { operation: id, clip: CLIP_REFERENCE, inputs });
}

const read = (operation: typeof create, draft: Draft, texts: Readonly<Record<string, string>>) =>
  readForm(operation, draft, { texts, files: {} });

const createOf = (inputs: RequestInputs, more: Partial<Draft> = {}): Draft => ({
  operation: 'create',
  engine: 'sonic',
  inputs,
  ...more,
});

describe('the form of an operation on a clip', () => {
  it('has for Extend the fields From, Lyrics, Tags and Title, filled from the clip', () => {
    const form = buildForm({
      operation: extend,
      draft: { operation: 'extend', clip: CLIP_REFERENCE, inputs: OWN },
      id: { action: 'form', operation: 'extend', clip: CLIP_REFERENCE },
      verb: 'Extend',
      about: 'Neon Rain',
    });
    expect(inputsOf(form).map(({ label }) => label)).toEqual(['From', 'Lyrics', 'Tags', 'Title']);
    expect(Object.fromEntries(inputsOf(form).map(({ id, value }) => [id, value]))).toEqual({
      ...OWN,
      atSeconds: '2:05',
    });
    expect(decodeId(form.custom_id)).toEqual({ action: 'form', operation: 'extend', clip: CLIP_REFERENCE });
    expect(form.title).toBe('Extend: Neon Rain');
  });

  it('has for Cover the fields Tags, Lyrics, Strength and Title', () => {
    const { labels, texts } = openOnClip('cover', { strength: 0.7 });
    expect(labels).toEqual(['Tags', 'Lyrics', 'Strength', 'Title']);
    expect(texts.strength).toBe('0.7');
  });

  it('asks for the fields of the producer engine where that is to do it', () => {
    expect(openOnClip('extend', {}, 'producer').labels).toEqual(['From', 'Instruction', 'Lyrics', 'Length']);
    expect(openOnClip('cover', {}, 'producer').labels).toEqual(['Instruction', 'Strength']);
  });

  it('asks for the second song of a mashup', () => {
    expect(openOnClip('mashup').labels).toEqual(['Second song', 'Prompt', 'Tags', 'Title']);
  });

  it('has room for everything that was asked for, also besides the usual fields', () => {
    expect(openOnClip('cover', { prompt: 'as jazz' }).texts.prompt).toBe('as jazz');
    expect(openOnClip('extend', { atSeconds: 0.1 }).texts.atSeconds).toBe('0.1');
    expect(openOnClip('extend', { atSeconds: 83.4 }).texts.atSeconds).toBe('1:23.4');
  });

  it('goes on in a second field where lyrics are longer than one takes', () => {
    const lyrics = Array.from({ length: 620 }, (_, line) => `line ${line}`).join('\n');
    const { labels, texts } = openOnClip('extend', { lyrics });
    expect(labels).toEqual(['From', 'Lyrics', 'Lyrics, continued', 'Tags', 'Title']);
    expect(read(extend, { operation: 'extend', inputs: {} }, texts).inputs.lyrics).toBe(lyrics);
  });

  it('keeps to the limits of Discord for every operation that has one, with the worst texts', () => {
    const withForm = catalogue.list().filter(({ form }) => form);
    expect(withForm.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(nastyText, nastyText, nastyText, (title, tags, lyrics) => {
        const inputs = { title, tags, lyrics, prompt: lyrics, name: title, describe: tags };
        for (const operation of withForm) {
          open(operation, { operation: operation.id, engine: operation.engine, inputs });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('buildForm', () => {
  it('has the fields of the operation, and those of everything else that was typed', () => {
    const { labels, texts, form } = open(create, createOf({ prompt: 'rain', avoid: 'drums' }));
    expect(labels).toEqual(['Prompt', 'Tags', 'Title', 'Avoid']);
    expect(texts).toEqual({ prompt: 'rain', tags: '', title: '', avoid: 'drums' });
    expect(form.title).toBe('Edit');
  });

  it('shows first what something was found of, where five fields are too few', () => {
    const draft: Draft = {
      operation: 'extend',
      clip: 'no clip',
      inputs: { prompt: 'p'.repeat(4_100), lengthSeconds: 30 },
      unread: { atSeconds: { text: 'soon', problem: 'no' } },
    };
    const { labels, texts } = open(extend, draft, ['clip', 'atSeconds', 'length']);
    expect(labels).toEqual(['From', 'Song', 'Length', 'Prompt', 'Prompt, continued']);
    expect(texts).toMatchObject({ atSeconds: 'soon', clip: 'no clip', lengthSeconds: '0:30' });
  });

  it('shows choices only where something is wrong with them', () => {
    const draft = createOf({ prompt: 'rain', vocals: 'male', model: 'old', instrumental: true });
    expect(open(create, draft).labels).toEqual(['Prompt', 'Tags', 'Title']);
    const { texts } = open(create, draft, ['vocals', 'instrumental']);
    expect(texts).toMatchObject({ vocals: 'male', instrumental: 'yes' });
  });

  it('has both songs of a mashup where one was not found', () => {
    const draft: Draft = { operation: 'mashup', clip: CLIP_REFERENCE, secondClip: 'what', inputs: {} };
    const { labels, texts } = open(mashup, draft, ['second']);
    expect(labels).toEqual(['Second song', 'Prompt', 'Tags', 'Title']);
    expect(texts.secondClip).toBe('what');
  });

  it('has a field for another file where one was attached, always where that is wrong', () => {
    const cover = catalogue.get('sonic', 'upload-cover');
    const words = { lyrics: 'l'.repeat(4_001), tags: 'folk', title: 't', prompt: 'p' };
    const draft: Draft = { operation: 'upload-cover', file: FILE, inputs: { lyrics: 'la' } };
    expect(fileFieldsOf(open(cover, draft).form)).toEqual(['Left empty: still take.mp3.']);
    const crowded = { ...draft, inputs: words };
    expect(fileFieldsOf(open(cover, crowded).form)).toEqual([]);
    expect(fileFieldsOf(open(cover, crowded, ['file']).form)).toHaveLength(1);
    const pressed = { ...draft, clip: CLIP_REFERENCE };
    expect(fileFieldsOf(open(cover, pressed).form)).toEqual([]);
  });

  it('says where lyrics are that are still in a file', () => {
    const lyricsFile = { url: 'https://cdn.example/song.txt', name: 'song.txt' };
    const draft = createOf({ title: 'Rain' }, { lyricsFile, isComposed: true });
    const { form, labels } = open(create, draft);
    expect(labels).toEqual(['Title', 'Tags', 'Lyrics']);
    expect(inputsOf(form).at(-1)?.placeholder).toBe('From song.txt; left empty, it stays as it is.');
    expect(read(create, draft, { title: 'Rain', tags: '', lyrics: '' })).toMatchObject({ lyricsFile });
    const typed = read(create, draft, { lyrics: 'la' });
    expect(typed).toMatchObject({ lyricsFile: undefined, inputs: { lyrics: 'la' } });
  });

  it('keeps a text out that is too long even for two fields, and says that it stays', () => {
    const prompt = 'x'.repeat(8_001);
    const { form, texts } = open(create, createOf({ prompt }));
    expect(inputsOf(form)[0]?.placeholder).toContain('left empty, it stays as it is');
    expect(read(create, createOf({ prompt }), texts).inputs.prompt).toBe(prompt);
    expect(read(create, createOf({ prompt }), { prompt: 'new' }).inputs.prompt).toBe('new');
  });

  it('keeps to the limits of Discord with the worst texts', () => {
    fc.assert(
      fc.property(nastyText, nastyText, nastyText, nastyText, (title, tags, lyrics, raw) => {
        const unread = { durationSeconds: { text: raw.slice(0, 6_000), problem: 'no' } };
        open(create, createOf({ title, tags, lyrics, prompt: raw }, { unread, isComposed: true }));
        open(mashup, { operation: 'mashup', clip: raw, secondClip: tags, inputs: { title } }, ['clip']);
        open(upload, { operation: 'upload', file: { url: '', name: raw }, inputs: {} }, ['file']);
      }),
      { numRuns: 200 },
    );
  });
});

describe('readForm', () => {
  it('reads back what is shown', () => {
    const inputs = fc.record(
      {
        prompt: fc.stringMatching(/^[a-z]{1,5000}$/),
        lyrics: fc.stringMatching(/^[a-z]{1,200}(\n[a-z]{1,200}){0,40}$/),
        tags: fc.stringMatching(/^[a-z]{1,1200}$/),
        title: fc.stringMatching(/^[a-z]{1,90}$/),
        weirdness: fc.integer({ min: 0, max: 100 }).map((share) => share / 100),
        durationSeconds: fc.integer({ min: 0, max: 400 }),
        instrumental: fc.constant(true),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(inputs, fc.constantFrom([], ['weirdness', 'duration'], ['lyrics']), (typed, fields) => {
        const draft = createOf(typed);
        const { texts } = open(create, draft, fields);
        const mended = read(create, draft, texts);
        expect(
          Object.fromEntries(Object.entries(mended.inputs).filter(([, value]) => value !== undefined)),
        ).toEqual(typed);
        expect(mended.unread).toEqual({});
      }),
    );
  });

  it('trims, takes an empty field for one that was not filled in, and ignores what it does not know', () => {
    const sent = { atSeconds: ' 1:30 ', lyrics: '  \n', title: 'x', other: 'y' };
    const mended = read(extend, { operation: 'extend', inputs: {} }, sent);
    expect(mended.inputs).toEqual({ atSeconds: 90, lyrics: undefined, title: 'x' });
    expect(mended.unread).toEqual({});
    expect(read(extend, { operation: 'extend', inputs: {} }, {}).inputs).toEqual({});
  });

  it('keeps what cannot be read as it was typed, with what is wrong with it', () => {
    const draft = createOf({ durationSeconds: 90 });
    const broken = read(create, draft, {
      durationSeconds: 'long',
      vocals: 'tenor',
      engine: 'tape',
      weirdness: '2',
    });
    expect(broken.inputs.durationSeconds).toBeUndefined();
    expect(broken.unread).toEqual({
      durationSeconds: { text: 'long', problem: expect.stringContaining('"long" is no time for `Duration`') },
      vocals: { text: 'tenor', problem: '"tenor" is none of female, male.' },
      engine: { text: 'tape', problem: '"tape" is none of sonic, producer, nuro.' },
      weirdness: { text: '2', problem: expect.stringContaining('"2" is no Weirdness') },
    });
    const mended = read(create, broken, {
      durationSeconds: '1:30',
      vocals: 'MALE',
      engine: 'nuro',
      weirdness: '0,5',
    });
    expect(mended).toMatchObject({
      engine: 'nuro',
      inputs: { durationSeconds: 90, vocals: 'male', weirdness: 0.5 },
    });
    expect(mended.unread).toEqual({});
  });

  it('takes an emptied field back, and leaves alone what has no field', () => {
    const draft = createOf({ prompt: 'rain', tags: 'folk', instrumental: true, model: 'sonic-v6' });
    const { inputs } = read(create, draft, { prompt: 'snow', tags: '', unknown: 'x' });
    expect(inputs).toEqual({
      prompt: 'snow',
      tags: undefined,
      instrumental: true,
      model: 'sonic-v6',
    });
  });

  it('keeps the right to a clip that was not changed', () => {
    const draft: Draft = { operation: 'extend', clip: CLIP_REFERENCE, inputs: {} };
    expect(read(extend, draft, { clip: CLIP_REFERENCE.clipId }).clip).toBe(CLIP_REFERENCE);
    expect(read(extend, draft, { clip: '' }).clip).toBe(CLIP_REFERENCE);
    expect(read(extend, draft, { clip: 'another' }).clip).toBe('another');
  });

  it('takes the file that was attached now, and keeps the other where none was', () => {
    const draft: Draft = {
      operation: 'upload',
      file: FILE,
      inputs: {},
      unread: { file: { text: 'take.mp3', problem: 'too large' } },
    };
    const kept = read(upload, draft, { title: 'x' });
    expect(kept).toMatchObject({ file: FILE, unread: draft.unread });
    const other = { url: 'https://cdn.example/other.mp3', name: 'other.mp3' };
    const mended = readForm(upload, draft, { texts: {}, files: { file: [{ ...other, size: 100 }] } });
    expect(mended.file).toEqual(other);
    expect(mended.unread).toEqual({});
    const huge = readForm(upload, draft, { texts: {}, files: { file: [{ ...other, size: 1e9 }] } });
    expect(huge.unread?.file?.problem).toContain('larger than 50 MiB');
  });
});

describe('a form in the language that is spoken', () => {
  /** Everything that was asked for, and all of it misread: every field there is. */
  const misread = (operation: typeof create): Draft => {
    const names = [...Object.keys(operation.inputs), 'engine'];
    const unread = Object.fromEntries(names.map((name) => [name, { text: 'x', problem: 'no' }]));
    return { operation: operation.id, engine: operation.engine, inputs: {}, unread };
  };

  it.each(LANGUAGES)('has names and hints within the limits of Discord for every field (%s)', (language) => {
    const hints = new Set<string>();
    speak(language, () => {
      for (const operation of catalogue.list()) {
        const draft = misread(operation);
        for (const field of [...Object.keys(draft.unread ?? {}), 'clip', 'second', 'persona', 'file']) {
          const given: Draft = { ...draft, secondClip: 'x', persona: 'x', clip: 'x' };
          const { form } = open(operation, given, [field]);
          for (const one of form.components) if ('description' in one) hints.add(one.description ?? '');
        }
      }
    });
    expect(hints.size).toBeGreaterThan(15);
  });

  it('is German from its title to its last field', () => {
    const { form, labels } = speak('de', () =>
      open(catalogue.get('producer', 'extend'), {
        operation: 'extend',
        engine: 'producer',
        clip: CLIP_REFERENCE,
        inputs: {},
      }),
    );
    expect(labels).toEqual(['Ab', 'Anweisung', 'Songtext', 'Länge']);
    expect(JSON.stringify(form)).not.toMatch(/Where|Empty|such as|own lyrics/);
    const lyrics = `${'la '.repeat(3_000)}`;
    const long = speak('de', () => open(create, createOf({ lyrics, prompt: 'p'.repeat(9_000) })));
    expect(inputsOf(long.form)[0]?.placeholder).toBe(
      'Zu lang, um hier zu stehen (9.000 Zeichen); bleibt das Feld leer, bleibt es dabei.',
    );
  });

  it('shows choices in its own words, and understands those of every language', () => {
    const unread = {
      vocals: { text: 'Tenor', problem: 'no' },
      instrumental: { text: 'vielleicht', problem: 'no' },
    };
    for (const [vocals, instrumental] of [
      ['männlich', 'Ja'],
      ['male', 'yes'],
      ['MALE', 'ja'],
    ] as const) {
      const mended = speak('de', () => read(create, createOf({}, { unread }), { vocals, instrumental }));
      expect(mended).toMatchObject({ inputs: { vocals: 'male', instrumental: true }, unread: {} });
    }
    const { texts, wrong } = speak('de', () => ({
      texts: open(create, createOf({ vocals: 'female', instrumental: true }), ['vocals', 'instrumental'])
        .texts,
      wrong: read(create, createOf({}), { vocals: 'tenor', weirdness: 'viel' }).unread,
    }));
    expect(texts).toMatchObject({ vocals: 'weiblich', instrumental: 'ja' });
    expect(wrong?.vocals?.problem).toBe('„tenor“ gibt es hier nicht, nur weiblich, männlich.');
    expect(wrong?.weirdness?.problem).toBe(
      '„viel“ passt nicht zu Eigenwilligkeit: Das ist eine Zahl von 0 bis 1, etwa 0,4.',
    );
  });
});

describe('hasForm', () => {
  it('is false where nothing was typed and there is nothing to type', () => {
    const stems = catalogue.get('sonic', 'stems-full');
    const nothing: Draft = { operation: 'stems-full', clip: 'x', inputs: {} };
    expect(hasForm(stems, nothing)).toBe(false);
    expect(() => open(stems, nothing)).toThrow(RangeError);
    expect(hasForm(create, draftOf(CREATE))).toBe(true);
    expect(hasForm(upload, { operation: 'upload', inputs: { title: 'x' } })).toBe(true);
  });

  it('is true for a file alone only where that is wrong', () => {
    const draft: Draft = { operation: 'upload', file: FILE, inputs: {} };
    expect(hasForm(upload, draft)).toBe(false);
    expect(hasForm(upload, draft, ['file'])).toBe(true);
  });
});
