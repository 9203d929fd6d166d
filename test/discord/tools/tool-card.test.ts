import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatusView } from '../../../src/discord/cards/status-card.ts';
import { buildToolCard } from '../../../src/discord/tools/tool-card.ts';
import type { Request } from '../../../src/domain/request.ts';
import type { TimedWord } from '../../../src/domain/tool-result.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';
import { CLIP_REFERENCE, nastyText, TASK_ID, TASKS, viewOf } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const PRICES = { again: 2, create: 20, sing: 15 };
const LYRICS: Request = { operation: 'lyrics', engine: 'sonic', prompt: 'rain in the city' };
const anyLanguage = fc.constantFrom(...LANGUAGES);
const TAGS: Request = { operation: 'tags', engine: 'sonic', tags: 'rock' };

function toolView(request: Request, changes: Partial<StatusView> = {}): StatusView {
  return viewOf({ ...TASKS.succeeded, request, price: 2 }, { label: 'Tool', prices: PRICES, ...changes });
}

describe('the card of lyrics', () => {
  const drafts = [
    { title: 'Neon', lyrics: '[Verse]\nrain falls' },
    { title: 'Glass', lyrics: '[Chorus]\nlights go' },
  ];

  it('shows both drafts, each with Compose, and Again once, with what each costs', () => {
    const { body, texts } = buildToolCard(toolView(LYRICS), { kind: 'lyrics', drafts });
    expect(body.embeds.map(({ description }) => description)).toEqual([
      '\\[Verse\\]\nrain falls',
      '\\[Chorus\\]\nlights go',
    ]);
    expect(body.embeds[1]?.title).toContain('Glass');
    expect(labelsOf(body)).toEqual(['Compose', 'Compose', 'Again']);
    expect(actionsOf(body)).toEqual([
      { action: 'compose-1', taskId: TASK_ID },
      { action: 'compose-2', taskId: TASK_ID },
      { action: 'retry', taskId: TASK_ID },
    ]);
    expect(body.content).toContain('rain in the city');
    expect(body.content).toContain('makes a song of a draft at once for 20 credits');
    expect(body.content).toContain('**Again** writes new drafts for 2 credits');
    expect(texts).toEqual([]);
  });

  it('attaches a draft that is too long to be shown, complete', () => {
    const long = 'la la la la\n'.repeat(420).trim();
    const { body, texts } = buildToolCard(toolView(LYRICS), {
      kind: 'lyrics',
      drafts: [
        { title: 'Long', lyrics: long },
        { title: 'Short', lyrics: 'one line' },
      ],
    });
    expectWithinLimits(body);
    expect(texts).toEqual([{ name: 'Long - draft 1.txt', text: `${long}\n` }]);
    expect(body.embeds[1]?.description).toBe('one line');
    expect(body.content).toContain('attached as a text file');
  });

  it('says so, and still offers Again, when nothing came back', () => {
    const { body } = buildToolCard(toolView(LYRICS), { kind: 'lyrics', drafts: [] });
    expect(body.content).toContain('gave back no lyrics');
    expect(labelsOf(body)).toEqual(['Again']);
  });

  it('keeps to the limits of Discord with the worst texts', () => {
    const draft = fc.record({ title: nastyText, lyrics: nastyText });
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 4 }), nastyText, anyLanguage, (all, prompt, language) => {
        const tool = { kind: 'lyrics', drafts: all } as const;
        const view = toolView({ ...LYRICS, prompt });
        const { body, texts } = speak(language, () => buildToolCard(view, tool));
        expectWithinLimits(body);
        expect(texts.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the card of tags', () => {
  it('shows them in a block, as they are, with Create with these', () => {
    const { body, texts } = buildToolCard(toolView(TAGS), { kind: 'tags', tags: 'rock, 80s_synth, *loud*' });
    expect(body.content).toContain('```\nrock, 80s_synth, *loud*\n```');
    expect(labelsOf(body)).toEqual(['Create with these', 'Again']);
    expect(actionsOf(body)[0]).toEqual({ action: 'create-with', taskId: TASK_ID });
    expect(texts).toEqual([]);
  });

  it('lets nothing end the block early', () => {
    const { body } = buildToolCard(toolView(TAGS), { kind: 'tags', tags: 'a ``` @everyone' });
    expect(body.content.split('```')).toHaveLength(3);
  });

  it('keeps to the limits of Discord, with all of them in a file where they are many', () => {
    fc.assert(
      fc.property(nastyText, anyLanguage, (tags, language) => {
        const { body, texts } = speak(language, () => buildToolCard(toolView(TAGS), { kind: 'tags', tags }));
        expectWithinLimits(body);
        expect(body.content.split('```')).toHaveLength(3);
        expect(texts.length > 0).toBe(/attached text file|angehängten Textdatei/.test(body.content));
      }),
      { numRuns: 60 },
    );
  });
});

it('offers Sing for a singer, by name and with the price of a song', () => {
  const request: Request = { operation: 'persona', engine: 'sonic', name: 'Ada' };
  const { body } = buildToolCard(toolView(request), { kind: 'persona', personaId: 'p1', name: undefined });
  expect(textOf(body)).toContain('**Ada** can sing now.');
  expect(textOf(body)).toContain('15 credits a song');
  expect(actionsOf(body)).toEqual([{ action: 'sing', taskId: TASK_ID }]);
  expectWithinLimits(body);
});

describe('the card of a measure', () => {
  const request: Request = { operation: 'timeline', engine: 'sonic' };
  const words: TimedWord[] = [
    { word: '[Verse]\nrain ', startSeconds: 12, endSeconds: 13 },
    { word: 'falls\n', startSeconds: 13, endSeconds: 14 },
    { word: 'down', startSeconds: 75.5, endSeconds: 76 },
  ];

  it('shows lines with their times and attaches them as .lrc', () => {
    const view = toolView(request, { parent: { title: 'Neon Rain' } });
    const { body, texts } = buildToolCard(view, { kind: 'timeline', words });
    expect(body.embeds[0]?.description).toBe('`0:12` rain falls\n`1:15` down');
    expect(texts.map(({ name }) => name)).toEqual(['Neon Rain.lrc']);
    expect(texts[0]?.text).toContain('[01:15.50]down');
  });

  it('leads to pointing at a line, where there are lines', () => {
    const about = toolView({ ...request, clip: CLIP_REFERENCE });
    const { body } = buildToolCard(about, { kind: 'timeline', words });
    expect(labelsOf(body)).toEqual(['Pick a line']);
    expect(actionsOf(body)).toEqual([{ action: 'pick', clip: CLIP_REFERENCE }]);
    expect(labelsOf(buildToolCard(about, { kind: 'timeline', words: [] }).body)).toEqual([]);
  });

  it('attaches nothing where no word is sung', () => {
    const { body, texts } = buildToolCard(toolView(request), { kind: 'timeline', words: [] });
    expect(textOf(body)).toContain('No words are sung in it.');
    expect(texts).toEqual([]);
  });

  it.each([
    [{ averageBpm: 120 }, '120 BPM'],
    [{ averageBpm: 120.04, minBpm: 120, maxBpm: 120 }, '120 BPM'],
    [{ averageBpm: 121.5, minBpm: 118, maxBpm: 125 }, '121.5 BPM on average, from 118 to 125'],
  ])('says the tempo of %j as %s', (tempo, sentence) => {
    const { body } = buildToolCard(toolView(request), { kind: 'tempo', ...tempo });
    expect(body.embeds[0]?.description).toBe(sentence);
  });

  it('says where somebody sings', () => {
    const { body } = buildToolCard(toolView(request), {
      kind: 'vocals',
      voxAudioId: 'v',
      startSeconds: 12,
      endSeconds: 42,
    });
    expect(body.embeds[0]?.description).toBe('Sung from 0:12 to 0:42');
  });

  it('keeps to the limits of Discord with the worst words', () => {
    const word = fc.record({ word: nastyText, startSeconds: fc.double(), endSeconds: fc.double() });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (all) => {
        expectWithinLimits(buildToolCard(toolView(request), { kind: 'timeline', words: all }).body);
      }),
      { numRuns: 60 },
    );
  });
});
