import { describe, expect, it } from 'vitest';
import { buildLyricsAnswer } from '../../../src/discord/clips/lyrics-answer.ts';
import { CLIP } from '../support/examples.ts';
import { expectWithinLimits } from '../support/limits.ts';

describe('buildLyricsAnswer', () => {
  it('shows the lyrics as text, line by line, and formats nothing in them', () => {
    const { body, files } = buildLyricsAnswer({ ...CLIP, lyrics: '[Verse]\nrain *falls*\n\n@everyone' });
    expect(body.content).toBe('The lyrics of **Neon Rain**:');
    expect(body.embeds[0]?.description?.split('\n').slice(0, 3)).toEqual([
      '\\[Verse\\]',
      'rain \\*falls\\*',
      '',
    ]);
    expect(files).toEqual([]);
  });

  it('attaches all of what is too long to be shown', () => {
    const lyrics = 'la la la la\n'.repeat(500).trim();
    const { body, files } = buildLyricsAnswer({ ...CLIP, lyrics });
    expectWithinLimits(body);
    expect(body.content).toContain('the whole text is attached');
    expect(files.map(({ name, bytes }) => [name, String(bytes)])).toEqual([
      ['Neon Rain - lyrics.txt', `${lyrics}\n`],
    ]);
  });
});
