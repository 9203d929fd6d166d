import { Worker } from 'node:worker_threads';
import pLimit, { type LimitFunction } from 'p-limit';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Media } from './download.ts';
import type { SectionPlan, Sections } from './sections.ts';

/** A picture of a song. */
export interface Waveform {
  readonly png: Buffer;
  /** As it was decoded. */
  readonly durationSeconds: number;
  readonly sections: Sections | undefined;
}

/** What a thread is started for. */
export interface WaveformOrder {
  readonly bytes: Uint8Array;
  readonly extension: string;
  readonly plan: SectionPlan | undefined;
}

/** What it gives. */
export type WaveformAnswer =
  | {
      readonly png: Uint8Array<ArrayBuffer>;
      readonly durationSeconds: number;
      readonly sections: Sections | undefined;
    }
  /** The reason why there is no picture. */
  | { readonly nothing: string };

/** Draws songs, outside the main thread and one at a time. */
export interface WaveformArtist {
  /**
   * Gives undefined where there is nothing to be shown: no audio, silence, hours of it, a damaged file.
   *
   * @param plan - the parts of the song
   * @throws the reason of `signal` when aborted.
   */
  draw(
    media: Pick<Media, 'bytes' | 'extension'>,
    plan: SectionPlan | undefined,
    signal: AbortSignal,
  ): Promise<Waveform | undefined>;
  /** Ends its thread. */
  close(): Promise<void>;
}

interface ArtistOptions {
  readonly log: Logger;
  /** For one picture, without the time that it waits for its turn. @defaultValue 10 s */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** So long a thread waits for the next song, as it takes a while to start and to learn its decoder. */
const IDLE_MS = 10_000;
/** Sound lies outside of this. */
const MAX_HEAP_MB = 128;

/** Creates an artist, whose thread is there only while there is something to draw, and a little longer. */
export function createWaveformArtist({ log, timeoutMs = DEFAULT_TIMEOUT_MS }: ArtistOptions): WaveformArtist {
  const oneAtATime = pLimit(1);
  const thread = new DrawingThread();
  return {
    draw: ({ bytes, extension }, plan, signal) =>
      inTurn(oneAtATime, signal, async () => {
        try {
          const order = { bytes, extension, plan };
          const answer = await thread.run(order, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
          if ('png' in answer) return { ...answer, png: Buffer.from(answer.png.buffer) };
          log.info({ size: bytes.length, extension, reason: answer.nothing }, 'no picture of a song');
        } catch (error) {
          signal.throwIfAborted();
          const reason = coerceError(error).message.slice(0, 200);
          log.warn({ size: bytes.length, extension, reason }, 'a song could not be drawn');
        }
        return undefined;
      }),
    close: () => thread.end(),
  };
}

/**
 * Runs when its turn comes. Who is aborted waits no longer, and what was to be run is let go with all that it holds.
 *
 * @throws the reason of `signal` when aborted.
 */
async function inTurn<T>(limit: LimitFunction, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  let order: (() => Promise<T>) | undefined = run;
  const onAbort = () => {
    order = undefined;
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([aborted, limit(async () => (order ? await order() : await aborted))]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Carries out one order at a time; after a failure in a new thread. */
class DrawingThread {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @throws whatever broke it, also the reason of `signal`, at which the thread is ended. */
  async run(order: WaveformOrder, signal: AbortSignal): Promise<WaveformAnswer> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const { promise, resolve, reject } = Promise.withResolvers<WaveformAnswer>();
    // An order that cannot be handed over is never waited for.
    promise.catch(() => {});
    const onAbort = () => reject(signal.reason);
    const onExit = (code: number) => reject(new Error(`the thread ended with ${code} and without an answer`));
    worker.once('message', resolve).once('error', reject).once('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.ref();
    try {
      // A copy that is handed over: a message would be copied twice.
      const bytes = Uint8Array.from(order.bytes);
      worker.postMessage({ ...order, bytes }, [bytes.buffer]);
      const answer = await promise;
      worker.off('error', reject).off('exit', onExit).unref();
      this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
      return answer;
    } catch (error) {
      await this.end();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #start(): Worker {
    const worker = startWorker();
    return worker.once('exit', () => {
      // One that dies while it is idle would take the next order and never answer.
      if (this.#worker === worker) this.#worker = undefined;
    });
  }

  async end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./waveform-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Decoders write about every fault of a file.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker.on('error', () => {});
}
