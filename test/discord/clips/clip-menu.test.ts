import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listClipEntries } from '../../../src/discord/clips/clip-menu.ts';
import { buildMoreMenu } from '../../../src/discord/clips/menu-message.ts';
import type { ClipReference } from '../../../src/domain/request.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { operationWords } from '../../../src/words/operation-words.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import { CLIP_REFERENCE, MESSAGE_ID, nastyText } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf } from '../support/limits.ts';

const HOUR_MS = 60 * 60_000;
const NOW = 100 * HOUR_MS;
const catalogue = createCatalogue();

function entriesOf(reference: ClipReference, facts = {}, hasAudio = true, durationSeconds = 60) {
  const audio = { hasAudio, durationSeconds, now: NOW };
  const found = listClipEntries(catalogue, { reference, ...facts }, audio);
  return {
    labels: found.entries.map(({ label }) => label),
    missing: Object.fromEntries(found.missing.map(({ label, reason }) => [label, reason])),
    entries: found.entries,
  };
}

const FRESH = { createdAt: NOW - HOUR_MS, madeBy: 'create' } as const;

describe('listClipEntries', () => {
  it('offers everything for a fresh song, and says what it is not for', () => {
    const { labels, missing } = entriesOf(CLIP_REFERENCE, FRESH);
    expect(labels).toEqual([
      'Extend',
      'Cover',
      'Remaster',
      'Replace',
      'Mashup',
      'Sample',
      'Stems',
      'Persona',
      'WAV',
      'MP3',
      'M4A',
      'MIDI',
      'Timeline',
      'Tempo',
      'Voice range',
      'To producer',
    ]);
    expect(missing).toEqual({
      'Whole song':
        'joins an extension to what it goes on from, and this clip is no extension. Use Extend first.',
      'Add vocals': 'works on uploaded audio only: use /upload first.',
      'Add instrumental': 'works on uploaded audio only: use /upload first.',
    });
  });

  it('offers the whole song for an extension', () => {
    expect(entriesOf(CLIP_REFERENCE, { ...FRESH, madeBy: 'extend' }).labels).toContain('Whole song');
  });

  it('leaves out what wants a clip of the last day for an older one, with the reason', () => {
    const { labels, missing } = entriesOf(CLIP_REFERENCE, { ...FRESH, createdAt: NOW - 25 * HOUR_MS });
    for (const label of ['MIDI', 'Voice range', 'Persona']) {
      expect(labels).not.toContain(label);
      expect(missing[label]).toContain('last 24 hours');
    }
    expect(labels).toContain('WAV');
  });

  it('offers added vocals for an upload, but nothing that needs a song that was made here', () => {
    const { labels, missing } = entriesOf({ ...CLIP_REFERENCE, source: 'uploaded' }, FRESH);
    expect(labels).toEqual(expect.arrayContaining(['Add vocals', 'Add instrumental', 'Stems']));
    expect(missing.Remaster).toContain('not on uploads');
  });

  it('offers a producer clip what its engine does, with the producer prices, and says what only sonic does', () => {
    const { entries, missing } = entriesOf({ ...CLIP_REFERENCE, engine: 'producer' }, FRESH);
    expect(entries.map(({ label, price }) => [label, price])).toEqual([
      ['Extend', 12],
      ['Replace', 12],
      ['Cover', 12],
      ['MP3', 2],
      ['WAV', 2],
    ]);
    const others =
      'Whole song, Remaster, Add vocals, Add instrumental, Mashup, Sample, Stems, Persona, MIDI, Timeline, Tempo, Voice range';
    expect(missing).toEqual({
      [others]: 'only with songs of the engine sonic, and this one was made by producer.',
    });
  });

  it('leads from a nuro clip to producer, and says which engine does what with its own songs', () => {
    const { labels, missing } = entriesOf({ ...CLIP_REFERENCE, engine: 'nuro' }, FRESH);
    expect(labels).toEqual(['To producer']);
    expect(missing).toEqual({
      'Extend, Cover, Replace, Download':
        'only with songs of the engine sonic or producer, and this one was made by nuro.',
      [[
        'Whole song, Remaster, Add vocals, Add instrumental, Mashup, Sample, Stems, Persona',
        'WAV, MIDI, Timeline, Tempo, Voice range',
      ].join(', ')]: 'only with songs of the engine sonic, and this one was made by nuro.',
    });
  });

  it('has an entry or a reason for every operation on a clip, whatever the clip is', () => {
    const engines = ['sonic', 'producer', 'nuro'] as const;
    for (const engine of engines) {
      for (const source of ['generated', 'uploaded'] as const) {
        const { labels, missing } = entriesOf({ ...CLIP_REFERENCE, engine, source }, FRESH);
        const told = [...labels, ...Object.keys(missing).flatMap((label) => label.split(', '))];
        const formats = ['MP3', 'WAV'].every((label) => labels.includes(label)) ? ['Download', 'WAV'] : [];
        const wanted = catalogue.list().filter(({ clip }) => clip);
        for (const { label } of wanted.map(operationWords)) {
          expect([...told, ...formats]).toContain(label.startsWith('Stems') ? 'Stems' : label);
        }
      }
    }
  });

  it('offers a song that MusicAPI gave no id what needs none, and says the reason once', () => {
    const { labels, missing } = entriesOf({ ...CLIP_REFERENCE, clipId: 'no-id-0123456789abcdef' }, FRESH);
    expect(labels).toEqual(['To producer']);
    expect(missing).toEqual({
      'Everything else': expect.stringContaining('MusicAPI gave this song no id'),
    });
  });

  it('cannot hand on audio of which the address is not known', () => {
    const { labels, missing } = entriesOf(CLIP_REFERENCE, FRESH, false);
    expect(labels).not.toContain('To producer');
    expect(missing['To producer']).toContain('do not know where the audio');
  });

  it('hands on no song that is longer than what MusicAPI takes in', () => {
    expect(entriesOf(CLIP_REFERENCE, FRESH, true, 480).labels).toContain('To producer');
    const { labels, missing } = entriesOf(CLIP_REFERENCE, FRESH, true, 480.5);
    expect(labels).not.toContain('To producer');
    expect(missing['To producer']).toBe(
      'MusicAPI takes in at most 8:00 of audio, and this is 8:01 long. Choose something shorter.',
    );
  });
});

