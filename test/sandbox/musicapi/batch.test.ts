import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, LYRIC_SONG, poll, SONG } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({
    createIntervalMs: 3_000,
    seed: 'batch',
    lengths: { songSeconds: [1, 2] },
  });
});

afterEach(() => api.close());

const send = (items: unknown) => call(api, 'POST', '/sonic/batch', { items });
const look = (batchId: string) => call(api, 'GET', `/sonic/batch?batch_id=${batchId}`);

describe('POST /sonic/batch', () => {
  it('starts every item as a task of its own, at the price of each', async () => {
    const answer = await send([SONG, LYRIC_SONG]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      message: 'success',
      batch_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      submitted: 2,
      tasks: [
        { index: 0, task_id: api.tasks[0]?.taskId },
        { index: 1, task_id: api.tasks[1]?.taskId },
      ],
    });
    expect(api.credits().credits).toBe(960);
    api.advance(60_000);
    expect((await poll(api, answer.body.tasks[1].task_id)).body.data).toHaveLength(2);
  });

  it('reports items that are refused beside those that are not', async () => {
    const answer = await send([{ ...SONG, mv: 'x' }, SONG, { ...SONG, tags: 'taylor swift' }, 7]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      submitted: 1,
      tasks: [
        { index: 0, state: 'failed', code: 400, error: expect.stringContaining("'mv'") },
        { index: 1, task_id: api.tasks[0]?.taskId },
        { index: 2, state: 'failed', code: 403, error: expect.stringContaining('artist names') },
        { index: 3, state: 'failed', code: 400, error: 'The request body should be a JSON object.' },
      ],
    });
    expect(api.credits().credits).toBe(980);
  });

  it('stops where the credits end', async () => {
    api.setCredits({ credits: 45 });
    const { submitted, tasks } = (await send([SONG, SONG, SONG])).body;
    expect([submitted, tasks[2].code, api.credits().credits]).toEqual([2, 403, 5]);
  });

  it('is one create for the rate', async () => {
    expect((await send([SONG, SONG, SONG])).body.submitted).toBe(3);
    expect((await send([SONG])).status).toBe(429);
    api.advance(3_000);
    expect((await send([SONG])).status).toBe(200);
  });

  it.each([[undefined], [{}], [[]], [Array.from({ length: 11 }, () => SONG)]])(
    'refuses other numbers of items (%#)',
    async (items) => {
      const answer = await send(items);
      expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('1 to 10')]);
      expect(api.tasks).toEqual([]);
    },
  );

  it('takes ten', async () => {
    expect((await send(Array.from({ length: 10 }, () => SONG))).body.submitted).toBe(10);
  });
});

describe('GET /sonic/batch', () => {
  it('shows every item on its way and at its end', async () => {
    api.nextTask('fail');
    api.nextTask('timeout');
    const { batch_id: batchId } = (await send([SONG, SONG, LYRIC_SONG, {}])).body;
    const states = async () => (await look(batchId)).body.tasks.map((task: { state: string }) => task.state);
    expect(await states()).toEqual(['running', 'running', 'running', 'failed']);
    api.advance(6_500);
    expect(await states()).toEqual(['running', 'running', 'running', 'failed']);
    api.advance(60_000);
    const answer = await look(batchId);
    expect(answer.body).toMatchObject({
      code: 200,
      batch_id: batchId,
      tasks: [
        { index: 0, state: 'failed', error: 'Music generation failed.' },
        { index: 1, state: 'failed', error: expect.stringContaining('timeout') },
        { index: 2, state: 'succeeded', data: [{ title: LYRIC_SONG.title }, { state: 'succeeded' }] },
        { index: 3, state: 'failed', code: 400 },
      ],
      message: 'success',
    });
  });

  it('is for the key that sent it, and wants an id that exists', async () => {
    const { batch_id: batchId } = (await send([SONG])).body;
    const foreign = await call(api, 'GET', `/sonic/batch?batch_id=${batchId}`, undefined, api.addKey());
    expect([foreign.status, foreign.body.error]).toEqual([400, 'batch not found.']);
    expect((await look('nope')).body.error).toBe('batch not found.');
    expect((await look('')).body.error).toBe('missing batch id.');
  });
});
