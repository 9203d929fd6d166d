import { Worker } from 'node:worker_threads';
import type { ClipAudio } from '../clips.ts';
import type { AudioFormat } from './encode.ts';

/** What is to be rendered. */
export interface RenderOrder {
  /** What is to be composed, or a file that is to be converted. */
  readonly source: ClipAudio | Uint8Array;
  readonly format: AudioFormat;
  /** The gain of an earlier rendering of the same song. */
  readonly gain: number | undefined;
}

/** A file, and of composed ones the gain that all parts of the song share. */
interface Rendered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gain?: number;
}

/** What the worker thread is sent. */
export interface RenderMessage extends RenderOrder {
  readonly id: number;
}

/** What it answers. */
export type RenderAnswer =
  | (Rendered & { readonly id: number })
  | { readonly id: number; readonly error: string };

interface Waiting {
  readonly owner: object;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that renders for every local MusicAPI of this process, one order after the other. It is shared because a new one costs more than
 * a song: it has to load and warm up. It starts with the first order and does not keep the process alive while it is idle.
 */
class RenderThread {
  #worker: Worker | undefined;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();

  /** Renders something. @param owner - who may drop it @throws Error when rendering fails or the order was dropped */
  render(owner: object, order: RenderOrder): Promise<Rendered> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const message: RenderMessage = { id: this.#nextId++, ...order };
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { owner, resolve, reject });
      worker.ref();
      worker.postMessage(message);
    });
  }

  /** Rejects all that an owner waits for. A thread that works for nobody any more is ended. */
  async drop(owner: object): Promise<void> {
    const dropped = [...this.#waiting].filter(([, waiting]) => waiting.owner === owner);
    if (dropped.length === 0) return;
    for (const [id, { reject }] of dropped) {
      this.#waiting.delete(id);
      reject(new Error('the renderer was closed'));
    }
    if (this.#waiting.size > 0) return;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url));
    worker.on('message', (answer: RenderAnswer) => this.#receive(answer));
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const { reject } of this.#waiting.values()) reject(reason);
      this.#waiting.clear();
    });
    return worker;
  }

  #receive(answer: RenderAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer);
  }
}

/** The one thread of this process. */
export const renderThread = new RenderThread();
