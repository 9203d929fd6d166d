import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { probeAudio } from '../../src/media/probe-audio.ts';
import { createLoop } from '../../src/tracker/loop.ts';
import { languageOf, speak, spokenLanguage, words, wordsOf } from '../../src/words/words.ts';
import { startServer } from '../http/support.ts';
import { makeWav } from '../support/real-audio.ts';

describe('speak', () => {
  it('speaks English where nobody has said anything else', () => {
    expect(words()).toBe(wordsOf('en'));
    expect(spokenLanguage()).toBe('en');
  });

  it('holds for everything that is awaited inside, and for nothing after it', async () => {
    const heard = speak('de', async () => {
      await nextTurn();
      await Promise.resolve();
      return words();
    });
    expect(words()).toBe(wordsOf('en'));
    expect(await heard).toBe(wordsOf('de'));
    expect(words()).toBe(wordsOf('en'));
  });

  it('is over inside another one until that one has ended', async () => {
    await speak('de', async () => {
      expect(await speak('en', async () => spokenLanguage())).toBe('en');
      expect(spokenLanguage()).toBe('de');
    });
  });

  it('keeps two apart that take turns', async () => {
    const talk = (language: 'en' | 'de') =>
      speak(language, async () => {
        const heard: string[] = [];
        for (let turn = 0; turn < 20; turn += 1) {
          await nextTurn();
          heard.push(spokenLanguage());
        }
        return heard;
      });
    const [english, german] = await Promise.all([talk('en'), talk('de')]);
    expect(new Set(english)).toEqual(new Set(['en']));
    expect(new Set(german)).toEqual(new Set(['de']));
  });

  it('holds through an error', async () => {
    await speak('de', async () => {
      await expect(Promise.reject(new Error('broken'))).rejects.toThrow('broken');
      expect(spokenLanguage()).toBe('de');
    });
    expect(() =>
      speak('de', () => {
        throw new Error('broken');
      }),
    ).toThrow('broken');
    expect(spokenLanguage()).toBe('en');
  });
});

describe('speak, where one waits for others', () => {
  it('is that of whoever asked, not of whoever made room in a limit', async () => {
    const limit = pLimit(1);
    const ask = (language: 'en' | 'de') =>
      speak(language, () =>
        limit(async () => {
          await nextTurn();
          return spokenLanguage();
        }),
      );
    expect(await Promise.all([ask('de'), ask('en'), ask('de'), limit(() => spokenLanguage())])).toEqual([
      'de',
      'en',
      'de',
      'en',
    ]);
  });

  it('is that of whoever set a timer', async () => {
    const heard = Promise.withResolvers<string>();
    speak('de', () => setTimeout(() => heard.resolve(spokenLanguage()), 1));
    expect(await heard.promise).toBe('de');
    expect(await speak('de', () => delay(1).then(spokenLanguage))).toBe('de');
  });

  it('is the same again once a thread has answered', async () => {
    await speak('de', async () => {
      expect(await probeAudio(makeWav(1))).toMatchObject({ isAudio: true });
      expect(spokenLanguage()).toBe('de');
    });
  });

  it('stays on its side of an HTTP connection, also of one that is used again', async () => {
    const heard: string[] = [];
    const look = async () => {
      await nextTurn();
      heard.push(spokenLanguage());
      return undefined;
    };
    const { url } = await startServer({ checks: [{ name: 'language', look }] });
    const call = async () => {
      const { statusCode, body } = await request(`${url}/readyz`);
      await body.dump();
      return [statusCode, spokenLanguage()];
    };
    for (const language of ['de', 'en', 'de'] as const) {
      expect(await speak(language, call)).toEqual([200, language]);
    }
    expect(await Promise.all([speak('de', call), call()])).toEqual([
      [200, 'de'],
      [200, 'en'],
    ]);
    expect(new Set(heard)).toEqual(new Set(['en']));
  });

  it('does not get into a loop, whoever starts it and whoever wakes it', async () => {
    const heard: string[] = [];
    const loop = createLoop({
      name: 'test',
      minWaitMs: 0,
      maxWaitMs: 3_600_000,
      onError: (error) => heard.push(String(error)),
      pass: async () => {
        await nextTurn();
        heard.push(spokenLanguage());
        return undefined;
      },
    });
    speak('de', () => loop.start());
    await expect.poll(() => heard.length).toBe(1);
    speak('de', () => loop.wake());
    await expect.poll(() => heard.length).toBe(2);
    await loop.stop();
    expect(heard).toEqual(['en', 'en']);
  });
});

describe('languageOf', () => {
  it.each([
    ['de', 'de'],
    ['de-DE', 'de'],
    ['DE-at', 'de'],
    ['en-GB', 'en'],
    ['en-US', 'en'],
  ])('takes %j for %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });

  it.each(['fr', 'den', 'pt-BR', 'zh-CN', '', '-', 'toString', undefined, null])(
    'speaks English to %j, a language that we do not have',
    (locale) => {
      expect(languageOf(locale)).toBe('en');
    },
  );
});
