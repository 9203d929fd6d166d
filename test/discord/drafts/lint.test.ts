import { describe, expect, it } from 'vitest';
import { lintInputs } from '../../../src/discord/drafts/lint.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';

const catalogue = createCatalogue();
const cover = catalogue.get('sonic', 'cover');

const severities = (...args: Parameters<typeof lintInputs>) =>
  lintInputs(...args).map(({ field, severity }) => [field, severity]);

describe('lintInputs', () => {
  it('finds names where music is described, and faults in lyrics', () => {
    const typed = { lyrics: '[Verse\nla', tags: 'like Daft Punk', prompt: 'sounds like Adele' };
    expect(severities(cover, typed)).toEqual([
      ['lyrics', 'refusal'],
      ['prompt', 'warning'],
      ['tags', 'warning'],
    ]);
  });

  it('calls an input as its operation does', () => {
    const lyrics = catalogue.get('sonic', 'lyrics');
    expect(severities(lyrics, { prompt: 'sounds like Adele' })).toEqual([['about', 'warning']]);
  });

  it('leaves alone what the operation does not take', () => {
    const wav = catalogue.get('sonic', 'wav');
    expect(lintInputs(wav, { lyrics: '[Verse', tags: 'like Daft Punk' })).toEqual([]);
  });

  it('leaves the length to the catalogue', () => {
    expect(lintInputs(cover, { lyrics: `[Verse]\n${'la '.repeat(3_000)}` })).toEqual([]);
  });

  it('says nothing of what the clip brought along, however the form trimmed it', () => {
    const own = { lyrics: '[Wobble]\nla\n\n[Chorus]\n', tags: 'like Daft Punk ', title: 'Like Daft Punk' };
    const typed = { lyrics: '[Wobble]\nla\n\n[Chorus]', tags: 'like Daft Punk', title: 'Like Daft Punk' };
    expect(lintInputs(cover, typed, own)).toEqual([]);
    expect(severities(cover, { ...typed, tags: 'like Daft Punk, slow' }, own)).toEqual([['tags', 'warning']]);
    const tags = `like Daft Punk, ${'x'.repeat(2_000)}`;
    expect(lintInputs(cover, { tags: tags.slice(0, 1_000) }, { ...own, tags })).toEqual([]);
  });

  it('makes what it quotes harmless', () => {
    const [finding] = lintInputs(cover, { lyrics: '[**@everyone**]\nla' });
    expect(finding?.message).not.toContain('**@everyone**');
  });
});
