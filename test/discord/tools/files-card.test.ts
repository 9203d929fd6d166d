import { describe, expect, it } from 'vitest';
import type { LoadedClip } from '../../../src/discord/delivery/freight.ts';
import { buildFilesCard } from '../../../src/discord/tools/files-card.ts';
import type { Media } from '../../../src/media/download.ts';
import { CLIP, TASK_ID, TASKS, viewOf } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf, textOf } from '../support/limits.ts';

const VIEW = viewOf(
  { ...TASKS.succeeded, price: 2, request: { operation: 'wav', engine: 'sonic' } },
  { label: 'WAV', prices: { again: 3, create: 20, sing: 15 } },
);
const TOOL = { kind: 'files', files: [{ format: 'wav', url: 'https://cdn.example/a.wav' }] } as const;
const WAV: Media = {
  bytes: Buffer.alloc(12),
  extension: 'wav',
  mime: 'audio/wav',
  contentType: 'audio/wav',
};
const LOADED: LoadedClip = { clip: { ...CLIP, audioUrl: 'https://cdn.example/a.wav' }, files: [WAV] };

const cardOf = (...clips: readonly LoadedClip[]) =>
  buildFilesCard(VIEW, TOOL, { kind: 'loaded', freight: { clips } });

describe('buildFilesCard', () => {
  it('has no button when everything is attached', () => {
    const card = cardOf(LOADED);
    expect(textOf(card)).toContain('Made, and attached.');
    expect(labelsOf(card)).toEqual([]);
    expectWithinLimits(card);
  });

  it('says why a file is smaller, and links to the original', () => {
    const shrinkage = { originalBytes: 30 * 1024 * 1024, limitBytes: 10 * 1024 * 1024, isRefused: false };
    const text = textOf(cardOf({ ...LOADED, shrinkage }));
    expect(text).toContain('so this is a FLAC, which sounds the same');
    expect(text).toContain('Download [Neon Rain](https://cdn.example/a.wav)');
  });

  it('offers Again at today’s price when MusicAPI does not give the file out', () => {
    const card = cardOf({ clip: LOADED.clip, files: [], missing: 'audio-missing' });
    expect(textOf(card)).toContain('MusicAPI does not give it out.');
    expect(textOf(card)).toContain('**Again** asks MusicAPI for it once more, for 3 credits.');
    expect(actionsOf(card)).toEqual([{ action: 'retry', taskId: TASK_ID }]);
  });

  it('links to a file that nothing makes small enough', () => {
    const text = textOf(cardOf({ clip: LOADED.clip, files: [], missing: 'too-large' }));
    expect(text).toContain('could not be made small enough');
    expect(text).toContain('A link like this stops working after a while.');
  });

  it('says that there is no file where the result names none', () => {
    const card = cardOf();
    expect(textOf(card)).toContain('MusicAPI made no file of it.');
    expect(labelsOf(card)).toEqual(['Again']);
  });

  it('names the host that is not allowed, without a button that costs', () => {
    const card = buildFilesCard(VIEW, TOOL, { kind: 'held', reason: 'unlisted-host', host: 'new.example' });
    expect(textOf(card)).toContain('new.example');
    expect(labelsOf(card)).toEqual([]);
  });

  it('lists the parts of a score', () => {
    const instruments = Array.from({ length: 25 }, (_, index) => ({ name: `Part ${index}`, notes: index }));
    const midi = { kind: 'midi', url: 'https://cdn.example/a.mid', instruments } as const;
    const card = buildFilesCard(VIEW, midi, { kind: 'loaded', freight: { clips: [LOADED] } });
    expect(textOf(card)).toContain('- Part 1: 1 note\n- Part 2: 2 notes');
    expect(textOf(card)).toContain('and 5 more parts');
    expectWithinLimits(card);
  });
});
