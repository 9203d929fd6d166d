import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { composeHarmony } from '../../../sandbox/musicapi/synth/harmony.ts';
import { renderSelection } from '../../../sandbox/musicapi/synth/render.ts';
import { call, LYRIC_SONG, SONG, submit } from './client.ts';
import { type FileServer, makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;
let files: FileServer;
let url: string;

beforeAll(async () => {
  api = await startLocalMusicApi({
    createIntervalMs: 0,
    lengths: { songSeconds: [1, 1.5] },
    account: { credits: 10_000 },
  });
  files = await startFileServer();
  url = files.offer('mine.wav', { bytes: makeWav(2) });
});

afterAll(async () => {
  await api.close();
  await files.close();
});

/** Sends a body, lets the task's time pass and returns the ids of its clips. */
async function make(path: string, body: object): Promise<string[]> {
  const taskId = await submit(api, body, path);
  api.advance(60_000);
  const task = api.tasks.find((one) => one.taskId === taskId);
  return task?.clips.map(({ clipId }) => clipId) ?? [];
}

const MODEL = { mv: 'sonic-v6' };
const OWN = { ...LYRIC_SONG };

it('makes every clip of every operation another, also when the same is asked for twice', async () => {
  const [song] = await make('/sonic/create', OWN);
  const upload = api.addForeignClip({ uploaded: true, durationS: 2 });
  const on = (clip: string | undefined, taskType: string) => ({
    ...OWN,
    task_type: taskType,
    continue_clip_id: clip,
  });
  const [extension] = await make('/sonic/create', { ...on(song, 'extend_music'), continue_at: 0.5 });
  const persona = await call(api, 'POST', '/sonic/persona', { name: 'Nora', clip_id: song });
  const [produced] = await make('/producer/create', { task_type: 'create_music', sound: 'pop' });
  const bodies: [string, object][] = [
    ['/sonic/create', OWN],
    ['/sonic/create', SONG],
    ['/sonic/create', { ...on(song, 'extend_music'), continue_at: 0.5 }],
    ['/sonic/create', on(song, 'cover_music')],
    ['/sonic/create', on(extension, 'concat_music')],
    ['/sonic/create', { ...OWN, task_type: 'persona_music', persona_id: persona.body.persona_id }],
    ['/sonic/create', { ...MODEL, task_type: 'remaster', continue_clip_id: song }],
    ['/sonic/create', on(upload, 'add_vocals')],
    ['/sonic/create', { ...MODEL, task_type: 'add_instrumental', continue_clip_id: upload }],
    ['/sonic/create', { ...on(upload, 'extend_upload_music'), continue_at: 0.1 }],
    ['/sonic/create', on(upload, 'cover_upload_music')],
    ['/sonic/upload-extend', { ...OWN, task_type: undefined, url, continue_at: 1, auto_concat: true }],
    ['/sonic/upload-cover', { ...OWN, task_type: undefined, url }],
    ['/sonic/sample', { ...SONG, task_type: undefined, sample_clip_id: song }],
    ['/sonic/mashup', { ...SONG, task_type: undefined, mashup_clip_ids: [song, upload] }],
    [
      '/sonic/replace-section',
      {
        ...MODEL,
        clip_id: song,
        infill_start_s: 0.2,
        infill_end_s: 0.8,
        prompt: 'softer',
        auto_concat: true,
      },
    ],
    ['/producer/create', { task_type: 'create_music', sound: 'pop' }],
    ['/producer/create', { task_type: 'extend_music', clip_id: produced, starts_at: 0.5 }],
    ['/producer/create', { task_type: 'replace_music', clip_id: produced, starts_at: 0.2, ends_at: 0.6 }],
    ['/producer/create', { task_type: 'cover_music', clip_id: produced, instruction: 'jazz' }],
    ['/nuro/create', { type: 'vocal', lyrics: 'la '.repeat(100) }],
    ['/nuro/create', { type: 'bgm', description: 'calm' }],
  ];
  const ids = [song, extension, produced];
  for (const [path, body] of bodies) ids.push(...(await make(path, body)));
  const sounds = api.tasks.flatMap(({ clips }) => clips).map(({ audio }) => JSON.stringify(audio));
  expect(new Set(ids).size).toBe(ids.length);
  // The same pieces joined once more are the same song: only one concat of this extension was made.
  expect(new Set(sounds).size).toBe(sounds.length);
});

it('keeps key and tempo in everything that follows from a song', async () => {
  const [song] = await make('/sonic/create', OWN);
  const harmonyOf = (clipId: string | undefined) => {
    const clip = api.tasks.flatMap(({ clips }) => clips).find((one) => one.clipId === clipId);
    if (clip === undefined) throw new Error('no such clip');
    return composeHarmony(clip.audio.song);
  };
  const body = { ...OWN, continue_clip_id: song, tags: 'metal' };
  const [extension] = await make('/sonic/create', { ...body, task_type: 'extend_music', continue_at: 0.5 });
  const [cover] = await make('/sonic/create', { ...body, task_type: 'cover_music' });
  const [remaster] = await make('/sonic/create', {
    task_type: 'remaster',
    continue_clip_id: song,
    mv: 'sonic-v6',
  });
  const [whole] = await make('/sonic/create', { task_type: 'concat_music', continue_clip_id: extension });
  for (const follower of [extension, cover, remaster, whole]) {
    expect(harmonyOf(follower)).toEqual(harmonyOf(song));
  }
});

it('lets a joined song sound from end to end', async () => {
  const [song] = await make('/sonic/create', OWN);
  const body = { ...OWN, continue_clip_id: song, task_type: 'extend_music', continue_at: 1 };
  const [extension] = await make('/sonic/create', body);
  await make('/sonic/create', { task_type: 'concat_music', continue_clip_id: extension });
  const spec = api.tasks.at(-1)?.clips[0]?.audio.song;
  if (spec === undefined) throw new Error('the joined song has a clip');
  const { pcm } = renderSelection(spec, 'mix');
  expect(pcm.left.length).toBe(Math.round(spec.lengthS * 44_100));
  const powers = Array.from({ length: 8 }, (_, part) => {
    const size = Math.floor(pcm.left.length / 8);
    const piece = pcm.left.subarray(part * size, (part + 1) * size);
    return Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / size);
  });
  // The last part fades out.
  expect(Math.min(...powers.slice(0, -1))).toBeGreaterThan(0.02);
});
