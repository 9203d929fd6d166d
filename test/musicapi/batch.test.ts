import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { UserError } from '../../src/errors.ts';
import { submissionOutcome } from '../../src/musicapi/errors.ts';
import { create, errorOf, open, serve, signal } from './client-support.ts';
import { answer } from './loopback.ts';
import { clip } from './requests.ts';

const good = { clip_id: 'clip-c', state: 'succeeded', audio_url: 'https://cdn1.suno.ai/c.mp3' };

describe('submitBatch', () => {
  it('tells what became of each request', async () => {
    const tasks = [
      { index: 0, task_id: 'a' },
      { index: 1, error: 'The prompt is empty.' },
      'b',
      { task_id: 7 },
      null,
    ];
    const server = await serve(answer(200, { message: 'success', batch_id: 'batch-1', submitted: 2, tasks }));
    expect(await open(server.url).submitBatch([create, create], { signal })).toEqual({
      batchId: 'batch-1',
      items: [
        { providerTaskId: 'a', state: 'running', clips: [] },
        { state: 'failed', clips: [], failureText: 'The prompt is empty.' },
        { providerTaskId: 'b', state: 'running', clips: [] },
        { providerTaskId: '7', state: 'running', clips: [] },
        { state: 'running', clips: [] },
      ],
    });
  });

  it('is sent once, and unknown without the id of the batch', async () => {
    const server = await serve(answer(200, { message: 'success', tasks: [] }));
    const error = await errorOf(open(server.url).submitBatch([create], { signal }));
    expect([error.kind, submissionOutcome(error)]).toEqual(['malformed', 'unknown']);
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, readonly Request[]]>([
    ['nothing', []],
    ['eleven songs', Array.from({ length: 11 }, () => create)],
    ['songs of another engine', [{ ...create, engine: 'producer' }]],
    ['anything but new songs', [{ operation: 'cover', engine: 'sonic', clip }]],
  ])('is not made of %s', async (_, requests) => {
    const server = await serve(answer(200, {}));
    await expect(open(server.url).submitBatch(requests, { signal })).rejects.toThrow(UserError);
    expect(server.seen).toEqual([]);
  });
});

describe('getBatch', () => {
  it('asks by the id, whatever is in it, and reads the clips of each request', async () => {
    const tasks = [
      { task_id: 'a', state: 'succeeded', data: [good] },
      { task_id: 'b', status: 'running', data: [good, { clip_id: 'clip-d', state: 'running' }] },
      { task_id: 'e', state: 'failed', error: 'too loud' },
      { task_id: 'f', data: [{ clip_id: 'clip-g', state: 'failed', error: 'too quiet' }] },
      { task_id: 'h', type: 'not_ready', error: 'wait' },
    ];
    const server = await serve(answer(200, { code: 200, batch_id: 'x', tasks }));
    const batch = await open(server.url).getBatch('a&b=c', { signal });
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/api/v1/sonic/batch?batch_id=a%26b%3Dc' });
    expect(batch).toMatchObject({
      batchId: 'a&b=c',
      items: [
        { providerTaskId: 'a', state: 'succeeded', clips: [{ clipId: 'clip-c' }] },
        { providerTaskId: 'b', state: 'running', clips: [{ clipId: 'clip-c' }, { clipId: 'clip-d' }] },
        { providerTaskId: 'e', state: 'failed', failureText: 'too loud' },
        { providerTaskId: 'f', state: 'failed', failureText: 'too quiet' },
        { providerTaskId: 'h', state: 'running' },
      ],
    });
  });

  it('finds the requests under data as well, and none while it is not ready', async () => {
    const server = await serve(
      answer(200, { data: [{ task_id: 'a' }] }),
      answer(202, { type: 'not_ready', error: 'wait' }),
    );
    const api = open(server.url);
    expect(await api.getBatch('x', { signal })).toMatchObject({ items: [{ providerTaskId: 'a' }] });
    expect(await api.getBatch('x', { signal })).toEqual({ batchId: 'x', items: [] });
  });

  it('says that there is none', async () => {
    const server = await serve(answer(400, { error: 'batch not found.' }));
    const error = await errorOf(open(server.url).getBatch('x', { signal }));
    expect([error.kind, error.text]).toEqual(['invalid-request', 'batch not found.']);
  });
});
