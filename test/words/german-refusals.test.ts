import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../src/discord/messages/describe-error.ts';
import type { Request } from '../../src/domain/request.ts';
import { readLyricsFile } from '../../src/media/lyrics-file.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { lintLyrics } from '../../src/musicapi/lyrics-lint.ts';
import { lintStyleWords } from '../../src/musicapi/words-lint.ts';
import { BlockedError } from '../../src/tracker/admission.ts';
import { type BudgetRule, createBudgetError } from '../../src/tracker/budget.ts';
import { speak } from '../../src/words/words.ts';
import { ANY_REQUEST } from '../musicapi/any-request.ts';

const catalogue = createCatalogue();

const inGerman = <T>(run: () => T): T => speak('de', run);
const messagesOf = (request: Request) =>
  inGerman(() => catalogue.check(request)).map(({ message }) => message);

/** Words that every English sentence of the findings has one of, and no German one. */
const ENGLISH = /\b(?:the|is|has|have|with|must|takes?|needs|leave|shorten|yours|choose|of|and)\b/i;

describe('findings of requests', () => {
  it.each<[string, Partial<Request>, readonly string[]]>([
    [
      'a prompt that is too long alone',
      { prompt: 'x'.repeat(1_401) },
      [
        'Mit einem Prompt allein nimmt MusicAPI höchstens 400 Zeichen; deiner hat 1.401. Gib Tags oder einen Titel an, um bis zu 5.000 zu nutzen, oder fass dich kürzer.',
      ],
    ],
    [
      'tags that are too long, and no prompt',
      { tags: 'x'.repeat(1_001) },
      [
        'Für Tags nimmt MusicAPI höchstens 1.000 Zeichen; deine haben 1.001. Fass dich kürzer.',
        'Der Prompt ist leer. Sag, worum es in dem Song gehen soll.',
      ],
    ],
    [
      'a share above its bound',
      { prompt: 'rain', styleWeight: 1.25 },
      ['Der Wert von `stilgewicht` muss zwischen 0 und 1 liegen; deiner ist 1,25.'],
    ],
    [
      'an input that the operation does not take',
      { prompt: 'rain', strength: 0.5 },
      ['Erstellen kennt mit der Engine sonic kein `stärke`. Lass es weg.'],
    ],
    [
      'a model of another engine',
      { engine: 'producer', prompt: 'rain', model: 'sonic-v6' },
      [expect.stringMatching(/^Die Engine producer hat kein Modell „sonic-v6“\. Wähle eines von diesen: \S/)],
    ],
    [
      'a voice of nuro without lyrics',
      { engine: 'nuro', prompt: 'rain', vocals: 'female' },
      [
        'Die Engine nuro schreibt keine eigenen Songtexte: Gib ihr einen mit /komponieren, oder lass für Hintergrundmusik `gesang` weg.',
      ],
    ],
  ])('are told in German: %s', (_, request, messages) => {
    expect(messagesOf({ operation: 'create', engine: 'sonic', ...request })).toEqual(messages);
  });

  it('are the same in both languages, and no German one is English', () => {
    fc.assert(
      fc.property(ANY_REQUEST, (request) => {
        const english = speak('en', () => catalogue.check(request));
        const german = inGerman(() => catalogue.check(request));
        expect(german.map(({ field }) => field)).toEqual(english.map(({ field }) => field));
        for (const { message } of german) expect(withoutData(message)).not.toMatch(ENGLISH);
      }),
      { numRuns: 300 },
    );
  });

  it('say of engines that are gone what to use instead', () => {
    const [riffusion, studio, sonic] = inGerman(() =>
      ['Riffusion', ' studio', 'sonic'].map((name) => catalogue.explainRetired(name)),
    );
    expect(riffusion).toBe('MusicAPI hat die Engine riffusion eingestellt. Nimm stattdessen sonic.');
    expect(studio).toContain('gibt es bei MusicAPI nicht mehr');
    expect(sonic).toBeUndefined();
    expect(() => inGerman(() => catalogue.get('nuro', 'cover'))).toThrow(
      'Die Engine nuro bietet „Cover“ nicht an; sonic und producer tun es.',
    );
  });
});

/** Without what was typed, and without the lists of what MusicAPI calls things. */
function withoutData(message: string): string {
  return message
    .replace(/„[\s\S]*“/g, '')
    .replace(/\(.*\)/g, '')
    .replace(/: [\w., -]+$/, '');
}

