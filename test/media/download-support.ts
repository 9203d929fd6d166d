import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { createDownloader, type DownloaderOptions, MediaError } from '../../src/media/download.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** For downloads that nobody aborts. */
export const signal = new AbortController().signal;

/** Starts a server for one test and gives its host and port. */
export async function serve(handler: Handler, host = '127.0.0.1'): Promise<string> {
  const server = createServer(handler);
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server does not listen on a port');
  return host.includes(':') ? `[${host}]:${address.port}` : `${host}:${address.port}`;
}

/** A host at which nothing listens. */
export async function findDeadHost(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${typeof address === 'object' && address?.port}`;
}

/** A downloader, closed after the test. */
export function open(allowedHosts: readonly string[], options: Partial<DownloaderOptions> = {}) {
  const downloader = createDownloader({ allowedHosts, maxBytes: 1_000_000, timeoutMs: 10_000, ...options });
  onTestFinished(downloader.close);
  return downloader;
}

/** The error that a download ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<MediaError> {
  const thrown = await promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (thrown instanceof MediaError) return thrown;
  throw thrown;
}

/** A short silent WAV file. */
export function wav(samples = 100): Buffer {
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(44_100, 24);
  bytes.writeUInt32LE(88_200, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  return bytes;
}

/** Answers with a file. */
export function send(bytes: Buffer | string, headers: Record<string, string | number> = {}): Handler {
  return (_, response) => response.writeHead(200, headers).end(bytes);
}

/** Answers with another address. */
export function redirect(location: string, status = 302): Handler {
  return (_, response) => response.writeHead(status, { location }).end('moved');
}
