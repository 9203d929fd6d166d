import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import { sonic } from '../../../src/musicapi/engines/sonic.ts';

const clip = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
const upload = { ...clip, source: 'uploaded' } as const;
const file = { url: 'https://example.com/audio.mp3', name: 'audio.mp3' };
const create: Request = { operation: 'create', engine: 'sonic', prompt: 'rain' };
const extend: Request = { operation: 'extend', engine: 'sonic', clip, atSeconds: 90 };
const cover: Request = { operation: 'cover', engine: 'sonic', clip };

function build(request: Request) {
  return sonic.buildBody(request, { id: 'sonic-v6', isDefault: true });
}

const always = { mv: 'sonic-v6', use_suno_cdn: false };

describe('sonic.buildBody', () => {
  it('sends a prompt alone as a description', () => {
    expect(build(create)).toEqual({
      ...always,
      task_type: 'create_music',
      custom_mode: false,
      gpt_description_prompt: 'rain',
    });
  });

  it('sends a prompt beside tags or a title as a brief for lyrics', () => {
    const brief = {
      ...always,
      task_type: 'create_music',
      custom_mode: true,
      auto_lyrics: true,
      prompt: 'rain',
    };
    expect(build({ ...create, tags: 'jazz' })).toEqual({ ...brief, tags: 'jazz' });
    expect(build({ ...create, title: 'Drops' })).toEqual({ ...brief, title: 'Drops' });
  });

  it('sends an instrumental as a description, with tags and title passed along', () => {
    expect(build({ ...create, instrumental: true, tags: 'jazz', title: 'Drops' })).toEqual({
      ...always,
      task_type: 'create_music',
      custom_mode: false,
      gpt_description_prompt: 'rain',
      make_instrumental: true,
      tags: 'jazz',
      title: 'Drops',
    });
  });

  it('takes blank texts for none', () => {
    expect(build({ ...create, prompt: ' rain ', tags: ' ', title: '', avoid: ' ' })).toEqual(build(create));
  });

  it('sends what tunes a song by the names of MusicAPI', () => {
    const tuned = build({
      ...create,
      vocals: 'female',
      durationSeconds: 120,
      avoid: 'choir',
      styleWeight: 0,
      weirdness: 1,
    });
    expect(tuned).toMatchObject({
      vocal_gender: 'f',
      duration: 120,
      negative_tags: 'choir',
      style_weight: 0,
      weirdness_constraint: 1,
    });
    expect(build({ ...create, vocals: 'male' })).toMatchObject({ vocal_gender: 'm' });
  });

  it('never sends a field that was not asked for', () => {
    const sparse: Request = {
      ...create,
      tags: undefined,
      vocals: undefined,
      durationSeconds: undefined,
    };
    expect(Object.keys(build(sparse)).toSorted()).toEqual(Object.keys(build(create)).toSorted());
  });

  it('extends at a second, with lyrics, with a prompt, or with the lyrics of the clip', () => {
    const extension = { ...always, task_type: 'extend_music', continue_clip_id: 'clip-1', continue_at: 90 };
    expect(build(extend)).toEqual({ ...extension, custom_mode: true });
    expect(build({ ...extend, lyrics: 'la', tags: 'pop' })).toEqual({
      ...extension,
      custom_mode: true,
      prompt: 'la',
      tags: 'pop',
    });
    expect(build({ ...extend, prompt: 'louder' })).toEqual({
      ...extension,
      custom_mode: false,
      gpt_description_prompt: 'louder',
    });
  });

  it('covers with a weight that is the opposite of the strength', () => {
    const covered = { ...always, task_type: 'cover_music', continue_clip_id: 'clip-1', custom_mode: true };
    expect(build(cover)).toEqual(covered);
    expect(build({ ...cover, strength: 0.7 })).toEqual({ ...covered, audio_weight: 0.3 });
    expect(build({ ...cover, strength: 1 })).toEqual({ ...covered, audio_weight: 0 });
  });

  it('uses the task types for uploads on an uploaded clip', () => {
    expect(build({ ...extend, clip: upload, atSeconds: 0.1 })).toMatchObject({
      task_type: 'extend_upload_music',
      continue_at: 0.1,
    });
    expect(build({ ...cover, clip: upload })).toMatchObject({ task_type: 'cover_upload_music' });
  });

  it('sends lyrics alone for a new part as its prompt, too, and a prompt beside them as it is', () => {
    const part: Request = { operation: 'replace', engine: 'sonic', clip, fromSeconds: 0, toSeconds: 9 };
    const always = {
      mv: 'sonic-v6',
      use_suno_cdn: false,
      clip_id: 'clip-1',
      infill_start_s: 0,
      infill_end_s: 9,
      auto_concat: true,
    };
    expect(build({ ...part, lyrics: ' la ' })).toEqual({ ...always, prompt: 'la', infill_lyrics: 'la' });
    expect(build({ ...part, lyrics: 'la', prompt: 'soft' })).toEqual({
      ...always,
      prompt: 'soft',
      infill_lyrics: 'la',
    });
  });

  it.each<[Request, string]>([
    [
      { operation: 'mashup', engine: 'sonic', clip, secondClip: upload },
      'A mashup of both songs: their melodies and moods in one new song.',
    ],
    [{ operation: 'sample', engine: 'sonic', file }, 'A full song built on this sample.'],
    [
      { operation: 'upload-extend', engine: 'sonic', file },
      'The recording goes on in the same style and mood.',
    ],
    [
      { operation: 'upload-cover', engine: 'sonic', file },
      'A new version of this recording with the same melody.',
    ],
  ])('describes what has no words and no clip with words of its own: $operation', (request, description) => {
    const stock = { custom_mode: false, gpt_description_prompt: description };
    expect(build(request)).toMatchObject(stock);
    expect(build({ ...request, tags: 'jazz' })).toMatchObject({ ...stock, tags: 'jazz' });
    expect(build({ ...request, prompt: 'rain' })).toMatchObject({ gpt_description_prompt: 'rain' });
  });

  it('goes on from the very beginning of an upload, unless a time is given', () => {
    const request: Request = { operation: 'upload-extend', engine: 'sonic', file };
    expect(build(request)).toMatchObject({ continue_at: 0.1, auto_concat: false });
    expect(build({ ...request, atSeconds: 12.5 })).toMatchObject({ continue_at: 12.5 });
  });

  it('samples a clip or a file, with the times that were given', () => {
    expect(build({ operation: 'sample', engine: 'sonic', file, toSeconds: 9 })).toMatchObject({
      url: file.url,
      chop_sample_end_s: 9,
    });
    expect(build({ operation: 'sample', engine: 'sonic', clip })).not.toHaveProperty('url');
  });

  it.each([
    [{}, {}],
    [{ fromSeconds: 5 }, { vocal_start_s: 5 }],
    [{ toSeconds: 20 }, { vocal_start_s: 0, vocal_end_s: 20 }],
    [{ toSeconds: 50.3 }, { vocal_start_s: 20.3, vocal_end_s: 50.3 }],
    [
      { fromSeconds: 5, toSeconds: 20 },
      { vocal_start_s: 5, vocal_end_s: 20 },
    ],
  ])('looks for a voice in %j', (times, fields) => {
    expect(build({ operation: 'vox', engine: 'sonic', clip, ...times })).toEqual({
      clip_id: 'clip-1',
      ...fields,
    });
  });
});
