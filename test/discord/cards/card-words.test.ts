import { describe, expect, it } from 'vitest';
import { progressGapMs } from '../../../src/discord/cards/card-editor.ts';
import { buildWords, wordKeyOf } from '../../../src/discord/cards/card-words.ts';
import { buildMessage } from '../../../src/discord/messages/message.ts';
import { deliveryOf, TASK_ID, TASKS, viewOf } from '../support/examples.ts';

const CARD = buildMessage({ content: 'the card' });
const SHOWN = { build: () => CARD, isVisible: true };
const HIDDEN = { ...SHOWN, isVisible: false };

describe('wordKeyOf', () => {
  it('is the state, and for results what became of their deliveries', () => {
    expect(wordKeyOf(viewOf(TASKS.running, { deliveries: [] }))).toBe('running');
    expect(wordKeyOf(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('delivered')] }))).toBe('succeeded');
    expect(
      wordKeyOf(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('delivered'), deliveryOf('undecided')] })),
    ).toBe('undecided');
    expect(wordKeyOf(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('undeliverable')] }))).toBe(
      'undeliverable',
    );
  });
});

describe('buildWords', () => {
  it('says a failure with what was spent and the reference, on a visible card too', () => {
    const words = buildWords(viewOf(TASKS.failed), SHOWN);
    expect(words?.content).toContain('Nothing was spent.');
    expect(words?.content).toContain(`Reference: ${TASK_ID}`);
    expect(words?.allowed_mentions).toEqual({ parse: [] });
  });

  it('says how long an expired task was waited for', () => {
    expect(buildWords(viewOf(TASKS.expired), SHOWN)?.content).toContain('has not finished this in 59:59');
  });

  it('says nothing where a visible card says it all', () => {
    expect(buildWords(viewOf(TASKS.unknown), SHOWN)).toBeUndefined();
    expect(
      buildWords(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('undecided')] }), SHOWN),
    ).toBeUndefined();
    expect(buildWords(viewOf(TASKS.running), HIDDEN)).toBeUndefined();
  });

  it('says that a result could not be posted, and why, on a visible card too', () => {
    const lost = { ...deliveryOf('undeliverable'), setback: 'no-route' } as const;
    const words = buildWords(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('delivered'), lost] }), SHOWN);
    expect(words?.content).toContain('could not post it for a day: I may not write in this channel');
    expect(words?.content).toContain('It stays in /library.');
  });

  it('brings the card itself where it needs an answer and cannot be edited', () => {
    expect(buildWords(viewOf(TASKS.unknown), HIDDEN)).toBe(CARD);
    expect(buildWords(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('undecided')] }), HIDDEN)).toBe(CARD);
    expect(
      buildWords(viewOf(TASKS.succeeded, { deliveries: [deliveryOf('delivered')] }), HIDDEN),
    ).toBeUndefined();
  });
});

describe('progressGapMs', () => {
  it('is five seconds at first, grows with every edit and ends at a minute', () => {
    const gaps = Array.from({ length: 40 }, (_, edits) => progressGapMs(edits));
    expect(gaps[0]).toBe(5_000);
    expect(gaps.at(-1)).toBe(60_000);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  });
});