describe('buildMoreMenu', () => {
  const own = [
    { label: 'Clip ID', does: 'for commands', id: { action: 'menu-id', clip: CLIP_REFERENCE } },
    {
      label: 'Delete',
      does: 'remove this message',
      id: { action: 'menu-delete', clip: CLIP_REFERENCE, messageId: MESSAGE_ID },
      isDangerous: true,
    },
  ] as const;

  it('has a line and a button for each entry, and the reasons of what is missing', () => {
    const { entries, missing } = listClipEntries(
      catalogue,
      { reference: CLIP_REFERENCE, ...FRESH },
      { hasAudio: true, now: NOW },
    );
    const message = buildMoreMenu({ title: 'Neon Rain', entries: [...entries, ...own], missing });
    expect(labelsOf(message)).toEqual([...entries.map(({ label }) => label), 'Clip ID', 'Delete']);
    expect(message.content).toContain('- Remaster: the same recording with better sound, 15 credits');
    expect(message.content).toContain('Not with this one:\n- Whole song: ');
    expect(actionsOf(message).at(-1)).toEqual(own[1].id);
    expectWithinLimits(message);
  });

  it('speaks one language from the first line to the last', () => {
    const message = speak('de', () => {
      const { entries, missing } = listClipEntries(
        catalogue,
        { reference: CLIP_REFERENCE, ...FRESH },
        { hasAudio: false, now: NOW },
      );
      return buildMoreMenu({ title: undefined, entries, missing });
    });
    expect(labelsOf(message).slice(0, 4)).toEqual(['Verlängern', 'Cover', 'Remaster', 'Ersetzen']);
    expect(message.content).toMatch(
      /^Was soll mit \*\*diesem Clip\*\* geschehen\?\n- Verlängern: .+, 15 Credits\n/,
    );
    expect(message.content).toContain('\n- Stems: die einzelnen Spuren\n');
    expect(message.content).toContain('\n- MP3: der Song als mp3-Datei, ');
    expect(message.content).toContain(
      '\nNicht mit diesem Clip:\n- Ganzer Song: fügt eine Verlängerung mit dem zusammen, ',
    );
    expect(message.content).toContain(
      '\n- Gesang hinzufügen: geht nur mit hochgeladenem Audio. Nimm zuerst /hochladen.',
    );
    expect(message.content).toContain('\n- Zu producer: Ich weiß nicht, wo das Audio dieses Clips liegt.');
    expect(message.content).not.toMatch(/\b(?:the|this|only|song as|works)\b/);
  });

  it.each(
    LANGUAGES.flatMap((language) =>
      (['sonic', 'producer', 'nuro'] as const).map((engine) => ({ language, engine })),
    ),
  )('has room for every line of songs of $engine in the language $language', ({ language, engine }) => {
    for (const source of ['generated', 'uploaded'] as const) {
      const message = speak(language, () => {
        const reference = { clipId: 'x'.repeat(48), engine, source };
        const facts = { reference, madeBy: 'create', createdAt: 0 } as const;
        const { entries, missing } = listClipEntries(catalogue, facts, { hasAudio: false, now: NOW });
        return buildMoreMenu({ title: 'x'.repeat(100), entries: [...entries, ...own], missing });
      });
      expect(message.content).not.toContain('…');
      expectWithinLimits(message);
    }
  });

  it('keeps to the limits of Discord with the worst titles and the longest ids', () => {
    const clip = { clipId: 'x'.repeat(48), engine: 'sonic', source: 'generated' } as const;
    const facts = { reference: clip, madeBy: 'create', createdAt: 0 } as const;
    const { entries, missing } = listClipEntries(catalogue, facts, { hasAudio: true, now: NOW });
    fc.assert(
      fc.property(nastyText, (title) => {
        expectWithinLimits(buildMoreMenu({ title, entries: [...entries, ...own], missing }));
      }),
      { numRuns: 50 },
    );
  });
});
