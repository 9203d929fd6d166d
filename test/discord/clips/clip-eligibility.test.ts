import { describe, expect, it } from 'vitest';
import { type ClipFacts, explainClip } from '../../../src/discord/clips/clip-eligibility.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { operationWords } from '../../../src/words/operation-words.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = 1_790_000_000_000;
const catalogue = createCatalogue();

const SONG: ClipFacts = {
  reference: { clipId: 'clip-1', engine: 'sonic', source: 'generated' },
  createdAt: NOW - 60_000,
  madeBy: 'create',
};
const UPLOAD: ClipFacts = { ...SONG, reference: { ...SONG.reference, source: 'uploaded' }, madeBy: 'upload' };

describe('explainClip', () => {
  it('has nothing against a clip that the operation takes', () => {
    for (const id of ['extend', 'cover', 'persona', 'midi', 'remaster'] as const) {
      expect(explainClip(catalogue.get('sonic', id), SONG, NOW)).toBeUndefined();
    }
    expect(explainClip(catalogue.get('sonic', 'add-vocals'), UPLOAD, NOW)).toBeUndefined();
  });

  it('has nothing against an operation that works on no clip', () => {
    expect(explainClip(catalogue.get('sonic', 'create'), SONG, NOW)).toBeUndefined();
  });

  it.each(['persona', 'midi', 'vox'] as const)('lets %s work until the day is over', (id) => {
    const operation = catalogue.get('sonic', id);
    const justInTime = { ...SONG, createdAt: NOW - DAY_MS + 1 };
    const tooLate = { ...SONG, createdAt: NOW - DAY_MS };
    expect(explainClip(operation, justInTime, NOW)).toBeUndefined();
    expect(explainClip(operation, tooLate, NOW)).toBe(
      `${operationWords(operation).label} works only on clips of the last 24 hours, and this one is older. Make a new one of it first, with Cover or Extend.`,
    );
  });

  it('joins extensions only', () => {
    const concat = catalogue.get('sonic', 'concat');
    expect(explainClip(concat, { ...SONG, madeBy: 'extend' }, NOW)).toBeUndefined();
    expect(explainClip(concat, { ...SONG, madeBy: 'upload-extend' }, NOW)).toBeUndefined();
    expect(explainClip(concat, SONG, NOW)).toBe(
      'Whole song joins an extension to what it goes on from, and this clip is no extension. Use Extend first.',
    );
  });

  it('sends people to /upload where a recording is wanted, and songs of ours where one is not', () => {
    expect(explainClip(catalogue.get('sonic', 'add-vocals'), SONG, NOW)).toBe(
      'Add vocals works on uploaded audio only: use /upload first.',
    );
    expect(explainClip(catalogue.get('sonic', 'remaster'), UPLOAD, NOW)).toBe(
      'Remaster works only on songs that were made here, not on uploads.',
    );
  });

  it('refuses a clip of another engine', () => {
    const facts = { ...SONG, reference: { ...SONG.reference, engine: 'producer' as const } };
    expect(explainClip(catalogue.get('sonic', 'cover'), facts, NOW)).toBe(
      'This clip was made by producer, so sonic cannot work on it.',
    );
  });

  it('asks for nothing about a song that MusicAPI gave no id', () => {
    const facts = { ...SONG, reference: { ...SONG.reference, clipId: 'no-id-0123456789abcdef' } };
    for (const id of ['extend', 'stems-basic', 'wav'] as const) {
      expect(explainClip(catalogue.get('sonic', id), facts, NOW)).toBe(
        'MusicAPI gave this song no id, so nothing can be asked for about it. Save its file and bring it in with /upload.',
      );
    }
  });

  it('holds nothing against a clip of which nothing is known', () => {
    const unknown = { reference: SONG.reference };
    for (const id of ['concat', 'persona', 'midi'] as const) {
      expect(explainClip(catalogue.get('sonic', id), unknown, NOW)).toBeUndefined();
    }
  });

  it('looks at the second clip by its own need', () => {
    const operation = catalogue.get('sonic', 'mashup');
    const facts = { ...SONG, reference: { ...SONG.reference, engine: 'nuro' as const } };
    expect(explainClip(operation, facts, NOW, operation.secondClip)).toBe(
      'This clip was made by nuro, so sonic cannot work on it.',
    );
  });
});
