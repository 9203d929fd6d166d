import { MediaError } from './errors.ts';

/** Any readable stream of bytes that can be broken off. */
interface ByteStream extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown;
  on(event: 'error', listener: () => void): unknown;
}

/**
 * Reads a stream to its end, into one buffer, and not a byte more than allowed.
 *
 * @param declared - value of the `content-length` header: believed when it refuses, never when it allows
 * @throws MediaError `too-large`, or whatever the stream throws.
 */
export async function readBytes(
  stream: ByteStream,
  declared: string | string[] | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = () => new MediaError('too-large', `the file is larger than ${maxBytes} bytes`);
  const expected = Number(declared);
  if (expected > maxBytes) {
    stream.on('error', () => {});
    stream.destroy();
    throw tooLarge();
  }
  // One buffer from the start, where the size is known: collecting chunks would take twice the memory.
  let file: Buffer = Buffer.allocUnsafe(expected > 0 ? expected : FIRST_BYTES);
  let size = 0;
  for await (const chunk of stream) {
    if (size + chunk.length > maxBytes) throw tooLarge();
    if (size + chunk.length > file.length) file = grow(file, size, size + chunk.length);
    file.set(chunk, size);
    size += chunk.length;
  }
  return size === file.length ? file : Buffer.from(file.subarray(0, size));
}

/** For streams that do not say how long they are. */
const FIRST_BYTES = 256 * 1024;

function grow(file: Buffer, size: number, wanted: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(wanted, file.length * 2));
  file.copy(larger, 0, 0, size);
  return larger;
}
