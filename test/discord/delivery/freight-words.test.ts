import { describe, expect, it } from 'vitest';
import type { LoadedClip } from '../../../src/discord/delivery/freight.ts';
import { explainFreight } from '../../../src/discord/delivery/freight-words.ts';
import type { Media } from '../../../src/media/download.ts';
import { CLIP } from '../support/examples.ts';

const MIB = 1024 * 1024;
const MP3: Media = {
  bytes: Buffer.alloc(1),
  extension: 'mp3',
  mime: 'audio/mpeg',
  contentType: 'audio/mpeg',
};
const clip = { ...CLIP, title: 'Rain', audioUrl: 'https://cdn.example/rain.wav' };
const AS_IT_IS: LoadedClip = { clip, files: [MP3] };
const shrunk = (kbps: number | undefined, files = [MP3], isRefused = false): LoadedClip => ({
  clip,
  files,
  shrinkage: { originalBytes: 23.41 * MIB, limitBytes: 10 * MIB, isRefused, kbps },
});
const lost = (missing: 'audio-missing' | 'not-audio' | 'too-large'): LoadedClip => ({
  clip,
  files: [],
  missing,
});
const say = (...clips: LoadedClip[]) => explainFreight({ clips })?.reason;

describe('explainFreight', () => {
  it('says nothing about files that are as they were made', () => {
    expect(explainFreight({ clips: [AS_IT_IS, AS_IT_IS] })).toBeUndefined();
  });

  it('names both sizes, what the file is now, and where the original is', () => {
    expect(explainFreight({ clips: [shrunk(160)] })).toEqual({
      reason:
        'The original (23.5 MiB) is larger than the 10 MiB that fit here, so this is an MP3 at 160 kbit/s.',
      links: [{ name: 'Rain', url: 'https://cdn.example/rain.wav' }],
    });
  });

  it.each([
    ['a FLAC', [shrunk(undefined)], 'so this is a FLAC, which sounds the same.'],
    ['pieces', [shrunk(96, [MP3, MP3])], 'so it comes in 2 pieces (MP3 at 96 kbit/s).'],
    ['a refusal', [shrunk(128, [MP3], true)], 'Discord refused the original (23.5 MiB) as too large, so'],
    [
      'one of several',
      [AS_IT_IS, shrunk(160)],
      '1 of the files was made smaller (MP3 at 160 kbit/s): larger ones than 10 MiB cannot be attached here.',
    ],
    ['several', [shrunk(160), shrunk(96)], '2 of the files were made smaller (MP3 at 96 kbit/s or better)'],
    [
      'one too large',
      [lost('too-large')],
      'The file is too large to attach here. It could not be made small',
    ],
    ['two too large', [lost('too-large'), lost('too-large')], '2 of the files are too large to attach here.'],
    ['no audio', [lost('not-audio')], 'what MusicAPI gave out is not audio'],
    ['nothing to be had', [lost('audio-missing')], 'MusicAPI does not give it out'],
  ])('has words for %s', (_, clips, words) => {
    expect(say(...clips)).toContain(words);
  });

  it('links to what could be fetched, not to what MusicAPI does not give out', () => {
    const links = (loaded: LoadedClip) => explainFreight({ clips: [loaded] })?.links.length;
    expect([lost('too-large'), lost('audio-missing'), lost('not-audio')].map(links)).toEqual([1, 0, 0]);
  });

  it('says why there is an archive', () => {
    const clips = Array.from({ length: 60 }, () => AS_IT_IS);
    expect(explainFreight({ clips, archive: MP3 })?.reason).toContain('There are 60 files');
  });
});
