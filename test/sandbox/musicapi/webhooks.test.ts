import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { SONG, submit } from './client.ts';

const SECRET = 'secret-of-the-task';

interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A local MusicAPI and somebody who receives its webhooks. */
async function start(): Promise<{ api: LocalMusicApi; received: Received[]; hook: object }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  const api = await startLocalMusicApi({ speed: 50, createIntervalMs: 0 });
  api.setWebhooks({ origin: `http://127.0.0.1:${port}` });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await api.close();
  });
  const hook = { webhook_url: 'https://music.example.org/hook/1', webhook_secret: SECRET };
  return { api, received, hook };
}

test('reports that a song can be heard and that it is done, signed over time and body', async () => {
  const { api, received, hook } = await start();
  const taskId = await submit(api, { ...SONG, ...hook });
  await expect.poll(() => received.length).toBe(2);
  expect(received.map(({ headers }) => headers['x-webhook-event'])).toEqual([
    'song.streaming',
    'song.completed',
  ]);
  const [, done] = received;
  const timestamp = String(done?.headers['x-webhook-timestamp']);
  const expected = createHmac('sha256', SECRET).update(`${timestamp}.${done?.body}`).digest('hex');
  expect(done?.headers['x-webhook-signature']).toBe(`sha256=${expected}`);
  expect(done?.headers['idempotency-key']).toBe(done?.headers['x-webhook-id']);
  expect(Math.abs(Number(timestamp) * 1_000 - api.now())).toBeLessThan(10_000);
  expect(done?.url).toBe('/hook/1');
  const body = JSON.parse(done?.body ?? '');
  expect(body).toMatchObject({ code: 200, task_id: taskId, platform: 'suno' });
  expect(body.data.map((clip: { state: string }) => clip.state)).toEqual(['succeeded', 'succeeded']);
});

test('reports a failure, and nothing of tasks that did not ask', async () => {
  const { api, received, hook } = await start();
  await submit(api, SONG);
  api.nextTask({ kind: 'fail', error: 'It broke.' });
  const taskId = await submit(api, { ...SONG, ...hook });
  await expect.poll(() => received.map(({ headers }) => headers['x-webhook-event'])).toContain('song.failed');
  expect(JSON.parse(received.at(-1)?.body ?? '')).toMatchObject({
    type: 'failed',
    error: 'It broke.',
    task_id: taskId,
  });
  expect(new Set(api.webhooks.map((call) => call.taskId))).toEqual(new Set([taskId]));
});

test('reports what producer and nuro have made under their names, once', async () => {
  const { api, received, hook } = await start();
  const clip = { task_type: 'create_music', sound: 'pop', ...hook };
  await submit(api, clip, '/producer/create');
  await submit(api, { type: 'bgm', description: 'calm', ...hook }, '/nuro/create');
  await expect.poll(() => received.length).toBe(2);
  expect(received.map(({ headers }) => headers['x-webhook-event'])).toEqual([
    'song.completed',
    'song.completed',
  ]);
  const bodies = received.map(({ body }) => JSON.parse(body));
  expect(bodies.find(({ platform }) => platform === 'producer')).toMatchObject({
    code: 200,
    task_id: api.tasks[0]?.taskId,
    data: [{ state: 'succeeded', sound: 'pop' }],
  });
  expect(bodies.find(({ platform }) => platform === 'nuro')).toMatchObject({
    task_id: api.tasks[1]?.taskId,
    status: 'succeeded',
    audio_url: expect.stringMatching(/\.wav$/),
  });
});

test('reports pairs of a new part and the whole song', async () => {
  const { api, received, hook } = await start();
  const clipId = api.addForeignClip();
  const body = { clip_id: clipId, mv: 'sonic-v6', infill_start_s: 1, infill_end_s: 2, prompt: 'softer' };
  await submit(api, { ...body, auto_concat: true, ...hook }, '/sonic/replace-section');
  await expect.poll(() => received.at(-1)?.headers['x-webhook-event']).toBe('song.completed');
  const { data } = JSON.parse(received.at(-1)?.body ?? '');
  expect(data).toMatchObject([
    { replaced: { state: 'succeeded' }, full: { state: 'succeeded' } },
    { replaced: { state: 'succeeded' }, full: { state: 'succeeded' } },
  ]);
});
