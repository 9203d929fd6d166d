import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers to polls take this long, about as long as over the internet. */
const ANSWER_MS = 80;

/** A MusicAPI whose tasks never end. */
export interface SlowProvider {
  readonly url: string;
  /** Resolves with the first request that comes from now on. */
  nextRequest(): Promise<unknown>;
  close(): void;
}

/** Starts it on a free port. */
export async function startSlowProvider(): Promise<SlowProvider> {
  const server = createServer((_request, response) => {
    setTimeout(() => {
      response.writeHead(202, { 'content-type': 'application/json' });
      response.end('{"type":"not_ready","error":"Task is still processing."}');
    }, ANSWER_MS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    nextRequest: () => once(server, 'request'),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
