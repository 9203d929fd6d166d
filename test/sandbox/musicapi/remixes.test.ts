import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, finish, LYRIC_SONG, submit } from './client.ts';
import { makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;
let clip: string;
let other: string;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [3, 4] } });
  clip = api.addForeignClip({ durationS: 12, tags: 'folk', lyrics: '[Verse]\nOld words' });
  other = api.addForeignClip({ durationS: 9, tags: 'rock' });
});

afterEach(() => api.close());

const DESCRIBED = { custom_mode: false, mv: 'sonic-v6', gpt_description_prompt: 'a dusty beat' };
const songs = () => api.tasks[0]?.clips.map(({ audio }) => audio.song) ?? [];

/** Sends a body and expects that it is refused and costs nothing. */
async function expectRefusal(path: string, body: object, text: string): Promise<void> {
  const answer = await call(api, 'POST', path, body);
  expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
  expect(api.tasks).toEqual([]);
  expect(api.credits().credits).toBe(1000);
}

describe('POST /sonic/sample', () => {
  const part = { chop_sample_start_s: 2, chop_sample_end_s: 8 };

  it('makes a new song on the chords of a part of a clip', async () => {
    const clips = await finish(api, { sample_clip_id: clip, ...part, ...DESCRIBED }, '/sonic/sample');
    expect(clips.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(clips[0].gpt_description_prompt).toBe('a dusty beat');
    expect(songs()).toMatchObject([
      { scoreSeed: clip, startS: 2 },
      { scoreSeed: clip, startS: 2 },
    ]);
    expect(new Set(songs().map(({ melodySeed }) => melodySeed)).size).toBe(2);
    expect(api.tasks).toMatchObject([{ operation: 'sample', price: 14 }]);
  });

  it('takes an address instead of a clip, and all of it when no times are named', async () => {
    const files = await startFileServer();
    const url = files.offer('hum.wav', { bytes: makeWav(5) });
    const answer = await call(api, 'POST', '/sonic/sample', { url, ...DESCRIBED });
    await files.close();
    expect(answer.body).toEqual({ message: 'success', task_id: api.tasks[0]?.taskId });
    expect(songs()[0]?.startS).toBe(0);
    expect(files.requests).toEqual(['HEAD /hum.wav', 'GET /hum.wav']);
  });

  it.each([
    [{ sample_clip_id: undefined }, "Exactly one of the fields 'sample_clip_id' and 'url'"],
    [{ url: 'http://127.0.0.1:1/a.wav' }, "Exactly one of the fields 'sample_clip_id' and 'url'"],
    [{ sample_clip_id: 'nobody' }, 'clip not found.'],
    [{ chop_sample_end_s: 13 }, 'should lie inside the clip'],
    [{ chop_sample_start_s: 8 }, "'chop_sample_end_s' field should be greater"],
    [{ chop_sample_start_s: -1 }, "'chop_sample_start_s'"],
    [{ mv: undefined }, "'mv' field is invalid"],
    [{ custom_mode: true }, "'prompt' field is required"],
    [{ gpt_description_prompt: undefined }, "'gpt_description_prompt' field is required"],
    [{ duration: 60 }, "'duration' field is not supported for sample."],
  ])('is refused with %o', async (changes, text) => {
    await expectRefusal('/sonic/sample', { sample_clip_id: clip, ...part, ...DESCRIBED, ...changes }, text);
  });
});

describe('POST /sonic/mashup', () => {
  it('makes a new song of the chords of one clip and the melody of another', async () => {
    const body = { mashup_clip_ids: [clip, other], ...DESCRIBED, title: 'Both' };
    const clips = await finish(api, body, '/sonic/mashup');
    expect(clips).toMatchObject([{ title: 'Both', state: 'succeeded' }, { title: 'Both' }]);
    expect(songs()).toMatchObject([
      { scoreSeed: clip, melodySeed: other },
      { scoreSeed: clip, melodySeed: other },
    ]);
    expect(songs()[0]?.soundSeed).not.toBe(songs()[1]?.soundSeed);
    expect(api.tasks).toMatchObject([{ operation: 'mashup', price: 14 }]);
  });

  it.each([
    [undefined, 'exactly two clip ids'],
    [[], 'exactly two clip ids'],
    [['CLIP'], 'exactly two clip ids'],
    [['CLIP', 'OTHER', 'CLIP'], 'exactly two clip ids'],
    [['CLIP', 7], 'exactly two clip ids'],
    [['CLIP', 'nobody'], 'clip not found.'],
  ])('is refused with the clips %o', async (ids, text) => {
    const named = ids?.map((id) => (id === 'CLIP' ? clip : id === 'OTHER' ? other : id));
    await expectRefusal('/sonic/mashup', { mashup_clip_ids: named, ...DESCRIBED }, text);
  });

  it.each([
    [{ mv: 'sonic-v7' }, "'mv' field is invalid"],
    [{ custom_mode: undefined }, "'custom_mode' field is required"],
    [{ custom_mode: true }, "'prompt' field is required"],
    [{ duration: 60 }, "'duration' field is not supported for mashup."],
  ])('is refused with %o', async (changes, text) => {
    await expectRefusal('/sonic/mashup', { mashup_clip_ids: [clip, other], ...DESCRIBED, ...changes }, text);
  });
});

describe('POST /sonic/replace-section', () => {
  const place = { mv: 'sonic-v6', infill_start_s: 3, infill_end_s: 5 };
  const styled = { ...place, prompt: 'soaring chorus with layered harmonies' };

  it('answers the new part alone, as long as the place and at that place in the song', async () => {
    const clips = await finish(api, { clip_id: clip, ...styled }, '/sonic/replace-section');
    expect(clips.map(({ state, duration }) => [state, duration])).toEqual([
      ['succeeded', '2.00'],
      ['succeeded', '2.00'],
    ]);
    expect(songs()).toMatchObject([{ scoreSeed: clip, startS: 3, soundSeed: clip }, { startS: 3 }]);
    expect(api.tasks).toMatchObject([{ operation: 'replace-section', price: 20 }]);
  });

  it('sings new lyrics where it is given some, and leaves the rest of the song alone', async () => {
    const body = { clip_id: clip, ...place, prompt: '[Verse]\nOld words', infill_lyrics: 'New words' };
    const [pair] = await finish(api, { ...body, auto_concat: true }, '/sonic/replace-section');
    expect(pair.replaced.lyrics).toBe('New words');
    expect(pair.full).toMatchObject({ duration: '12.00', lyrics: '[Verse]\nOld words\n\nNew words' });
    const pieces = api.tasks[0]?.clips[2]?.audio.song.pieces ?? [];
    expect(pieces.map(({ startS, lengthS }) => [startS, lengthS])).toEqual([
      [0, 3],
      [3, 2],
      [5, 7],
    ]);
    expect(pieces.map(({ melodySeed }) => melodySeed === clip)).toEqual([true, false, true]);
  });

  it('reaches to either end of the song', async () => {
    const all = { clip_id: clip, ...styled, infill_start_s: 0, infill_end_s: 12, auto_concat: true };
    const [pair] = await finish(api, all, '/sonic/replace-section');
    expect(pair.full.duration).toBe('12.00');
  });

  it('is no extension that could be joined', async () => {
    const [part] = await finish(api, { clip_id: clip, ...styled }, '/sonic/replace-section');
    const concat = { task_type: 'concat_music', continue_clip_id: part.clip_id };
    expect((await call(api, 'POST', '/sonic/create', concat)).status).toBe(400);
  });

  it.each([
    [{ clip_id: undefined }, "'clip_id' field is required"],
    [{ clip_id: 'nobody' }, 'clip not found.'],
    [{ mv: undefined }, "'mv' field is invalid"],
    [{ infill_start_s: undefined }, "'infill_start_s' field is required"],
    [{ infill_end_s: undefined }, "'infill_end_s' field is required"],
    [{ infill_end_s: 3 }, "'infill_end_s' field should be greater than the 'infill_start_s' field."],
    [{ infill_end_s: 12.2 }, 'should lie inside the clip'],
    [{ infill_start_s: '3' }, "'infill_start_s' field should be a number"],
    [{ prompt: undefined }, "'prompt' field is required"],
    [{ infill_lyrics: 'a'.repeat(5001) }, 'infill_lyrics character length'],
    [{ duration: 60 }, "'duration' field is not supported"],
  ])('is refused with %o', async (changes, text) => {
    await expectRefusal('/sonic/replace-section', { clip_id: clip, ...styled, ...changes }, text);
  });
});

describe('clips that are not ready', () => {
  it('are refused everywhere', async () => {
    await submit(api, LYRIC_SONG);
    const id = api.tasks[0]?.clips[0]?.clipId;
    const bodies: [string, object][] = [
      ['/sonic/sample', { sample_clip_id: id, ...DESCRIBED }],
      ['/sonic/mashup', { mashup_clip_ids: [id, clip], ...DESCRIBED }],
      [
        '/sonic/replace-section',
        { clip_id: id, mv: 'sonic-v6', infill_start_s: 0, infill_end_s: 1, prompt: 'x' },
      ],
    ];
    for (const [path, body] of bodies) {
      expect((await call(api, 'POST', path, body)).body.error).toBe('The clip is not ready yet.');
    }
  });
});

describe('the create rate', () => {
  it('is one for all endpoints that answer with a task', async () => {
    const strict = await startLocalMusicApi({ now: () => 1_700_000_000_000 });
    await submit(
      strict,
      { mashup_clip_ids: [strict.addForeignClip(), strict.addForeignClip()], ...DESCRIBED },
      '/sonic/mashup',
    );
    for (const path of [
      '/sonic/create',
      '/sonic/sample',
      '/sonic/replace-section',
      '/sonic/upload-extend',
      '/sonic/upload-cover',
      '/producer/create',
      '/producer/upload',
      '/producer/download',
      '/nuro/create',
    ]) {
      const answer = await call(strict, 'POST', path, {});
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 429, '3']);
    }
    await strict.close();
  });
});
