import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How another host answers. */
export type Elsewhere = (response: ServerResponse) => unknown;

/** A host that is neither MusicAPI nor Discord, for addresses of results. */
export interface OtherHost {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  answer: Elsewhere;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startOtherHost(answer: Elsewhere): Promise<OtherHost> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    other.answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  const other: OtherHost = {
    host: `127.0.0.1:${port}`,
    asked,
    answer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return other;
}

/** Answers with something that is an MP3 by its first bytes, of exactly this size. */
export function sendAudio(bytes: number): Elsewhere {
  const file = Buffer.alloc(bytes);
  file.write('ID3\u0004', 0, 'latin1');
  return sendBytes(file, 'audio/mpeg');
}

/** Answers with this file. */
export function sendBytes(file: Buffer, contentType: string): Elsewhere {
  return (response) =>
    response.writeHead(200, { 'content-type': contentType, 'content-length': file.length }).end(file);
}

/** Says that a file of this size follows, and sends only its beginning. */
export function announceAudio(bytes: number): Elsewhere {
  return (response) =>
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes }).write('ID3');
}
