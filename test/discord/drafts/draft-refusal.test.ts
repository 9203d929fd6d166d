import { describe, expect, it } from 'vitest';
import { DraftRefusal, refusal, sortFindings } from '../../../src/discord/drafts/draft-refusal.ts';
import type { Draft } from '../../../src/discord/drafts/drafts.ts';
import { UserError } from '../../../src/errors.ts';
import { LANGUAGES, speak, words } from '../../../src/words/words.ts';

const DRAFT: Draft = { operation: 'create', engine: 'sonic', inputs: {} };
const warning = (message: string) => ({ field: 'tags', severity: 'warning', message }) as const;

describe('DraftRefusal', () => {
  it('says one thing as a sentence, and several as a list', () => {
    expect(new DraftRefusal(DRAFT, [refusal('title', 'Too long.')]).message).toBe(
      'Too long.\nNothing was spent.',
    );
    expect(
      new DraftRefusal(DRAFT, [refusal('title', 'Too long.'), refusal('at', 'No time. Nothing was spent.')])
        .message,
    ).toBe('- Too long.\n- No time.\nNothing was spent.');
  });

  it('leaves a sentence alone that says already that nothing was spent', () => {
    const sentence = 'It is past the end. Nothing was spent.';
    expect(new DraftRefusal(DRAFT, [refusal('at', sentence)]).message).toBe(sentence);
  });

  it('tells warnings apart from what stands in the way', () => {
    const mixed = new DraftRefusal(DRAFT, [refusal('title', 'Too long.'), warning('Is that a name?')], 20);
    expect(mixed.isChoice).toBe(false);
    expect(mixed.message).toBe('- Too long.\nWorth a look, too:\n- Is that a name?\nNothing was spent.');
  });

  it('leaves the choice where there are warnings only, with the price', () => {
    const choice = new DraftRefusal(DRAFT, [warning('Is that a name?')], 1);
    expect(choice.isChoice).toBe(true);
    expect(choice.message).toBe(
      'Is that a name?\nNothing was spent. It can go as it is: "Send anyway" costs 1 credit.',
    );
    expect(new DraftRefusal(DRAFT, [warning('Is that a name?')], 0).message).toContain('is free');
  });

  it('is told to people as any refusal', () => {
    expect(new DraftRefusal(DRAFT, [])).toBeInstanceOf(UserError);
  });

  it('puts what is too long for the text of a message into an embed', () => {
    const findings = Array.from({ length: 30 }, (_, index) =>
      refusal('lyrics', `${index} ${'x'.repeat(290)}`),
    );
    const { content, embed } = new DraftRefusal(DRAFT, findings).parts;
    expect(content).toBe('30 things were found. Nothing was spent.');
    expect(embed?.toJSON().description?.length).toBeLessThanOrEqual(4_096);
    expect(embed?.toJSON().description).toMatch(/^- 0 x+\n/);
  });
});

describe('DraftRefusal in the language that is spoken', () => {
  it('says in German what can be done, and what it costs', () => {
    const told = speak('de', () => ({
      choice: new DraftRefusal(DRAFT, [warning('Ist das ein Name?')], 1).message,
      free: new DraftRefusal(DRAFT, [warning('Ist das ein Name?')], 0).message,
      mixed: new DraftRefusal(DRAFT, [refusal('title', 'Zu lang.'), warning('Ist das ein Name?')], 20)
        .message,
    }));
    expect(told).toEqual({
      choice:
        'Ist das ein Name?\nNichts wurde ausgegeben. Du kannst es auch so lassen: „Trotzdem senden“ kostet 1 Credit.',
      free: 'Ist das ein Name?\nNichts wurde ausgegeben. Du kannst es auch so lassen: „Trotzdem senden“ kostet nichts.',
      mixed: '- Zu lang.\nSieh dir auch das an:\n- Ist das ein Name?\nNichts wurde ausgegeben.',
    });
  });

  it.each(LANGUAGES)('knows the sentences that say already that nothing was spent (%s)', (language) => {
    speak(language, () => {
      const { answers, budgets, clips, drafts } = words();
      const { behindClip, behindFile, noLength, noAudioSpent } = clips.refused;
      const times = { time: '2:00', length: '1:00' };
      for (const sentence of [
        behindClip(times),
        behindFile(times),
        noLength,
        noAudioSpent,
        clips.menu.unknownMaker,
        drafts.differentKeys,
        budgets.never,
      ]) {
        expect(new DraftRefusal(DRAFT, [refusal('at', sentence)]).message).toBe(sentence);
        const both = new DraftRefusal(DRAFT, [refusal('title', 'A.'), refusal('at', sentence)]).message;
        expect(both.split(answers.nothingSpent)).toHaveLength(2);
      }
    });
  });
});

describe('sortFindings', () => {
  it('tells the same once, and first what stands in the way', () => {
    const found = [warning('b'), refusal('at', 'a'), warning('b'), refusal('title', 'c')];
    expect(sortFindings(found).map(({ message }) => message)).toEqual(['a', 'c', 'b']);
  });
});
