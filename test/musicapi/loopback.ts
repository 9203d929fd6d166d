import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Distinguishes connections. */
  readonly port: number;
}

/** What the server does with a request; the last of a script repeats. */
export type Step = (response: ServerResponse, request: IncomingMessage) => unknown;

export interface Loopback {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** Answers with JSON, or with a text as it is. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** An HTTP server that plays a script, one step a request. */
export async function startHttp(...script: readonly [Step, ...Step[]]): Promise<Loopback> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body, port: request.socket.remotePort ?? 0 });
    const step = script[Math.min(seen.length, script.length) - 1];
    await step?.(response, request);
  });
  await listen(server);
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${portOf(server)}/api/v1`, seen, close };
}

/** A TCP server that does what it is told with every connection, for faults that no HTTP server makes. */
export async function startTcp(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${portOf(server)}/api/v1`,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An address at which nothing listens. */
export async function findDeadUrl(): Promise<string> {
  const { url, close } = await startTcp(() => {});
  await close();
  return url;
}

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (!address || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