describe('findings of texts', () => {
  const linesOf = (text: string) =>
    inGerman(() => lintLyrics(text, { limit: 5_000 })).map(({ message }) => message);

  it('name the lines of lyrics in German', () => {
    expect(linesOf('[Verse\nla\n[Vers]\nla\n[Chorus]\n\n[Verse]\nla [la\nla] la')).toEqual([
      'Zeile 1: „[Verse“ hat keine eigene schließende Klammer. Schreib [Verse] in eine eigene Zeile.',
      'Zeile 3: „[Vers]“ ist kein Abschnitt, den MusicAPI kennt. Meinst du [Verse]?',
      expect.stringMatching(/^Zeile 5: „\[Chorus\]“ hat keine Zeilen\. Schreib, was dort gesungen wird/),
      'Zeile 8: „[la“ wird nie geschlossen. Schließe sie mit ] oder nimm sie weg.',
      'Zeile 9: „la]“ schließt eine Klammer, die nie geöffnet wurde. Öffne sie mit [ oder nimm sie weg.',
    ]);
  });

  it('count what they do not name', () => {
    const unclosed = (count: number) => linesOf('[Verse\n'.repeat(count)).at(-1);
    expect(unclosed(9)).toBe('Und noch eine Klammer, die nie geschlossen wird.');
    expect(unclosed(1_300)).toBe('Und noch 1.292 Klammern, die nie geschlossen werden.');
    expect(linesOf('[Zap]\nla\n'.repeat(6))[0]).toMatch(/^Zeilen 1, 3, 5 und 3 weitere: „\[Zap\]“/);
    expect(linesOf('[Zap]\nla\n'.repeat(3))[0]).toMatch(/^Zeilen 1, 3 und 5: „\[Zap\]“/);
  });

  it('are told of names and of files', async () => {
    const [name] = inGerman(() => lintStyleWords('prompt', 'a song like Taylor Swift'));
    expect(name?.message).toMatch(/^„Taylor Swift“ sieht nach dem Namen von jemandem aus/);
    expect(await inGerman(() => readLyricsFile(Buffer.alloc(2_000 * 1_024)))).toEqual({
      isText: false,
      refusal:
        'Die Datei hat 2.000 KiB, und ein Songtext darf höchstens 64 KiB haben. Schick nur den Songtext.',
    });
    expect(await inGerman(() => readLyricsFile(Buffer.from('%PDF-1.7')))).toEqual({
      isText: false,
      refusal:
        'Die Datei ist ein PDF-Dokument. Speichere sie als reinen Text in UTF-8 und schick sie noch einmal.',
    });
  });
});

describe('refusals of the tracker', () => {
  it('say the budget with its figures', () => {
    const rule: BudgetRule = { source: 'own-role', roleId: '77', period: { kind: 'week' }, credits: 2_000 };
    const excess = { rule, spent: 1_990, price: 20, left: 10, mustFree: 10 };
    const refused = inGerman(() => createBudgetError(excess, 1_800_000_000_000));
    expect(refused.message).toBe(
      'Dein Budget auf diesem Server durch die Rolle <@&77> beträgt 2.000 Credits pro Woche (ab Montag, UTC): ' +
        '1.990 verbraucht, 10 übrig; das hier kostet 20. ' +
        'Genug ist <t:1800000000:R> wieder frei. Nichts wurde ausgegeben.',
    );
    expect(inGerman(() => createBudgetError({ ...excess, mustFree: undefined }, undefined)).message).toMatch(
      /Das ist mehr als das ganze Budget\. Nichts wurde ausgegeben\.$/,
    );
    expect(inGerman(() => new BlockedError()).message).toMatch(/^Du kannst hier keine Songs machen/);
  });

  it('quote no English where MusicAPI gave no reason', () => {
    const failed = (text: string) => inGerman(() => describeFailure({ kind: 'task-failed', text }));
    expect(failed('no reason given')).toContain(': „ohne Angabe eines Grundes“.');
    expect(failed('HTTP 422 without a reason')).toContain(': „HTTP 422 ohne Angabe eines Grundes“.');
    expect(failed('no reason given, really')).toContain(': „no reason given, really“.');
    expect(describeFailure({ kind: 'task-failed', text: 'no reason given' })).toContain(
      ': “no reason given”.',
    );
  });
});
