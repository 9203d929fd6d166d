import { Agent, type Dispatcher } from 'undici';
import { type DownloadOutcome, type Observe, unobserved } from '../telemetry/events.ts';
import { MediaError } from './errors.ts';
import { isAllowedHost, parseHostList } from './hosts.ts';
import { readBytes } from './read-bytes.ts';
import { type FileKind, findAudioKind, findFileKind } from './sniff.ts';

export { MediaError } from './errors.ts';

/** What may be downloaded, and from where. */
export interface DownloaderOptions {
  /** Exact (`host`, `host:port`) or all below (`.suno.ai`). */
  readonly allowedHosts: readonly string[];
  /** Largest file, unless a download says otherwise. */
  readonly maxBytes: number;
  /** For a whole download, redirects included. */
  readonly timeoutMs: number;
  /** Replaces the connections; closing it stays with whoever made it. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Is told of every download. @defaultValue nobody */
  readonly observe?: Observe | undefined;
}

interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly maxBytes?: number | undefined;
  /** What the bytes must be. @defaultValue `audio` */
  readonly expect?: 'audio' | 'anything' | undefined;
}

/** A file in memory. What it is was found out from its bytes, whatever the server said. */
export interface Media extends FileKind {
  readonly bytes: Buffer;
  /** The header to send it on with: its `mime`, never what its host claimed. */
  readonly contentType: string;
}

/** Fetches files from hosts that are listed, and from nowhere else. */
export interface Downloader {
  /**
   * Fetches one file into memory, once. Nothing is written to disk and nothing is kept, so the memory in use is
   * `maxBytes` times the results that callers hold: a caller with many files to deliver takes them a few at a time.
   *
   * @throws MediaError, or the signal's reason when aborted.
   */
  download(url: string, options: DownloadOptions): Promise<Media>;
  close(): Promise<void>;
}

/** Where a download has come to. */
interface Trip {
  host: string;
  status: number | undefined;
}

const OUTCOMES: Readonly<Record<MediaError['kind'], DownloadOutcome>> = {
  'unlisted-host': 'unlisted_host',
  'not-found': 'not_found',
  unavailable: 'unavailable',
  'too-large': 'too_large',
  'not-audio': 'not_audio',
};

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Signed addresses answer 403 once they have run out. */
const GONE: ReadonlySet<number> = new Set([401, 403, 404, 410, 451]);
/** What bytes of no known kind are called. */
const UNKNOWN_KIND: FileKind = { extension: 'bin', mime: 'application/octet-stream' };

/**
 * Creates a downloader with connections of its own.
 *
 * @throws Error that names the allowed host that is none.
 */
export function createDownloader(options: DownloaderOptions): Downloader {
  const { observe = unobserved } = options;
  const allowedHosts = parseHostList(options.allowedHosts.join(','));
  const agent = options.dispatcher ?? new Agent({ connect: { timeout: options.timeoutMs }, allowH2: false });

  /** Follows redirects by hand, because every hop has to be checked. */
  async function open(address: string, trip: Trip, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let url = parseAddress(address);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      trip.host = url.host;
      checkAddress(url, allowedHosts);
      const response = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: { accept: 'audio/*, */*;q=0.5', 'accept-encoding': 'identity' },
        signal,
        headersTimeout: options.timeoutMs,
        bodyTimeout: options.timeoutMs,
      });
      trip.status = response.statusCode;
      if (!REDIRECTS.has(response.statusCode)) return response;
      await response.body.dump({ limit: 64 * 1024, signal });
      const location = response.headers.location;
      if (typeof location !== 'string')
        throw new MediaError('unavailable', `${url.host} redirects to nowhere`);
      url = parseAddress(location, url);
    }
    throw new MediaError('unavailable', `more than ${MAX_REDIRECTS} redirects`);
  }

  async function fetchFile(
    url: string,
    request: DownloadOptions,
    trip: Trip,
    signal: AbortSignal,
  ): Promise<Media> {
    const { statusCode, headers, body } = await open(url, trip, signal);
    if (statusCode !== 200) {
      body.on('error', () => {}).destroy();
      throw new MediaError(
        GONE.has(statusCode) ? 'not-found' : 'unavailable',
        `the host answered ${statusCode}`,
      );
    }
    const bytes = await readBytes(body, headers['content-length'], request.maxBytes ?? options.maxBytes);
    const kind =
      request.expect === 'anything'
        ? ((await findFileKind(bytes)) ?? UNKNOWN_KIND)
        : await findAudioKind(bytes);
    if (!kind) throw new MediaError('not-audio', 'the file is no audio that is known');
    return { bytes, contentType: kind.mime, ...kind };
  }

  async function fetchInTime(url: string, request: DownloadOptions, trip: Trip): Promise<Media> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(options.timeoutMs)]);
    try {
      return await fetchFile(url, request, trip, signal);
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof MediaError) throw error;
      const text = signal.aborted ? `took longer than ${options.timeoutMs} ms` : 'the connection failed';
      throw new MediaError('unavailable', text, { cause: error });
    }
  }

  return {
    async download(url, request) {
      request.signal.throwIfAborted();
      const startedAt = performance.now();
      const trip: Trip = { host: '', status: undefined };
      const tell = (outcome: DownloadOutcome, bytes: number) =>
        observe({ kind: 'download', ...trip, outcome, bytes, ms: performance.now() - startedAt });
      try {
        const media = await fetchInTime(url, request, trip);
        tell('ok', media.bytes.length);
        return media;
      } catch (error) {
        tell(error instanceof MediaError ? OUTCOMES[error.kind] : 'aborted', 0);
        throw error;
      }
    },
    close: async () => {
      if (!options.dispatcher) await agent.close();
    },
  };
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (!url) throw new MediaError('not-found', 'the address is none');
  // The dot of an absolute name means the same host, but neither certificates nor all resolvers know it.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

function checkAddress(url: URL, allowedHosts: readonly string[]): void {
  if (isAllowedHost(url, allowedHosts)) return;
  const { host } = url;
  const reason = url.protocol === 'https:' ? 'is not listed' : `may not be reached by ${url.protocol}`;
  throw new MediaError('unlisted-host', `the host "${host}" ${reason}`, { host });
}
