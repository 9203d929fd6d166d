import { describe, expect, it } from 'vitest';
import {
  buildLibrary,
  type LibraryView,
  PAGE_LENGTH,
  readSearch,
} from '../../../src/discord/library/library-list.ts';
import { speak } from '../../../src/words/words.ts';
import { clipOf } from '../../store/support.ts';
import { T0 } from '../../support/tasks.ts';
import { actionsOf, expectWithinLimits, labelsOf } from '../support/limits.ts';

const OTHER = '900000000000000001';

function viewOf(changes: Partial<LibraryView> = {}): LibraryView {
  return {
    page: {},
    text: '',
    isInServer: true,
    userId: '500000000000000001',
    entries: [],
    hasNewer: false,
    hasOlder: false,
    ...changes,
  };
}

const entryOf = (index: number, title = `Song ${index}`) => ({
  clip: clipOf(`clip-${index}`, { title, durationSeconds: 61, engine: 'producer' as const }),
  number: 100 - index,
  hearts: index,
  isPosted: true,
});

const PAGE = Array.from({ length: PAGE_LENGTH }, (_, index) => entryOf(index));

describe('buildLibrary', () => {
  it('tells title, take, length, engine, age and hearts of every song', () => {
    const { embeds } = buildLibrary(viewOf({ entries: PAGE }));
    expect(embeds[0]?.description?.split('\n')[1]).toBe(
      `2️⃣ **Song 1** · take 1 · 1:01 · producer · <t:${Math.floor(T0 / 1000)}:R> · ❤️ 1 heart`,
    );
  });

  it('keeps within every limit of Discord, whatever songs and searches are called', () => {
    const long = `*${'_[x](https://example.com) `'.repeat(20)}`;
    const entries = PAGE.map(({ clip }, index) => ({
      ...entryOf(index, long),
      clip: { ...clip, title: long, clipId: `${index}${'x'.repeat(47)}` },
      link: `https://discord.com/channels/${OTHER}/${OTHER}/${OTHER}`,
    }));
    const page = {
      ownerId: OTHER,
      isFavourite: true,
      from: { direction: 'newer' as const, number: 10 ** 9 },
    };
    for (const text of ['', 'a', ':', '~', long, '🎵'.repeat(100), 'x'.repeat(6_000)]) {
      const message = buildLibrary(viewOf({ entries, page, text, hasNewer: true, hasOlder: true }));
      expectWithinLimits(message);
      expect(labelsOf(message).slice(PAGE_LENGTH)).toEqual(['Newest', 'Newer', 'Older']);
    }
  });

  it('turns its pages from the first and the last song, with everything that was asked for', () => {
    const page = { ownerId: OTHER, isFavourite: true };
    const message = buildLibrary(
      viewOf({ entries: PAGE, page, text: 'night sea', hasNewer: true, hasOlder: true }),
    );
    expect(actionsOf(message).slice(PAGE_LENGTH)).toEqual([
      {
        action: 'library',
        page: { ...page, search: 'night sea', from: { direction: 'newer', number: 100 } },
      },
      { action: 'library', page: { ...page, search: 'night sea', from: { direction: 'older', number: 93 } } },
    ]);
  });

  it.each(['en', 'de'] as const)(
    'is read back from the message where a search is long, in %s',
    (language) => {
      const text = `night sea, ${'and so on '.repeat(10)}`.trim();
      const message = speak(language, () => buildLibrary(viewOf({ entries: PAGE, text, hasOlder: true })));
      const [turn] = actionsOf(message).slice(PAGE_LENGTH);
      expect(turn).toMatchObject({ action: 'library', page: { search: '~' } });
      expect(readSearch({ search: '~' }, message.embeds)).toBe(text);
      expect(readSearch({ search: 'short' }, message.embeds)).toBe('short');
      expect(readSearch({}, message.embeds)).toBe('');
      expect(readSearch({ search: '~' }, [])).toBe('');
    },
  );

  it.each([
    [{}, 'nobody has shared one in this server'],
    [{ isInServer: false }, 'You have no songs yet. Make one with /create.'],
    [{ text: 'rain' }, '"rain"'],
    [{ page: { isFavourite: true } }, 'Press the heart on a song'],
    [{ page: { ownerId: OTHER } }, `<@${OTHER}> has shared no song`],
    [{ page: { from: { direction: 'older', number: 3 } } }, 'nothing more in this direction'],
  ] as const)('says what to do where nothing is found: %j', (changes, words) => {
    const message = buildLibrary(viewOf(changes));
    expectWithinLimits(message);
    expect(message.content).toContain(words);
  });
});
