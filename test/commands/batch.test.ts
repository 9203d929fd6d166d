import { describe, expect, it } from 'vitest';
import batch from '../../commands/batch.ts';
import { type Language, speak } from '../../src/words/words.ts';

/** What becomes of a number that Discord's own client would not send. */
function answer(language: Language, count: number) {
  const interaction = { options: { getInteger: () => count } };
  // Nothing else is looked at before the number.
  return () => speak(language, () => batch.answer(interaction as never, {} as never));
}

describe('/batch', () => {
  it.each([1, 11])('refuses %i songs in the language of the person', (count) => {
    expect(answer('en', count)).toThrow(
      `A batch is of 2 to 10 songs; yours would be of ${count}. Nothing was spent.`,
    );
    expect(answer('de', count)).toThrow(
      `Eine Serie hat 2 bis 10 Songs; deine hätte ${count}. Nichts wurde ausgegeben.`,
    );
  });
});
