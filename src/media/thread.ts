import { Worker } from 'node:worker_threads';
import type { EncodeOrder } from './encode-pieces.ts';

/** A file of an archive. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a thread is started for. */
export type ThreadOrder =
  | ({ readonly kind: 'encode' } & EncodeOrder)
  | { readonly kind: 'zip'; readonly files: readonly NamedBytes[] };

/** What it gives: no pieces = impossible. */
export interface ThreadAnswer {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly kbps?: number;
}

const MAX_HEAP_MB = 256;

/**
 * Carries out an order in a thread of its own, which gives back all of its memory when it ends.
 *
 * @throws whatever broke it, also the reason of `signal`, at which the thread is ended.
 */
export async function runInThread(order: ThreadOrder, signal: AbortSignal): Promise<ThreadAnswer> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./transcode-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
  const onAbort = () => reject(signal.reason);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} and without an answer`)));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
