import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardMessage } from '../../../src/discord/messages/message.ts';
import type { Moment } from '../../../src/discord/timeline-pick/moments.ts';
import {
  buildNoLines,
  buildPickMessage,
  type PickableOperation,
} from '../../../src/discord/timeline-pick/pick-message.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import { CLIP_REFERENCE, nastyText } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, menusOf } from '../support/limits.ts';

const catalogue = createCatalogue();
const operations = (['extend', 'replace', 'sample'] as const).map(
  (id): PickableOperation => ({ ...catalogue.get('sonic', id), id }),
);
const about = { clip: CLIP_REFERENCE, title: 'Neon Rain', operations };

function song(count: number): readonly Moment[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'line',
    text: `line ${index}`,
    startSeconds: index * 4,
    endSeconds: index * 4 + 3.5,
  }));
}

/** Labels of the options of the menu. */
const offered = (body: CardMessage) =>
  menusOf(body).flatMap(({ options }) => options.map(({ label }) => label));

describe('buildPickMessage', () => {
  it('offers the lines by pages of 25, each with its time', () => {
    const first = buildPickMessage({ ...about, moments: song(30), state: { page: 0 } });
    expect(first.content).toBe('**Neon Rain**: from which line or section on?\nPage 1 of 2.');
    expect(offered(first)).toHaveLength(25);
    expect(offered(first)[1]).toBe('0:04 · line 1');
    expect(labelsOf(first)).toEqual(['Later lines']);
    const second = buildPickMessage({ ...about, moments: song(30), state: { page: 1 } });
    expect(offered(second)).toEqual([25, 26, 27, 28, 29].map((n) => `1:${n * 4 - 60} · line ${n}`));
    expect(labelsOf(second)).toEqual(['Earlier lines']);
  });

  it('says until when a section lasts', () => {
    const section: Moment = { kind: 'section', text: '[Chorus]', startSeconds: 61, endSeconds: 90.2 };
    const body = buildPickMessage({ ...about, moments: [section], state: { page: 0 } });
    expect(JSON.stringify(body.components)).toContain('"description":"until 1:30"');
    expect(offered(body)).toEqual(['1:01 · [Chorus]']);
  });

  it('takes the end of the first line for the end, until a last one is picked', () => {
    const one = buildPickMessage({ ...about, moments: song(4), state: { page: 0, first: 1 } });
    expect(one.content).toContain('**Neon Rain**: 0:04 · line 1.');
    expect(one.content).toContain('- Replace: makes 0:04 to 0:08 anew, 20 credits');
    expect(offered(one)).toEqual(['0:04 · line 1', '0:08 · line 2', '0:12 · line 3']);
    const three = buildPickMessage({ ...about, moments: song(4), state: { page: 0, first: 1, last: 3 } });
    expect(three.content).toContain('from 0:04 · line 1 to the end of 0:12 · line 3');
    expect(actionsOf(three)[1]).toEqual({
      action: 'pick-do',
      operation: 'replace',
      clip: CLIP_REFERENCE,
      times: { fromMs: 4_000, toMs: 15_500 },
    });
    expect(labelsOf(three)).toEqual(['Extend', 'Replace', 'Sample', 'Another first line']);
  });

  it('begins again where the song has other lines by now', () => {
    const body = buildPickMessage({ ...about, moments: song(2), state: { page: 9, first: 40 } });
    expect(body.content).toContain('from which line');
    expect(offered(body)).toHaveLength(2);
  });

  it('keeps to the limits of Discord with the worst lines', () => {
    const moment = fc.record({
      kind: fc.constantFrom('line' as const, 'section' as const),
      text: nastyText.filter((text) => text.trim() !== ''),
      startSeconds: fc.nat(50_000).map((n) => n / 10),
      endSeconds: fc.constant(9_000),
    });
    const view = fc.record({
      moments: fc.array(moment, { minLength: 1, maxLength: 60 }),
      state: fc.record({ page: fc.nat(5), first: fc.nat(70), last: fc.nat(70) }, { requiredKeys: ['page'] }),
      title: nastyText,
      language: fc.constantFrom(...LANGUAGES),
    });
    fc.assert(
      fc.property(view, ({ moments, state, title, language }) => {
        const sorted = moments.toSorted((a, b) => a.startSeconds - b.startSeconds);
        const body = speak(language, () => buildPickMessage({ ...about, title, moments: sorted, state }));
        expectWithinLimits(body);
      }),
      { numRuns: 60 },
    );
  });
});

describe('buildNoLines', () => {
  it('offers the timeline with its price, and the forms in which one types', () => {
    const timeline = catalogue.get('sonic', 'timeline');
    const body = buildNoLines({ ...about, timeline });
    expect(body.content).toContain('**Timeline** asks MusicAPI, for 1 credit');
    expect(labelsOf(body)).toEqual(['Timeline', 'Extend', 'Replace', 'Sample']);
  });

  it('says so where nobody sings, and leads to the forms all the same', () => {
    const body = buildNoLines(about);
    expect(body.content).toBe(
      'Nobody sings in **Neon Rain**, so there is no line to point at. Type the times yourself:',
    );
    expect(labelsOf(body)).toEqual(['Extend', 'Replace', 'Sample']);
  });
});
