import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeAudio } from '../../../sandbox/musicapi/media/encode.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, finish, LYRIC_SONG, poll, submit } from './client.ts';
import { type FileServer, makeWav, startFileServer } from './file-server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let api: LocalMusicApi;
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
});

afterAll(() => files.close());

beforeEach(async () => {
  api = await startLocalMusicApi({
    createIntervalMs: 3_000,
    seed: 'persona',
    lengths: { songSeconds: [1, 2] },
  });
});

afterEach(() => api.close());

const post = (path: string, body: unknown) => call(api, 'POST', `/sonic/${path}`, body);

/** A song with a persona. */
const sing = (personaId: string) =>
  post('create', { ...LYRIC_SONG, task_type: 'persona_music', persona_id: personaId });

describe('POST /sonic/persona', () => {
  it('makes a singer of a clip at once, for one credit, who can be sung with', async () => {
    const [clip] = await finish(api, LYRIC_SONG);
    const answer = await post('persona', {
      name: 'My Custom Voice',
      clip_id: clip.clip_id,
      describe: 'Warm, soulful vocal with smooth tone',
      styles: 'soul, r&b, smooth',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      persona_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: 'success',
    });
    expect(api.credits().credits).toBe(979);
    expect((await sing(answer.body.persona_id)).status).toBe(200);
  });

  it('understands the older fields', async () => {
    const answer = await post('persona', {
      name: 'test persona',
      description: 'Pop, rap, rhythmic male bass',
      continue_clip_id: api.addForeignClip({ uploaded: true }),
    });
    expect(answer.status).toBe(200);
  });

  it('makes different singers of the same clip', async () => {
    const body = { name: 'Twin', clip_id: api.addForeignClip() };
    const first = await post('persona', body);
    expect((await post('persona', body)).body.persona_id).not.toBe(first.body.persona_id);
  });

  it('takes a voice of the clip with the very range that it was taken from', async () => {
    const clipId = api.addForeignClip({ lyrics: 'la la' });
    const range = { vocal_start_s: 2, vocal_end_s: 9 };
    const { data } = (await post('vox', { clip_id: clipId, ...range })).body;
    const body = { name: 'Ann', clip_id: clipId, vox_audio_id: data.vox_audio_id };
    expect((await post('persona', { ...body, ...range })).status).toBe(200);
    for (const other of [{}, { ...range, vocal_end_s: 8 }]) {
      const answer = await post('persona', { ...body, ...other });
      expect([answer.status, answer.body.error]).toEqual([
        400,
        expect.stringContaining('should match the vox'),
      ]);
    }
    const elsewhere = await post('persona', { ...body, clip_id: api.addForeignClip(), ...range });
    expect([elsewhere.status, elsewhere.body.error]).toEqual([400, 'vox audio not found.']);
    expect(api.credits().credits).toBe(998);
  });

  it('takes a name of 79 characters and refuses one of 80', async () => {
    const clip = { clip_id: api.addForeignClip() };
    expect((await post('persona', { ...clip, name: 'x'.repeat(79) })).status).toBe(200);
    const answer = await post('persona', { ...clip, name: 'x'.repeat(80) });
    expect([answer.status, answer.body.error]).toEqual([
      400,
      'The name character length should be less than 80.',
    ]);
  });

  it.each([
    [{ name: undefined }, 400, "'name' field is required"],
    [{ name: ' ' }, 400, "'name' field is required"],
    [{ clip_id: undefined }, 400, "'clip_id' field is required"],
    [{ clip_id: '8ce9770b-ec3b-4029-a3e3-4b8db20da7d1' }, 400, 'clip not found.'],
    [{ describe: 'x'.repeat(201) }, 400, 'describe character length'],
    [{ describe: 'like Taylor Swift' }, 403, 'artist names'],
  ])('refuses %o', async (changes, status, text) => {
    const body = { name: 'Ann', clip_id: api.addForeignClip(), ...changes };
    const answer = await post('persona', body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(text)]);
    expect(api.credits().credits).toBe(1000);
  });

  it('refuses a clip that is a day old', async () => {
    const clipId = api.addForeignClip();
    api.advance(DAY_MS);
    const answer = await post('persona', { name: 'Ann', clip_id: clipId });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('last 24 hours')]);
  });

  it('keeps the personas of a key from other keys', async () => {
    const { persona_id: personaId } = (await post('persona', { name: 'Ann', clip_id: api.addForeignClip() }))
      .body;
    const body = { ...LYRIC_SONG, task_type: 'persona_music', persona_id: personaId };
    expect((await call(api, 'POST', '/sonic/create', body, api.addKey())).body.error).toBe(
      'persona not found.',
    );
  });
});

