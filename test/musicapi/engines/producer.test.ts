import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import { UserError } from '../../../src/errors.ts';
import { producer } from '../../../src/musicapi/engines/producer.ts';
import { MusicApiError } from '../../../src/musicapi/errors.ts';
import { producerClip as clip, file } from '../requests.ts';

const DEFAULT = { id: 'lyria-3-pro', isDefault: true };
const PLACE = { method: 'GET', path: '/producer/task/t' };
const create: Request = { operation: 'create', engine: 'producer', prompt: 'rain' };

function build(request: Request, model = DEFAULT) {
  return producer.buildBody(request, model);
}

function read(body: unknown, request: Request = create, status = 200) {
  const answer = { status, body, raw: JSON.stringify(body) };
  return producer.readTask(answer, PLACE, { providerTaskId: 't', request });
}

const good = { clip_id: 'clip-c', state: 'succeeded', audio_url: 'https://storage.googleapis.com/c.m4a' };

describe('producer.buildBody', () => {
  it('says in one text how a song is to sound, and that nobody sings', () => {
    expect(build({ ...create, tags: ' jazz, slow ', instrumental: true })).toEqual({
      task_type: 'create_music',
      sound: 'rain, jazz, slow, instrumental, no vocals',
    });
    expect(build({ ...create, instrumental: false })).toEqual({ task_type: 'create_music', sound: 'rain' });
  });

  it('names a model that is not the default', () => {
    expect(build(create, { id: 'lyria-4', isDefault: false })).toMatchObject({ mv: 'lyria-4' });
  });

  it('never sends an instruction that says nothing', () => {
    expect(build({ operation: 'extend', engine: 'producer', clip, atSeconds: 45, lyrics: 'la' })).toEqual({
      task_type: 'extend_music',
      clip_id: 'clip-p',
      starts_at: 45,
      instruction: 'Continue in the same style and mood.',
      lyrics: 'la',
    });
    expect(build({ operation: 'cover', engine: 'producer', clip, strength: 0 })).toEqual({
      task_type: 'cover_music',
      clip_id: 'clip-p',
      instruction: 'A new version with the same melody.',
      strength: 0,
    });
  });

  it('knows no operation of other engines', () => {
    expect(() => build({ operation: 'remaster', engine: 'producer', clip })).toThrow(UserError);
  });
});

describe('producer.readTask', () => {
  it.each(['PENDING', 'running', 'QUEUED'])('waits while the status of the task is %s', (status) => {
    expect(read({ code: 200, status, data: null })).toEqual({ state: 'running', clips: [] });
    expect(read({ status, data: [{ clip_id: 'clip-c', audio_url: good.audio_url }] })).toMatchObject({
      state: 'running',
      clips: [{ clipId: 'clip-c', audioUrl: good.audio_url }],
    });
  });

  it('fails with the reason when the status of the task is FAILED', () => {
    expect(read({ code: 200, status: 'FAILED', error: 'too loud', data: [] })).toEqual({
      state: 'failed',
      failure: { kind: 'task-failed', text: 'too loud' },
    });
    expect(read({ status: 'failed', message: 'success' })).toMatchObject({
      failure: { text: 'no reason given' },
    });
  });

  it('takes a single clip for a list of one, and clips without any state for done', () => {
    expect(read({ code: 200, data: good })).toMatchObject({
      state: 'succeeded',
      clips: [{ clipId: 'clip-c' }],
    });
    const { state: _state, ...bare } = good;
    expect(read({ code: 200, data: [bare] })).toMatchObject({ state: 'succeeded' });
  });

  it('believes the state of a clip before that of the task', () => {
    expect(read({ status: 'SUCCESS', data: [{ ...good, state: 'running' }] })).toMatchObject({
      state: 'running',
    });
    expect(read({ status: 'SUCCESS', data: [{ ...good, state: 'failed', error: 'no' }] })).toMatchObject({
      state: 'failed',
      failure: { text: 'no' },
    });
  });

  it('names a state that nobody knows', () => {
    expect(read({ data: [{ ...good, state: 'mastering' }] })).toMatchObject({
      state: 'running',
      unrecognised: 'mastering',
    });
  });

  it('waits for a clip that has no audio, and takes the wav where there is nothing else', () => {
    expect(read({ data: [{ clip_id: 'clip-c', state: 'succeeded' }] })).toMatchObject({ state: 'running' });
    expect(
      read({ data: [{ clip_id: 'clip-c', state: 'succeeded', wav_url: 'https://a/c.wav' }] }),
    ).toMatchObject({
      state: 'succeeded',
      clips: [{ audioUrl: 'https://a/c.wav' }],
    });
  });

  it('hears an upload where its file is, when MusicAPI names no address', () => {
    const request: Request = { operation: 'upload', engine: 'producer', file };
    expect(read({ data: [{ clip_id: 'clip-c' }] }, request)).toMatchObject({
      state: 'succeeded',
      clips: [{ clipId: 'clip-c', audioUrl: file.url }],
    });
    expect(read({ data: [{ ...good, clip_id: 'clip-c' }] }, request)).toMatchObject({
      clips: [{ audioUrl: good.audio_url }],
    });
  });

  it.each<[string, unknown]>([
    [
      'a list of files',
      {
        data: {
          files: [
            { format: 'mp3', url: 'https://a/c.mp3' },
            { format: 'WAV', url: 'https://a/c.wav' },
          ],
        },
      },
    ],
    ['an address by its format', { data: [{ ...good, wav_url: 'https://a/c.wav' }] }],
    ['an address of its own', { data: { download_url: 'https://a/c.wav' } }],
    ['the address of a clip', { data: [{ ...good, audio_url: 'https://a/c.wav' }] }],
    ['an address beside the message', { code: 200, url: 'https://a/c.wav', message: 'success' }],
  ])('finds the file of a download in %s', (_, body) => {
    const request: Request = { operation: 'download', engine: 'producer', clip, format: 'wav' };
    const found = read(body, request);
    expect(found).toMatchObject({ state: 'succeeded', clips: [] });
    expect(found).toHaveProperty('tool.files[0]', { format: 'wav', url: 'https://a/c.wav' });
  });

  it('waits for the file of a download', () => {
    const request: Request = { operation: 'download', engine: 'producer', clip, format: 'wav' };
    expect(read({ code: 200, data: [] }, request)).toEqual({ state: 'running', clips: [] });
    const { state: _state, ...bare } = good;
    for (const body of [
      { status: 'RUNNING', data: [bare] },
      { status: 'PENDING', url: 'https://a/b.wav' },
      { data: [{ ...good, state: 'running' }] },
    ]) {
      expect(read(body, request)).toEqual({ state: 'running', clips: [] });
    }
    expect(read({ data: [{ state: 'failed', error: 'no' }] }, request)).toMatchObject({
      failure: { text: 'no' },
    });
    expect(read({ type: 'failed', error: 'no' }, request, 500)).toMatchObject({ state: 'failed' });
  });

  it.each([
    [404, 'not-found'],
    [410, 'gone'],
    [500, 'unavailable'],
    [401, 'not-authorised'],
  ])('says with %i nothing about the task: %s', (status, kind) => {
    const error = (() => {
      try {
        return read({ error: 'no' }, create, status);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(MusicApiError);
    expect(error).toMatchObject({ kind, status });
  });
});
