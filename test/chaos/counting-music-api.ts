import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A MusicAPI that counts what is spent on it. */
export interface CountingMusicApi {
  readonly url: string;
  /** Prompts of every create that arrived, in order. */
  readonly creates: string[];
  /** Provider task ids of every poll that arrived. */
  readonly polls: string[];
  /** Creates are answered only after this; undefined = at once. */
  hold: Promise<void> | undefined;
  close(): Promise<void>;
}

/** Starts it on a free port. Tasks are done at the third look, with two clips. */
export async function startCountingMusicApi(): Promise<CountingMusicApi> {
  const creates: string[] = [];
  const polls: string[] = [];
  const looks = new Map<string, number>();
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      const body: { gpt_description_prompt: string } = JSON.parse(await text(request));
      creates.push(body.gpt_description_prompt);
      const taskId = `task-${creates.length}`;
      await api.hold;
      send(response, 200, { message: 'success', task_id: taskId });
      return;
    }
    const taskId = request.url?.split('/').at(-1) ?? '';
    polls.push(taskId);
    const look = (looks.get(taskId) ?? 0) + 1;
    looks.set(taskId, look);
    if (look < 3) {
      send(response, 202, {
        code: 202,
        type: 'not_ready',
        error: 'Task result is not ready, please try again later',
      });
      return;
    }
    const data = ['a', 'b'].map((take) => ({
      clip_id: `${taskId}-${take}`,
      state: 'succeeded',
      title: 'Rain',
      audio_url: `https://cdn1.sonic.ai/${taskId}-${take}.mp3`,
    }));
    send(response, 200, { code: 200, data });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The address of a server that listens on a port is never a string.
  const { port } = server.address() as AddressInfo;
  const api: CountingMusicApi = {
    url: `http://127.0.0.1:${port}`,
    creates,
    polls,
    hold: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  // The client may be dead by now: that is what these tests are about.
  response.on('error', () => undefined);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
