import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeWav } from '../../../sandbox/musicapi/media/wav.ts';

/** A file that is offered, and the status that probes and downloads of it are answered with. */
interface OfferedFile {
  readonly bytes: Uint8Array;
  readonly type?: string;
  readonly headStatus?: number;
  readonly getStatus?: number;
}

/** A web server on loopback, as the one that people's files lie on. */
export interface FileServer {
  /** `GET /song.wav` and the like, oldest first. */
  readonly requests: readonly string[];
  /** Offers a file and returns its address. */
  offer(name: string, file: OfferedFile): string;
  close(): Promise<void>;
}

/** Starts a web server that has no files yet. */
export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, OfferedFile>();
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(`${request.method} ${path}`);
    const file = files.get(path);
    const isHead = request.method === 'HEAD';
    const status = file === undefined ? 404 : ((isHead ? file.headStatus : file.getStatus) ?? 200);
    response.writeHead(status, {
      'content-type': file?.type ?? 'audio/wav',
      'content-length': file?.bytes.length ?? 0,
    });
    response.end(isHead ? undefined : file?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  return {
    requests,
    offer: (name, file) => {
      files.set(`/${name}`, file);
      return `http://127.0.0.1:${port}/${name}`;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A WAV file with a tone, coarse enough to be long and small. @param sampleRate - Hz */
export function makeWav(seconds: number, sampleRate = 8_000): Uint8Array {
  const left = Float32Array.from({ length: seconds * sampleRate }, (_, i) => Math.sin(i / 3) * 0.5);
  return encodeWav({ left, right: left }, sampleRate);
}
