import { describe, expect, it } from 'vitest';
import { placeSections } from '../../src/media/sections.ts';

describe('placeSections', () => {
  it('spreads parts over the song by their shares, and says that this is approximate', () => {
    const plan = {
      kind: 'shares',
      parts: [
        { name: 'Verse', share: 3 },
        { name: 'Chorus', share: 1 },
      ],
    } as const;
    expect(placeSections(plan, 80)).toEqual({
      list: [
        { name: 'Verse', startSeconds: 0, endSeconds: 60 },
        { name: 'Chorus', startSeconds: 60, endSeconds: 80 },
      ],
      isApproximate: true,
    });
  });

  it('puts parts with times where they begin, in their order, up to the next', () => {
    const starts = [
      { name: 'Chorus', startSeconds: 40 },
      { name: 'Verse', startSeconds: 12 },
    ];
    expect(placeSections({ kind: 'timed', starts }, 90)).toEqual({
      list: [
        { name: 'Verse', startSeconds: 12, endSeconds: 40 },
        { name: 'Chorus', startSeconds: 40, endSeconds: 90 },
      ],
      isApproximate: false,
    });
  });

  it('leaves out what would begin before or behind the song', () => {
    const starts = [-1, 5, 90, Number.NaN].map((startSeconds) => ({ name: `${startSeconds}`, startSeconds }));
    expect(placeSections({ kind: 'timed', starts }, 90)?.list.map(({ name }) => name)).toEqual(['5']);
  });

  it.each([
    ['no plan', undefined, 60],
    ['no parts', { kind: 'shares', parts: [] } as const, 60],
    ['parts of no size', { kind: 'shares', parts: [{ name: 'Verse', share: 0 }] } as const, 60],
    ['a song of no length', { kind: 'shares', parts: [{ name: 'Verse', share: 1 }] } as const, 0],
  ])('gives none for %s', (_, plan, seconds) => {
    expect(placeSections(plan, seconds)).toBeUndefined();
  });
});
