/** Most that is read of an answer; a full stems task is about 30 kB. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** What could be read of an answer's body. */
export type Body =
  | { readonly end: 'complete'; readonly text: string }
  /** More than is accepted; `text` is its beginning. */
  | { readonly end: 'too-large'; readonly text: string }
  /** The connection broke, or time ran out, before the end. */
  | { readonly end: 'lost'; readonly text: string; readonly cause: unknown };

/** Any readable stream of bytes that can be broken off. */
interface ByteStream extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown;
}

/**
 * Reads an answer's body within bounds of size and time. Never throws: for a status that says it all, a broken body
 * does not matter.
 *
 * @param limitMs - for the whole body, so that a drop now and then does not hold a call for ever
 */
export async function readBody(stream: ByteStream, limitMs: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const timer = setTimeout(
    () => stream.destroy(new Error(`the body took longer than ${limitMs} ms`)),
    limitMs,
  );
  const text = () => Buffer.concat(chunks).toString('utf8');
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return { end: 'too-large', text: text() };
      chunks.push(chunk);
    }
    return { end: 'complete', text: text() };
  } catch (cause) {
    return { end: 'lost', text: text(), cause };
  } finally {
    clearTimeout(timer);
  }
}
