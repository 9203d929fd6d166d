import { describe, expect, it } from 'vitest';
import { getAccount, OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { speak, spokenLanguage } from '../../../src/words/words.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { useStore } from '../support.ts';

/** How transactions of different callers are kept apart on every database. */
export function describeCallers(createDatabase: CreateDatabase): void {
  describe('callers', () => {
    it('speak their own language in their transactions, however many ask at once', async () => {
      const store = await useStore(createDatabase);
      const languages = ['de', 'en', 'de', 'de', 'en', 'de'] as const;
      const refuse = (language: 'en' | 'de') =>
        speak(language, async () => {
          const heard = await store
            .transaction(async (tx) => {
              await getAccount(tx, OPERATOR_ACCOUNT);
              throw new Error(spokenLanguage());
            })
            .catch((error: Error) => error.message);
          return [heard, spokenLanguage()];
        });
      const answers = await Promise.all(languages.map(refuse));
      expect(answers).toEqual(languages.map((language) => [language, language]));
    });
  });
}
