import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** So long that those who call have many calls under way. */
const ANSWER_MS = 1_000;

/** A MusicAPI whose tasks never end, and which sees who looks at what. */
export interface WatchingProvider {
  readonly url: string;
  /** How often each body of a create arrived. */
  readonly creates: ReadonlyMap<string, number>;
  /** Looks at a task while another look at it was not answered. */
  readonly doubled: number;
  /** By provider task id. */
  readonly looks: ReadonlyMap<string, Look>;
  /** Forgets the looks so far. */
  forgetLooks(): void;
  close(): void;
}

/** The first look at a task since the looks were forgotten, by `performance.now()`. */
interface Look {
  readonly at: number;
}

/** Starts it on a free port. */
export async function startWatchingProvider(): Promise<WatchingProvider> {
  const creates = new Map<string, number>();
  const looks = new Map<string, Look>();
  const open = new Set<string>();
  let doubled = 0;

  function look(taskId: string, response: ServerResponse): void {
    if (open.has(taskId)) doubled += 1;
    open.add(taskId);
    response.once('close', () => open.delete(taskId));
    if (!looks.has(taskId)) looks.set(taskId, { at: performance.now() });
    answer(response, 202, { type: 'not_ready', error: 'Task is still processing.' });
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    creates.set(body, (creates.get(body) ?? 0) + 1);
    answer(response, 200, { message: 'success', task_id: `new-${creates.size}` });
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST') void create(request, response);
    else look(request.url?.split('/').at(-1) ?? '', response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    creates,
    looks,
    get doubled() {
      return doubled;
    },
    forgetLooks: () => looks.clear(),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  setTimeout(() => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }, ANSWER_MS);
}
