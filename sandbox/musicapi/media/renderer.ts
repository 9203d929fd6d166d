import type { ClipAudio } from '../clips.ts';
import type { AudioFormat } from './encode.ts';
import { type RenderOrder, renderThread } from './render-thread.ts';

const CACHE_BYTES = 64 * 1024 * 1024;

/**
 * Renders and encodes audio when it is first asked for, in a worker thread, so that polls never wait for it.
 * Finished files are kept up to 64 MiB; what falls out is rendered again, to the same bytes.
 */
export class Renderer {
  #closed = false;
  #cachedBytes = 0;
  readonly #files = new Map<string, Promise<Buffer>>();
  readonly #sizes = new Map<string, number>();
  readonly #gains = new Map<string, number>();

  /** The file of a clip's audio, by default as MP3. @throws Error when rendering fails or the renderer is closed */
  render(audio: ClipAudio, format: AudioFormat = 'mp3'): Promise<Buffer> {
    const gain = this.#gains.get(JSON.stringify(audio.song));
    return this.#getFile(`${format} ${JSON.stringify(audio)}`, { source: audio, format, gain });
  }

  /**
   * Another kind of a file that was uploaded.
   *
   * @param name - a name for its content, so that it is converted once
   * @throws Error when it cannot be decoded or the renderer is closed
   */
  convert(name: string, bytes: Uint8Array, format: AudioFormat): Promise<Buffer> {
    return this.#getFile(`${format} of ${name}`, { source: bytes, format, gain: undefined });
  }

  async #getFile(name: string, order: RenderOrder): Promise<Buffer> {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const file = this.#order(order);
    this.#files.set(name, file);
    try {
      const bytes = await file;
      this.#remember(name, bytes.length);
      return bytes;
    } catch (error) {
      this.#files.delete(name);
      throw error;
    }
  }

  /** Rejects whatever is still being rendered, and everything that is asked for from now on. */
  async close(): Promise<void> {
    this.#closed = true;
    await renderThread.drop(this);
  }

  async #order(order: RenderOrder): Promise<Buffer> {
    if (this.#closed) throw new Error('the renderer was closed');
    const { bytes, gain } = await renderThread.render(this, order);
    if (!(order.source instanceof Uint8Array) && gain !== undefined)
      this.#gains.set(JSON.stringify(order.source.song), gain);
    return Buffer.from(bytes.buffer);
  }

  #remember(name: string, bytes: number): void {
    if (this.#sizes.has(name)) return;
    this.#sizes.set(name, bytes);
    this.#cachedBytes += bytes;
    for (const [oldest, size] of this.#sizes) {
      if (this.#cachedBytes <= CACHE_BYTES) return;
      this.#sizes.delete(oldest);
      this.#files.delete(oldest);
      this.#cachedBytes -= size;
    }
  }
}
