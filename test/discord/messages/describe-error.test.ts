import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeError,
  describeFailure,
  describeUnknown,
} from '../../../src/discord/messages/describe-error.ts';
import { FAILURE_KINDS } from '../../../src/domain/task.ts';
import { UserError } from '../../../src/errors.ts';
import { MusicApiError } from '../../../src/musicapi/errors.ts';
import { DatabaseUnavailableError } from '../../../src/store/unavailable.ts';
import { LANGUAGES, type Language, speak } from '../../../src/words/words.ts';
import { nastyText } from '../support/examples.ts';

const KEY = 'sk_live_0123456789abcdefghijklmnopqrstuv';

describe('describeFailure', () => {
  it.each(FAILURE_KINDS)('has a whole sentence and a next step for "%s"', (kind) => {
    const sentence = describeFailure({ kind, text: '' });
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(sentence).toMatch(/try again|tell the person|choose another|see \/help/i);
    expect(sentence).not.toMatch(/undefined|: ?“”/);
  });

  it.each(['moderation', 'invalid-request', 'task-failed'] as const)(
    'quotes what MusicAPI said for "%s", harmless and cut',
    (kind) => {
      expect(describeFailure({ kind, text: 'title *too* long.' })).toContain('“title \\*too\\* long”');
      fc.assert(
        fc.property(nastyText, (text) => {
          const sentence = describeFailure({ kind, text });
          expect(sentence.length).toBeLessThan(600);
          expect(sentence).not.toMatch(/@everyone|@here|:\/\//);
        }),
      );
    },
  );

  it.each(FAILURE_KINDS)('never shows a key, for "%s"', (kind) => {
    expect(describeFailure({ kind, text: `Bearer ${KEY} is not valid` })).not.toContain(KEY);
  });

  it.each(['producer', 'nuro'] as const)('says what to use where the engine %s has gone', (engine) => {
    const sentence = describeFailure(
      { kind: 'gone', text: 'no longer available' },
      { engine, operation: 'create' },
    );
    expect(sentence).toMatch(new RegExp(`with the engine ${engine} any more\\. Choose the engine sonic`));
  });

  it('blames the balance and the key of the operator, not the person', () => {
    expect(describeFailure({ kind: 'no-credits', text: '' })).toMatch(
      /operator's MusicAPI balance is used up/,
    );
    expect(describeFailure({ kind: 'not-authorised', text: '' })).toMatch(
      /tell the person who runs this bot/,
    );
  });
});

describe('describeUnknown', () => {
  it.each(['interrupted', 'restored', 'malformed', 'unavailable', 'answer-lost'] as const)(
    'says for "%s" that it is not known, that credits are held, and what Try again does',
    (kind) => {
      const sentence = describeUnknown({ kind });
      expect(sentence).toContain('it is not known whether MusicAPI took it');
      expect(sentence).toContain('credits are held');
      expect(sentence).toContain('"Try again" makes a new task');
    },
  );

  it('promises that it turns up only where MusicAPI was asked to report it', () => {
    expect(describeUnknown({ kind: 'answer-lost' })).not.toContain('posted');
    expect(describeUnknown({ kind: 'answer-lost' }, true)).toContain(
      'If it did, it is posted here as soon as MusicAPI reports it.',
    );
  });
});

describe('describeError', () => {
  it('passes on what was written for the person', () => {
    expect(describeError(new UserError('Too long by 3.'), 'R1')).toBe('Too long by 3.');
  });

  it('describes refusals of MusicAPI by their kind, with the reference', () => {
    for (const kind of FAILURE_KINDS) {
      if (kind === 'task-failed' || kind === 'task-timeout') continue;
      if (kind === 'interrupted' || kind === 'restored' || kind === 'blocked') continue;
      if (kind === 'own-key' || kind === 'own-credits') continue;
      const error = new MusicApiError({
        kind,
        method: 'GET',
        path: '/secret-path',
        delivered: 'yes',
        text: 'x',
        cause: new Error(KEY),
      });
      const sentence = describeError(error, 'R1');
      expect(sentence).toMatch(/\. Reference: R1$/);
      expect(sentence).not.toMatch(/secret-path|sk_live|GET/);
      expect(sentence).not.toContain('credits are held');
    }
  });

  it.each([new Error(`boom ${KEY}`), 'boom', undefined, { message: 'boom' }])(
    'says nothing of the inside of other errors',
    (thrown) => {
      const sentence = describeError(thrown, 'R1');
      expect(sentence).toContain('Reference: R1');
      expect(sentence).not.toMatch(/boom|sk_live/);
    },
  );
});

describe('in the language that is spoken', () => {
  const NEXT_STEP: Readonly<Record<Language, RegExp>> = {
    en: /try again|tell the person|choose another|see \/help/i,
    de: /versuch es|sag dem Betreiber|wähle einen anderen|in \/hilfe|noch einmal/i,
  };
  const OTHER: Readonly<Record<Language, RegExp>> = {
    en: /\b(?:nicht|wurde|noch)\b/,
    de: /\b(?:the|again|not|Reference)\b/,
  };
  const EVERY = LANGUAGES.flatMap((language) => FAILURE_KINDS.map((kind) => ({ language, kind })));

  it.each(EVERY)('$language has whole sentences and a next step for "$kind"', ({ language, kind }) => {
    const sentence = speak(language, () => describeFailure({ kind, text: 'too long.' }));
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(sentence).toMatch(NEXT_STEP[language]);
    expect(sentence).not.toMatch(OTHER[language]);
    expect(sentence).not.toMatch(/undefined|\[object/);
  });

  it.each(LANGUAGES)('%s has a reference behind what MusicAPI refused', (language) => {
    for (const kind of ['no-credits', 'rate-limited', 'malformed', 'answer-lost'] as const) {
      const error = new MusicApiError({ kind, method: 'GET', path: '/x', delivered: 'yes', text: '' });
      const told = speak(language, () => describeError(error, 'R1'));
      expect(told).toMatch(language === 'en' ? /\. Reference: R1$/ : /\. Kennung: R1$/);
      expect(told).not.toMatch(OTHER[language]);
    }
  });

  it('names engine, quotation and report where they matter', () => {
    const [gone, refused, timeline] = speak('de', () => [
      describeFailure({ kind: 'gone', text: '' }, { engine: 'nuro', operation: 'create' }),
      describeFailure({ kind: 'moderation', text: 'too *rude*.' }),
      describeFailure({ kind: 'not-found', text: '' }, { engine: 'sonic', operation: 'timeline' }),
    ]);
    expect(gone).toMatch(/^Mit der Engine nuro bietet MusicAPI das nicht mehr an\./);
    expect(refused).toContain('abgelehnt: „too \\*rude\\*“.');
    expect(timeline).toContain('keinen Songtext');
    const [silent, reported] = speak('de', () => [
      describeUnknown({ kind: 'answer-lost' }),
      describeUnknown({ kind: 'answer-lost' }, true),
    ]);
    expect(silent).not.toContain('erscheint es hier');
    expect(reported).toContain('Wenn ja, erscheint es hier, sobald MusicAPI es meldet.');
    expect(reported).toContain('„Noch einmal versuchen“ macht einen neuen Auftrag');
  });

  it('tells of the database and of what nobody expected', () => {
    const [inDoubt, down, unexpected] = speak('de', () => [
      describeError(new DatabaseUnavailableError(new Error('cut'), true), 'R1'),
      describeError(new DatabaseUnavailableError(new Error('cut')), 'R1'),
      describeError(new Error('boom'), 'R1'),
    ]);
    expect(inDoubt).toMatch(/^Meine Datenbank ist abgebrochen.*\/aufträge.* Kennung: R1$/);
    expect(down).toMatch(/^Meine Datenbank antwortet gerade nicht\..* Kennung: R1$/);
    expect(unexpected).toMatch(/^Bei mir ist etwas schiefgegangen\..* Kennung: R1$/);
  });
});