describe('POST /sonic/create-voice', () => {
  const offerVoice = () => files.offer('voice.wav', { bytes: makeWav(11) });

  it('answers with a task for four credits, whose result is a persona', async () => {
    const answer = await post('create-voice', { audio_url: offerVoice(), name: 'Me' });
    expect([answer.status, answer.body]).toEqual([200, { message: 'success', task_id: expect.any(String) }]);
    expect(api.credits().credits).toBe(996);
    const taskId = answer.body.task_id;
    expect((await poll(api, taskId)).status).toBe(202);
    api.advance(60_000);
    const done = await poll(api, taskId);
    expect([done.status, done.body]).toEqual([
      200,
      {
        code: 200,
        data: { persona_id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Me' },
        message: 'success',
      },
    ]);
    expect((await sing(done.body.data.persona_id)).status).toBe(200);
  });

  it('is reported to a webhook with its persona', async () => {
    const taskId = await submit(
      api,
      { audio_url: offerVoice(), webhook_url: 'http://127.0.0.1:1/hook' },
      '/sonic/create-voice',
    );
    api.advance(60_000);
    await expect.poll(() => api.webhooks.length).toBe(1);
    const [report] = api.webhooks;
    expect(report?.event).toBe('song.completed');
    expect(JSON.parse(report?.body ?? '')).toEqual({
      ...(await poll(api, taskId)).body,
      task_id: taskId,
      platform: 'suno',
    });
  });

  it('is a create for the rate', async () => {
    const url = offerVoice();
    await submit(api, { audio_url: url }, '/sonic/create-voice');
    expect((await post('create-voice', { audio_url: url })).status).toBe(429);
    expect((await post('create', LYRIC_SONG)).status).toBe(429);
  });

  it('can fail, which gives the credits back and leaves no persona', async () => {
    api.nextTask('fail', 'create-voice');
    const taskId = await submit(api, { audio_url: offerVoice() }, '/sonic/create-voice');
    api.advance(60_000);
    const answer = await poll(api, taskId);
    expect([answer.status, answer.body.type]).toEqual([500, 'failed']);
    expect(api.credits().credits).toBe(1000);
  });

  it.each([
    ['ten seconds', { bytes: makeWav(10) }, 'longer than 10 seconds'],
    ['a failed probe', { bytes: makeWav(11), headStatus: 405 }, 'could not be reached'],
    ['text', { bytes: Buffer.from('hello') }, 'could not be read'],
  ])('refuses %s', async (what, file, text) => {
    const answer = await post('create-voice', { audio_url: files.offer(encodeURIComponent(what), file) });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
    expect(api.tasks).toEqual([]);
  });

  it('refuses audio that is neither MP3 nor WAV', async () => {
    const silence = new Float32Array(11 * 32_000);
    const offer = async (format: 'mp3' | 'm4a') => {
      const bytes = await encodeAudio({ left: silence, right: silence }, 32_000, format);
      return { audio_url: files.offer(`voice.${format}`, { bytes }) };
    };
    const answer = await post('create-voice', await offer('m4a'));
    expect([answer.status, answer.body.error]).toEqual([400, 'The audio file should be MP3 or WAV.']);
    expect((await post('create-voice', await offer('mp3'))).status).toBe(200);
  });

  it.each([[{}], [{ audio_url: 5 }], [{ url: 'http://127.0.0.1/voice.wav' }]])('refuses %o', async (body) => {
    const answer = await post('create-voice', body);
    expect([answer.status, answer.body.error]).toEqual([400, "The 'audio_url' field is required."]);
  });
});
