import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskBehaviourInput } from '../../../sandbox/musicapi/behaviours.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, poll, SONG, submit } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({
    // A clock that stands still shows that nothing but it moves a task.
    now: () => 1_700_000_000_000,
    createIntervalMs: 0,
    timeline: { notReadyMs: 100, firstMs: 200, lastMs: 300 },
    lengths: { songSeconds: [1, 1.5] },
  });
});

afterEach(() => api.close());

const start = async (...behaviours: TaskBehaviourInput[]) => {
  if (behaviours.length > 0) api.nextTask(behaviours);
  return submit(api, SONG);
};

// biome-ignore lint/suspicious/noExplicitAny: reads answers
const states = (answer: any) => answer.body.data.map((clip: any) => clip.state);

describe('a task in time', () => {
  it('is not ready, then running, then half done, then done', async () => {
    const taskId = await start();
    expect(await poll(api, taskId)).toMatchObject({ status: 202, body: { type: 'not_ready' } });
    api.advance(100);
    const running = await poll(api, taskId);
    expect(running.status).toBe(200);
    expect(states(running)).toEqual(['running', 'running']);
    expect(running.body.data[0].audio_url).toBe(`http://${api.host}/stream/${running.body.data[0].clip_id}`);
    api.advance(100);
    expect(states(await poll(api, taskId))).toEqual(['succeeded', 'running']);
    api.advance(100);
    const done = await poll(api, taskId);
    expect(done.body).toMatchObject({ code: 200, message: 'success' });
    expect(states(done)).toEqual(['succeeded', 'succeeded']);
  });

  it('answers 400 for an unknown task, for none and for that of another key', async () => {
    const taskId = await start();
    expect(await poll(api, 'nope')).toMatchObject({ status: 400, body: { error: 'task not found.' } });
    expect(await poll(api, '')).toMatchObject({ status: 400, body: { error: 'missing task id.' } });
    expect((await call(api, 'GET', `/sonic/task/${taskId}`, undefined, api.addKey())).status).toBe(400);
  });

  it('keeps the default timeline between six and ten seconds', async () => {
    const usual = await startLocalMusicApi({ now: () => 0 });
    const taskId = await submit(usual, SONG);
    usual.advance(5_999);
    expect(states(await poll(usual, taskId))).not.toContain('succeeded');
    usual.advance(4_001);
    expect(states(await poll(usual, taskId))).toEqual(['succeeded', 'succeeded']);
    await usual.close();
  });
});

describe('behaviours of a task', () => {
  it('fails with 500 and a refund at its end, not before', async () => {
    const taskId = await start({ kind: 'fail', error: 'Upstream said no.' });
    api.advance(299);
    expect(states(await poll(api, taskId))).toEqual(['running', 'running']);
    expect(api.credits().credits).toBe(980);
    api.advance(1);
    expect(await poll(api, taskId)).toMatchObject({
      status: 500,
      body: { type: 'failed', error: 'Upstream said no.' },
    });
    expect(api.credits().credits).toBe(1000);
  });

  it('times out with 504 and a refund', async () => {
    const taskId = await start('timeout');
    api.advance(300);
    const answer = await poll(api, taskId);
    expect(answer).toMatchObject({ status: 504, body: { error: expect.stringContaining('timeout') } });
    expect(api.credits().credits).toBe(1000);
  });

  it('fails one clip of two and keeps the price', async () => {
    const taskId = await start('half');
    api.advance(300);
    expect(states(await poll(api, taskId))).toEqual(['succeeded', 'failed']);
    expect(api.credits().credits).toBe(980);
  });

  it('never ends, never becomes ready, or calls its state by an unknown name', async () => {
    const [never, stuck, unknown] = [
      await start('never'),
      await start('stuck-not-ready'),
      await start('unknown-state'),
    ];
    api.advance(200);
    expect(states(await poll(api, unknown))).toEqual(['succeeded', 'mastering']);
    api.advance(86_400_000);
    expect(states(await poll(api, never))).toEqual(['running', 'running']);
    expect((await poll(api, stuck)).status).toBe(202);
    expect(states(await poll(api, unknown))).toEqual(['succeeded', 'succeeded']);
  });

  it('is slow by a factor, alone or together with others', async () => {
    const taskId = await start({ kind: 'slow', factor: 10 }, 'half');
    api.advance(2_999);
    expect(states(await poll(api, taskId))).toEqual(['succeeded', 'running']);
    api.advance(1);
    expect(states(await poll(api, taskId))).toEqual(['succeeded', 'failed']);
  });

  it('applies to the next task of a named operation and then no more', async () => {
    api.nextTask('stuck-not-ready', 'stems/basic');
    const song = await start();
    const clip = api.addForeignClip();
    const stems = await submit(api, { clip_id: clip }, '/sonic/stems/basic');
    const again = await submit(api, { clip_id: clip }, '/sonic/stems/basic');
    api.advance(300);
    expect(
      [song, stems, again].map((id) => api.tasks.find((task) => task.taskId === id)?.behaviours.length),
    ).toEqual([0, 1, 0]);
    expect((await poll(api, stems)).status).toBe(202);
    expect(states(await poll(api, again))).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  });

  it('can change while a task runs', async () => {
    const taskId = await start('never');
    api.advance(1_000);
    api.setTask(taskId, []);
    expect(states(await poll(api, taskId))).toEqual(['succeeded', 'succeeded']);
    expect(() => api.setTask('nope', 'fail')).toThrow('no such task');
  });

  it('names another host, or redirects, or has nothing to download', async () => {
    const [other, redirect, gone, page] = [
      await start({ kind: 'other-host', host: 'cdn.example.org' }),
      await start({ kind: 'redirect', url: 'http://127.0.0.1:1/elsewhere.mp3' }),
      await start('audio-404'),
      await start('audio-html'),
    ];
    api.advance(300);
    const url = async (taskId: string): Promise<string> => (await poll(api, taskId)).body.data[0].audio_url;
    expect(await url(other)).toMatch(/^https:\/\/cdn\.example\.org\/[0-9a-f-]+\.mp3$/);
    const moved = await fetch(await url(redirect), { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/elsewhere.mp3']);
    expect((await fetch(await url(gone))).status).toBe(404);
    const html = await fetch(await url(page));
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('changes the address: the first is dead, the second works', async () => {
    const taskId = await start('changed-url');
    api.advance(300);
    const first = (await poll(api, taskId)).body.data[0].audio_url;
    expect((await fetch(first)).status).toBe(404);
    const second = (await poll(api, taskId)).body.data[0].audio_url;
    expect(second).not.toBe(first);
    expect((await fetch(second)).status).toBe(200);
    expect((await fetch(first)).status).toBe(404);
  });
});
