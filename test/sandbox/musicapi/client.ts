import type { LocalMusicApi } from '../../../sandbox/musicapi/server.ts';

/** An answer of the local MusicAPI, its JSON already read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly body: any;
}

/** Sends a request with the API's first key, or another, or none (`null`). */
export async function call(
  api: LocalMusicApi,
  method: string,
  path: string,
  body?: unknown,
  key: string | null = api.key,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (key !== null) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const url = path.startsWith('/_') ? `http://${api.host}${path}` : `${api.url}${path}`;
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** A body that is in order. */
export const SONG = {
  task_type: 'create_music',
  custom_mode: false,
  mv: 'sonic-v6',
  use_suno_cdn: false,
  gpt_description_prompt: 'An upbeat summer song about beach parties',
} as const;

/** A body with lyrics that is in order. */
export const LYRIC_SONG = {
  task_type: 'create_music',
  custom_mode: true,
  mv: 'sonic-v6',
  prompt: '[Verse]\nStars they shine above me',
  tags: 'pop, dreamy',
  title: 'Starry Night',
} as const;

/** Starts a task and returns its id. */
export async function submit(api: LocalMusicApi, body: unknown, path = '/sonic/create'): Promise<string> {
  const answer = await call(api, 'POST', path, body);
  if (answer.status !== 200) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
  return answer.body.task_id;
}

/** Looks at a task. */
export function poll(api: LocalMusicApi, taskId: string): Promise<Answer> {
  return call(api, 'GET', `/sonic/task/${taskId}`);
}

/** Starts a task, lets its time pass and returns its clips. */
// biome-ignore lint/suspicious/noExplicitAny: clips are whatever the server answers
export async function finish(api: LocalMusicApi, body: unknown, path?: string): Promise<any[]> {
  const taskId = await submit(api, body, path);
  api.advance(60_000);
  return (await poll(api, taskId)).body.data;
}
