import { describe, expect, it } from 'vitest';
import {
  placeInClip,
  placeInFile,
  planOnClip,
  UPLOAD_START_SECONDS,
} from '../../../src/discord/clips/clip-defaults.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { CLIP, CLIP_REFERENCE } from '../support/examples.ts';

const catalogue = createCatalogue();
const cover = catalogue.get('sonic', 'cover');
const extend = catalogue.get('sonic', 'extend');
const found = { reference: CLIP_REFERENCE, clip: { ...CLIP, lyrics: 'la la la' } };

describe('planOnClip', () => {
  it('takes from the clip what was left out', () => {
    expect(planOnClip(cover, found, {})).toEqual({
      operation: 'cover',
      engine: 'sonic',
      clip: CLIP_REFERENCE,
      lyrics: 'la la la',
      tags: 'synthwave, female voice',
      title: 'Neon Rain',
    });
  });

  it('keeps what was typed, and a prompt takes the place of the lyrics', () => {
    const planned = planOnClip(cover, found, { prompt: 'a quiet bridge', tags: 'folk' });
    expect(planned).toMatchObject({ prompt: 'a quiet bridge', tags: 'folk', title: 'Neon Rain' });
    expect(planned.lyrics).toBeUndefined();
    expect(planOnClip(cover, found, { lyrics: 'mine' }).lyrics).toBe('mine');
  });

  it('knows nothing of an unknown clip', () => {
    const planned = planOnClip(cover, { reference: CLIP_REFERENCE }, { tags: 'folk' });
    expect(planned).toEqual({ operation: 'cover', engine: 'sonic', clip: CLIP_REFERENCE, tags: 'folk' });
  });

  it('cuts what the provider wrote itself to what it takes back, between whole characters', () => {
    const clip = { ...CLIP, title: '🎸'.repeat(81), tags: 'x'.repeat(1_001), lyrics: 'y'.repeat(5_001) };
    const texts = planOnClip(cover, { reference: CLIP_REFERENCE, clip }, {});
    expect(texts.title).toBe('🎸'.repeat(80));
    expect(texts.tags).toHaveLength(1_000);
    expect(texts.lyrics).toHaveLength(5_000);
  });

  it('takes over only what the engine takes', () => {
    const reference = { ...CLIP_REFERENCE, engine: 'producer' } as const;
    const clip = { ...found.clip, engine: 'producer' } as const;
    const planned = planOnClip(catalogue.get('producer', 'cover'), { reference, clip }, {});
    expect(planned.lyrics).toBeUndefined();
    expect(planned.title).toBeUndefined();
    expect(planned.tags).toBe('synthwave, female voice');
  });

  it('extends from the end, an upload from its start, and asks where the length is not known', () => {
    expect(planOnClip(extend, found, {}).atSeconds).toBe(125.4);
    const upload = { ...CLIP_REFERENCE, source: 'uploaded' } as const;
    expect(planOnClip(extend, { ...found, reference: upload }, {}).atSeconds).toBe(UPLOAD_START_SECONDS);
    expect(() => planOnClip(extend, { reference: CLIP_REFERENCE }, {})).toThrow('how long this clip is');
  });

  it('refuses a part of the song that lies behind its end', () => {
    const replace = catalogue.get('sonic', 'replace');
    const part = { fromSeconds: 10, toSeconds: 126 };
    expect(() => planOnClip(replace, found, part)).toThrow('2:06 is past the end: the clip is 2:05 long.');
    expect(planOnClip(replace, found, { ...part, toSeconds: 125.8 }).toSeconds).toBe(125.4);
  });
});

describe('placeInClip', () => {
  it('takes any moment up to the end, and the rounded end as the end', () => {
    expect(placeInClip(CLIP, 60)).toBe(60);
    expect(placeInClip(CLIP, 125.8)).toBe(125.4);
    expect(() => placeInClip(CLIP, 126)).toThrow('past the end');
  });

  it('takes every moment of a clip whose length is not known', () => {
    expect(placeInClip(undefined, 5_000)).toBe(5_000);
    expect(placeInClip({ ...CLIP, durationSeconds: undefined }, 5_000)).toBe(5_000);
  });
});

describe('placeInFile', () => {
  const file = { url: 'https://cdn.discordapp.com/a.mp3', name: 'a.mp3', durationSeconds: 12.3 };

  it('takes the moments of the file, and the rounded end as the end', () => {
    const typed = { fromSeconds: 0, toSeconds: 12.5, prompt: 'more' };
    expect(placeInFile(file, typed)).toEqual({ fromSeconds: 0, toSeconds: 12.3 });
    expect(placeInFile({ ...file, durationSeconds: undefined }, { atSeconds: 500 })).toEqual({
      atSeconds: 500,
    });
  });

  it.each(['atSeconds', 'fromSeconds', 'toSeconds'])('refuses %s behind the end', (name) => {
    expect(() => placeInFile(file, { [name]: 13 })).toThrow(
      '0:13 is past the end: the file is 0:12 long. Nothing was spent.',
    );
  });
});
