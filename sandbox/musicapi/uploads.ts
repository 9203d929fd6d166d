import { parseBuffer } from 'music-metadata';
import { badRequest } from './errors.ts';

/** An audio file that was fetched from somebody's address. */
export interface UploadedFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** As the file itself says. */
  readonly durationS: number;
}

/** Longest upload, in seconds: 8 minutes (docs.musicapi.ai/special-scenarios; older pages say 60 s). */
const MAX_UPLOAD_S = 480;
/** Not documented; only keeps a mistake from filling the memory. */
const MAX_UPLOAD_BYTES = 200 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 20_000;

/**
 * Fetches an upload as the provider does: a HEAD probe that has to succeed, then the file itself.
 * Only addresses on loopback are fetched: a stand-in sends nothing into the world.
 *
 * @param name - the field that holds the address
 * @throws ApiError 400 when the address is none, fails the probe, holds no audio or more than 8 minutes; the wordings are ours
 */
export async function fetchUpload(address: string | undefined, name: string): Promise<UploadedFile> {
  if (address === undefined || address.trim() === '') throw badRequest(`The '${name}' field is required.`);
  const url = parseAddress(address, name);
  const head = await request(url, 'HEAD');
  if (Number(head.headers.get('content-length') ?? 0) > MAX_UPLOAD_BYTES)
    throw badRequest('The audio file is too large.');
  const contentType = head.headers.get('content-type') ?? 'application/octet-stream';
  const bytes = Buffer.from(await (await request(url, 'GET')).arrayBuffer());
  const durationS = await measure(bytes);
  if (durationS > MAX_UPLOAD_S) throw badRequest('The audio should not be longer than 8 minutes.');
  return { bytes, contentType, durationS };
}

function parseAddress(address: string, name: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw badRequest(`The '${name}' field should be a public URL.`);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) throw unreachable();
  return url;
}

async function request(url: URL, method: 'HEAD' | 'GET'): Promise<Response> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
    response = await fetch(url, { method, signal, redirect: 'error' });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw unreachable();
  return response;
}

function unreachable() {
  return badRequest('The audio URL could not be reached.');
}

async function measure(bytes: Buffer): Promise<number> {
  try {
    const { format } = await parseBuffer(bytes, undefined, { duration: true });
    if (format.duration !== undefined && format.duration > 0) return Math.round(format.duration * 100) / 100;
  } catch {
    // Whatever it is, it is no audio.
  }
  throw badRequest('The audio file could not be read. Please use MP3, WAV or another common format.');
}
