import { onTestFinished } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { createMusicApi, type MusicApiOptions } from '../../src/musicapi/client.ts';
import { MusicApiError } from '../../src/musicapi/errors.ts';
import { answer, type Loopback, type Step, startHttp, startTcp } from './loopback.ts';

export const KEY = 'a-very-fake-key-0123456789';
export const create: Request = { operation: 'create', engine: 'sonic', prompt: 'a song about rain' };
export const accepted = answer(200, { task_id: 'task-1' });
export const running = answer(200, { code: 200, data: [{ clip_id: 'clip-c', state: 'running' }] });
/** For calls that nobody aborts. */
export const signal = new AbortController().signal;

/** A client that hardly waits between tries; closed after the test. */
export function open(url: string, options: Partial<MusicApiOptions> = {}) {
  const retry = { baseMs: 1, capMs: 2_000 };
  const api = createMusicApi({ url, key: KEY, retry, random: () => 0, ...options });
  onTestFinished(api.close);
  return api;
}

/** An HTTP server for one test. */
export async function serve(...script: readonly [Step, ...Step[]]): Promise<Loopback> {
  const server = await startHttp(...script);
  onTestFinished(server.close);
  return server;
}

/** A TCP server for one test. */
export async function serveTcp(onConnection: Parameters<typeof startTcp>[0]) {
  const server = await startTcp(onConnection);
  onTestFinished(server.close);
  return server;
}

/** The error that a call ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<MusicApiError> {
  const thrown = await promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (thrown instanceof MusicApiError) return thrown;
  throw thrown;
}
