import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import { nuro } from '../../../src/musicapi/engines/nuro.ts';
import { findBgmWords, findVocalWords } from '../../../src/musicapi/engines/nuro-words.ts';

const MODEL = { id: 'nuro', isDefault: true };
const PLACE = { method: 'GET', path: '/nuro/task/t' };
const background: Request = { operation: 'create', engine: 'nuro', prompt: 'a quiet evening' };

function build(request: Partial<Request>) {
  return nuro.buildBody({ ...background, ...request }, MODEL);
}

function read(body: unknown, status = 200) {
  return nuro.readTask({ status, body, raw: JSON.stringify(body) ?? '' }, PLACE, {
    providerTaskId: 'task-1',
  });
}

describe('nuro.buildBody', () => {
  it('makes background music of a minute from a prompt', () => {
    expect(build({ title: 'Dusk', model: 'nuro' })).toEqual({
      type: 'bgm',
      version: 'v2.0',
      description: 'a quiet evening',
      duration: 60,
    });
    expect(build({ durationSeconds: 30, tags: 'piano', instrumental: true })).toEqual({
      type: 'bgm',
      version: 'v2.0',
      description: 'a quiet evening, piano',
      duration: 30,
    });
  });

  it('uses the older kind below 30 seconds, which v2.0 does not make', () => {
    expect(build({ durationSeconds: 29 })).toEqual({
      type: 'bgm',
      description: 'a quiet evening',
      duration: 29,
    });
  });

  it('sings lyrics, and for a voice what stands in the prompt', () => {
    expect(build({ prompt: undefined, lyrics: ' la la ' })).toEqual({ type: 'vocal', lyrics: 'la la' });
    expect(build({ vocals: 'male', durationSeconds: 90 })).toEqual({
      type: 'vocal',
      lyrics: 'a quiet evening',
      gender: 'Male',
      duration: 90,
    });
  });
});

describe('findVocalWords', () => {
  it.each([
    ['pop, HAPPY, warm', { genre: 'Pop', mood: 'Happy', timbre: 'Warm' }],
    ['hip-hop', { genre: 'Hip Hop/Rap' }],
    ['Rap; soul', { genre: 'Hip Hop/Rap' }],
    ['r&b\nlonely', { genre: 'R&B/Soul', mood: 'Sentimental/Melancholic/Lonely' }],
    ['sweet, sad', { mood: 'Sorrow/Sad', timbre: 'Sweet_AUDIO_TIMBRE' }],
    ['Dynamic/Energetic', { mood: 'Dynamic/Energetic' }],
    ['lofi, vinyl', {}],
    [' , ;', {}],
  ])('finds in %j the first of each kind', (tags, words) => {
    expect(findVocalWords(tags)).toEqual({ genre: undefined, mood: undefined, timbre: undefined, ...words });
  });

  it('finds nothing in no tags', () => {
    expect(Object.values(findVocalWords(undefined))).toEqual([undefined, undefined, undefined]);
  });
});

describe('findBgmWords', () => {
  it('puts each tag where it belongs', () => {
    expect(findBgmWords('Video-Game, Epic, drums, synth, intense, lamps')).toEqual({
      genre: ['video game', 'epic'],
      mood: ['intense'],
      instrument: ['drums', 'synth'],
      theme: [],
    });
  });
});

describe('nuro.readTask', () => {
  it.each(['pending', 'running', 'Running'])('waits while the status is %s', (status) => {
    const found = read({ task_id: 't', status, audio_url: '' });
    expect(found).toMatchObject({ state: 'running', clips: [{ audioUrl: undefined }] });
    expect(found).not.toHaveProperty('unrecognised');
  });

  it('waits for a song that is said to be done but has no audio, and names a status that nobody knows', () => {
    expect(read({ status: 'succeeded', audio_url: '' })).toMatchObject({ state: 'running' });
    expect(read({ status: 'mixing' })).toMatchObject({ state: 'running', unrecognised: 'mixing' });
  });

  it('takes the song from within data, too', () => {
    expect(read({ data: { status: 'succeeded', audio_url: 'https://a/b.wav' } })).toMatchObject({
      state: 'succeeded',
      clips: [{ clipId: 'task-1', audioUrl: 'https://a/b.wav' }],
    });
  });

  it.each([undefined, null, ''])('names the song after its task when its clip id is %s', (clip_id) => {
    const found = read({ task_id: 't', clip_id, status: 'succeeded', audio_url: 'https://a/b.wav' });
    expect(found).toMatchObject({ state: 'succeeded', clips: [{ audioUrl: 'https://a/b.wav' }] });
    expect(found).toMatchObject({ clips: [{ clipId: 'task-1' }] });
  });

  it('fails by its status, by a refund, and by 504', () => {
    expect(read({ task_id: 't', status: 'failed', message: 'too long' })).toEqual({
      state: 'failed',
      failure: { kind: 'task-failed', text: 'too long' },
    });
    expect(read({ type: 'forbidden', message: 'queue full', refund_processed: true }, 403)).toMatchObject({
      failure: { kind: 'task-failed', text: 'queue full' },
    });
    expect(read({ type: 'timeout', message: 'Task failed', refund_processed: true }, 504)).toMatchObject({
      failure: { kind: 'task-timeout' },
    });
  });

  it('knows from an error without a refund nothing about the task', () => {
    expect(() => read({ type: 'api_error', message: 'oops', refund_processed: false }, 500)).toThrow(
      'unavailable',
    );
    expect(() => read({ type: 'not_found', message: 'Task not found' }, 404)).toThrow('not-found');
    expect(() => read({ type: 'gone', message: 'retired' }, 410)).toThrow('gone');
    expect(() => read(undefined)).toThrow('malformed');
  });
});
